// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// Reads a profile back, in any format that still has the stacks.
///
/// The format is told by the content. A profile may be anybody's file, so all is bounded, and what
/// is wrong is a failure.
package enum ProfileReader {
    /// The most bytes that are read, and that are unpacked.
    package static let byteLimit = 256 << 20

    /// What the bytes do not say.
    package struct Hints: Sendable {
        /// What was sampled, where the file has no name for it.
        package var target: String
        /// The time that a sample of a file without times stands for; 0 where nobody knows.
        package var periodNanoseconds: UInt64

        package init(target: String, periodNanoseconds: UInt64 = 0) {
            self.target = target
            self.periodNanoseconds = periodNanoseconds
        }
    }

    /// The profile that is in the bytes, packed by gzip or not.
    package static func read(
        _ bytes: [UInt8],
        hints: Hints
    ) throws(ProfileReadFailure) -> Profile {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= byteLimit else { throw .tooManyBytes }
        guard bytes.starts(with: Gzip.magic) else { return try readPlain(bytes, hints) }
        let plain = try Gzip.decompress(bytes, limit: byteLimit)
        guard !plain.isEmpty else { throw .empty }
        return try readPlain(plain, hints)
    }

    private static func readPlain(
        _ bytes: [UInt8],
        _ hints: Hints
    ) throws(ProfileReadFailure) -> Profile {
        let begin = bytes.prefix(4096)
        // A message is full of bytes that are no text: the length of its first part, at the least.
        if begin.contains(where: isNoText) { return try PprofReader.read(bytes, hints) }
        let mark: [UInt8] = [0xef, 0xbb, 0xbf]
        let text = begin.dropFirst(begin.starts(with: mark) ? mark.count : 0).drop(while: isSpace)
        guard let first = text.first else { throw .empty }
        switch first {
        case UInt8(ascii: "{"):
            return try SpeedscopeReader.read(bytes, from: text.startIndex, hints)
        case UInt8(ascii: "<"):
            let words = String(decoding: text.prefix(512), as: UTF8.self).lowercased()
            if words.contains("<html") || words.contains("<!doctype html") {
                return try FlameGraphPageReader.read(bytes, hints)
            }
            if words.contains("<svg") || words.hasPrefix("<?xml") { throw .picture }
            return try FoldedReader.read(bytes, hints)
        default:
            if text.starts(with: "# Target: ".utf8) { throw .picture }
            return try FoldedReader.read(bytes, hints)
        }
    }

    private static func isNoText(_ byte: UInt8) -> Bool {
        byte < 0x20 ? !isSpace(byte) : byte == 0x7f
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n")]
            .contains(byte)
    }
}
