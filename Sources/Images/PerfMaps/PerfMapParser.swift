// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Why a line of a perf map was left out.
package enum PerfMapDrop: String, Hashable, Sendable, CaseIterable {
    /// It is not two hexadecimal numbers and a name, or its end overflows.
    case malformed
    /// It is longer than `PerfMapParser.lineBytesLimit`.
    case tooLong = "too_long"
    /// There are more than `PerfMap.rangeLimit` functions, or more than `PerfMap.nameBytesLimit`
    /// bytes of names.
    case tooMany = "too_many"
}

/// Reads the lines that a runtime writes for what it compiles: `START SIZE NAME`, both numbers
/// hexadecimal (Linux, tools/perf/Documentation/jit-interface.txt).
///
/// It takes the bytes in parts of any length, as a file grows, and keeps the line that has no end
/// yet.
struct PerfMapParser {
    /// The longest line, in bytes, without what ends it.
    static let lineBytesLimit = 4096

    /// One function.
    struct Line: Equatable {
        let addresses: Range<UInt64>
        let name: ArraySlice<UInt8>
    }

    private var begun: [UInt8] = []
    private var isTooLong = false
    private(set) var drops: [PerfMapDrop: Int] = [:]

    /// Takes the bytes that follow, and hands each line over that ends in them.
    mutating func read(_ bytes: [UInt8], _ take: (Line) -> Void) {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            finish(rest[..<end], take)
            rest = rest[(end + 1)...]
        }
        if begun.count + rest.count > Self.lineBytesLimit {
            isTooLong = true
            begun = []
        } else if !isTooLong {
            begun += rest
        }
    }

    private mutating func finish(_ end: ArraySlice<UInt8>, _ take: (Line) -> Void) {
        let isBegun = !begun.isEmpty
        defer {
            begun = []
            isTooLong = false
        }
        guard !isTooLong, begun.count + end.count <= Self.lineBytesLimit
        else { return drop(.tooLong) }
        let text = isBegun ? (begun + end)[...] : end
        guard let line = Self.line(text) else { return drop(.malformed) }
        take(line)
    }

    private mutating func drop(_ reason: PerfMapDrop) { drops[reason, default: 0] += 1 }

    private static func line(_ text: ArraySlice<UInt8>) -> Line? {
        var rest = text
        guard let start = number(&rest), let size = number(&rest), size > 0, !rest.isEmpty
        else { return nil }
        let (end, overflow) = start.addingReportingOverflow(size)
        return overflow ? nil : Line(addresses: start..<end, name: rest)
    }

    /// A number and the blank behind it; some runtimes write `0x` before the number.
    private static func number(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        if rest.starts(with: "0x".utf8) || rest.starts(with: "0X".utf8) { rest = rest.dropFirst(2) }
        var number: UInt64 = 0
        var count = 0
        while let byte = rest.popFirst() {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            case UInt8(ascii: " "): return count > 0 ? number : nil
            default: return nil
            }
            guard number >> 60 == 0 else { return nil }
            number = number << 4 | UInt64(digit)
            count += 1
        }
        return nil
    }
}
