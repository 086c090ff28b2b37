// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles

/// Reads folded stacks: `root;caller;leaf NUMBER` on each line, as this program, perf's scripts and
/// many others write them.
///
/// Names may have spaces; what stands before the last one is the stack. A name that ends in `_[i]`
/// was inlined, by the same custom. Lines that begin with `#` are comments.
enum FoldedReader {
    private static let inlineMark = "_[i]"

    static func read(
        _ bytes: [UInt8],
        _ hints: ProfileReader.Hints
    ) throws(ProfileReadFailure) -> Profile {
        var builder = NamedStackBuilder(
            ProfileBuilder(
                kind: .cpu,
                startNanoseconds: 0,
                periodNanoseconds: hints.periodNanoseconds,
                target: hints.target
            ),
            byteCount: bytes.count
        )
        var stacks = 0
        var lineNumber = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            lineNumber += 1
            let line = trimmed(line)
            guard let first = line.first, first != UInt8(ascii: "#") else { continue }
            guard let (stack, count) = parts(of: line) else {
                throw stacks == 0 ? .unknownFormat : .damagedLine(lineNumber)
            }
            var path: [Int] = []
            for name in stack.split(
                separator: UInt8(ascii: ";"),
                omittingEmptySubsequences: false
            ) {
                path.append(builder.index(of: frame(String(decoding: name, as: UTF8.self))))
            }
            try builder.add(
                path: path,
                count: count,
                nanoseconds: count.multipliedSaturating(by: max(1, hints.periodNanoseconds))
            )
            stacks += 1
        }
        guard stacks > 0 else { throw .empty }
        return builder.build()
    }

    /// A line without the spaces around it.
    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let spaces = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")]
        var line = line.drop { spaces.contains($0) }
        while let last = line.last, spaces.contains(last) { line.removeLast() }
        return line
    }

    /// What stands before the last space, and the number behind it; a fraction of it is dropped.
    private static func parts(
        of line: ArraySlice<UInt8>
    ) -> (stack: ArraySlice<UInt8>, count: UInt64)? {
        guard let space = line.lastIndex(of: UInt8(ascii: " ")) else { return nil }
        let stack = trimmed(line[..<space])
        let number = line[(space + 1)...]
        let whole = number.prefix { $0 != UInt8(ascii: ".") }
        let fraction = number.dropFirst(whole.count + 1)
        guard !stack.isEmpty, !whole.isEmpty, (whole + fraction).allSatisfy(isDigit) else {
            return nil
        }
        return UInt64(String(decoding: whole, as: UTF8.self)).map { (stack, $0) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func frame(_ name: String) -> NamedStackBuilder.Frame {
        guard name.hasSuffix(inlineMark), name.count > inlineMark.count else {
            return NamedStackBuilder.Frame(function: name)
        }
        return NamedStackBuilder.Frame(
            function: String(name.dropLast(inlineMark.count)),
            isInlined: true
        )
    }
}
