// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A frame description entry: the addresses that one function's instructions are about.
struct FunctionEntry {
    /// The addresses of the file that it describes; never empty.
    let addresses: Range<UInt64>
    /// Its instructions, as offsets of the section.
    let instructions: Range<UInt64>
    /// The offset of its CIE.
    let commonAt: UInt64

    /// Reads the FDE of a record whose CIE was read.
    ///
    /// - Returns: Nil for a malformed one, for one without addresses, and for one that begins at
    ///   address 0: in `.debug_frame` a linker leaves such for functions that it removed.
    init?(_ section: FrameSection, _ record: FrameRecord, _ common: CommonEntry) {
        guard case .function(let commonAt) = record.content else { return nil }
        var cursor = ByteCursor(section.reader, within: record.body)
        guard let start = common.encoding.address(&cursor, section.bases),
            let length = common.encoding.value(&cursor)
        else { return nil }
        if common.hasAugmentationData { cursor.skip(cursor.uleb()) }
        guard cursor.isSound, start > 0, length > 0, length <= UInt64.max - start
        else { return nil }
        addresses = start..<(start + length)
        instructions = cursor.offset..<record.body.upperBound
        self.commonAt = commonAt
    }
}
