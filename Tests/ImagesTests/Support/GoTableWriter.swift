// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

@testable import Images

/// Writes tables of Go functions, as the linker of Go 1.20 does unless told otherwise.
struct GoTableWriter {
    struct Function {
        var name: String
        var byteCount: UInt32 = 0x40
        /// How deep the stack is, from an offset in the function on.
        var depths: [(offset: UInt32, depth: Int32)] = [(0, 0)]
        var flags: UInt8 = 0
    }

    var magic: UInt32 = 0xffff_fff1
    var instructionBytes = GoFunctionTable.instructionBytes
    var textStart: UInt64 = 0x1000
    var functions: [Function]

    /// A function with a frame, the end of a goroutine, and two that leave their stack.
    init() {
        functions = [
            Function(name: "main.main", depths: [(0, 0), (0x10, 0x18), (0x30, 0)]),
            Function(name: "runtime.goexit", flags: 1),
            Function(name: "runtime.mcall", flags: 2),
            Function(name: "runtime.systemstack", flags: 2),
        ]
    }

    func bytes() -> [UInt8] {
        var names: [UInt8] = []
        var counters: [UInt8] = [0]
        var records: [UInt8] = []
        var rows: [UInt8] = []
        var offset: UInt32 = 0
        let rowBytes = UInt32(functions.count * 8 + 4)
        for function in functions {
            rows += little(offset) + little(rowBytes + UInt32(records.count))
            var record =
                little(offset) + little(UInt32(names.count)) + [UInt8](repeating: 0, count: 8)
            record += little(UInt32(counters.count)) + [UInt8](repeating: 0, count: 16)
            if magic == 0xffff_fff1 { record += little(UInt32(7)) }
            records += record + [0, function.flags, 0, 0]
            names += Array(function.name.utf8) + [0]
            counters += Self.encode(function.depths, end: function.byteCount)
            offset += function.byteCount
        }
        rows += little(offset)
        let namesAt = 72
        let countersAt = namesAt + names.count
        var bytes = little(magic) + [0, 0, instructionBytes, 8] + little(UInt64(functions.count))
        bytes += little(UInt64(0)) + little(textStart) + little(UInt64(namesAt))
        for _ in 0..<3 { bytes += little(UInt64(countersAt)) }
        bytes += little(UInt64(countersAt + counters.count))
        return bytes + names + counters + rows + records
    }

    private static func encode(_ depths: [(offset: UInt32, depth: Int32)], end: UInt32) -> [UInt8] {
        var bytes: [UInt8] = []
        var last: Int32 = -1
        for (index, row) in depths.enumerated() {
            let difference = row.depth - last
            last = row.depth
            bytes += uleb(UInt32(bitPattern: difference << 1 ^ difference >> 31))
            let next = index + 1 < depths.count ? depths[index + 1].offset : end
            bytes += uleb((next - row.offset) / UInt32(GoFunctionTable.instructionBytes))
        }
        return bytes + [0]
    }

    private static func uleb(_ value: UInt32) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = value
        while rest > 0x7f {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}
