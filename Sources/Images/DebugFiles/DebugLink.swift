// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CZlib

/// The name of the file that has what was stripped from this one, and its checksum
/// (`.gnu_debuglink`; gdb's manual, "Separate Debug Files").
struct DebugLink: Hashable {
    /// The name of a file, without a directory.
    let name: String
    /// CRC-32 of the whole file (ISO 3309, as in zlib).
    let checksum: UInt32

    /// The longest name, in bytes (`NAME_MAX`).
    static let nameBytesLimit = 255
    /// The longest file whose checksum is computed, in bytes.
    static let fileBytesLimit: UInt64 = 512 << 20

    /// Reads the section: a name that a zero byte ends, and behind it, at a multiple of 4, the
    /// checksum.
    init?(parsing bytes: [UInt8]) {
        let reader = ByteReader(bytes)
        guard
            case .length(let length) = reader.stringLength(at: 0, limit: Self.nameBytesLimit),
            let name = reader.bytes(at: 0, count: UInt64(length)),
            let checksum = reader.uint32(at: UInt64((length + 4) & ~3)),
            !name.contains(UInt8(ascii: "/")), !["", ".", ".."].contains(where: name.spells)
        else { return nil }
        self.name = String(decoding: name, as: UTF8.self)
        self.checksum = checksum
    }

    /// The checksum of a file.
    static func checksum(of file: borrowing ImageFile) throws(ImageFailure) -> UInt32 {
        guard file.byteCount <= fileBytesLimit else { throw .tooLarge }
        var sum: uLong = 0
        var done: UInt64 = 0
        while done < file.byteCount {
            let count = Int(min(file.byteCount - done, 1 << 20))
            let part = try file.read(at: done, count: count)
            sum = unsafe part.withUnsafeBufferPointer {
                unsafe crc32(sum, $0.baseAddress, uInt(count))
            }
            done += UInt64(count)
        }
        return UInt32(truncatingIfNeeded: sum)
    }
}

extension ArraySlice<UInt8> {
    fileprivate func spells(_ text: String) -> Bool { elementsEqual(text.utf8) }
}
