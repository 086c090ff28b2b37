// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
internal import Profiles

/// The code of the frame in hand.
///
/// Frames that follow each other are often in the same region. What is known of it stays at hand:
/// to look it up, and to count references to it, would cost more than the step to the caller.
struct CodeCursor {
    let map: CodeMap
    /// The region; nil where the address is no code.
    private(set) var index: Int?
    /// The rules of its file.
    private(set) var table: UnwindTable?
    /// What to take from an address of the process to get one of the file, modulo 2^64.
    private(set) var bias: UInt64 = 0

    private var start: UInt64 = 0
    private var end: UInt64 = 0

    init(_ map: CodeMap) { self.map = map }

    /// Its region.
    var region: MappedCode? { index.map { map.regions[$0] } }

    /// Goes to the code at an address.
    mutating func move(to address: UInt64) {
        if address >= start, address < end { return }
        index = map.index(of: address)
        guard let region else {
            (start, end, table, bias) = (0, 0, nil, 0)
            return
        }
        start = region.mapping.start.rawValue
        end = region.mapping.end.rawValue
        table = region.table
        bias = region.bias
    }
}
