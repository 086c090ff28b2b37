// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How many bytes a Go function has put on its stack, for each range of its instructions.
///
/// The return address lies beyond them. The table has pairs of differences, of the depth and of the
/// program counter; a difference of depth of 0 ends it (Go, src/runtime/symtab.go, `step`).
struct GoStackDepths: IteratorProtocol {
    struct Row: Equatable {
        let addresses: Range<UInt64>
        let depth: Int32
    }

    private var cursor: ByteCursor
    private var address: UInt64
    private let end: UInt64
    private var depth: Int32 = -1
    private var isFirst = true

    /// - Parameter addresses: Those of the function, which rows do not go beyond.
    init(_ cursor: ByteCursor, of addresses: Range<UInt64>) {
        self.cursor = cursor
        address = addresses.lowerBound
        end = addresses.upperBound
    }

    /// The next range; nil behind the last, and where the table cannot be read.
    mutating func next() -> Row? {
        guard address < end else { return nil }
        let difference = cursor.uleb()
        guard cursor.isSound, difference != 0 || isFirst, difference <= UInt32.max
        else { return nil }
        isFirst = false
        // The lowest bit is the sign.
        let bits = UInt32(difference)
        depth &+= Int32(bitPattern: bits & 1 != 0 ? ~(bits >> 1) : bits >> 1)
        let instructions = cursor.uleb()
        guard cursor.isSound, instructions > 0 else { return nil }
        let (count, overflow) = instructions.multipliedReportingOverflow(
            by: UInt64(GoFunctionTable.instructionBytes)
        )
        let start = address
        address = overflow || count > end - start ? end : start + count
        return Row(addresses: start..<address, depth: depth)
    }
}
