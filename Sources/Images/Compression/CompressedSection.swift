// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Sections whose bytes are packed (gABI, chapter 4, "Section Compression"; `SHF_COMPRESSED`).
package enum CompressedSection {
    /// The length of the header before the packed bytes (`Elf64_Chdr`).
    static let headerBytes = 24

    /// The bytes of a section as they were before they were packed.
    ///
    /// - Parameters:
    ///   - bytes: The section as it is in the file, its header included.
    ///   - limit: The most bytes that may come out of it; nothing larger is made room for.
    package static func unpack(_ bytes: [UInt8], limit: UInt64) throws(ImageFailure) -> [UInt8] {
        let reader = ByteReader(bytes)
        guard let method = reader.uint32(at: 0), let count = reader.uint64(at: 8),
            reader.count >= UInt64(headerBytes)
        else { throw .malformedCompression }
        guard count <= limit, CompressionRatio.admits(count, from: reader.count)
        else { throw .decompressedTooLarge }
        let packed = bytes[headerBytes...]
        switch method {
        case 1: return try Zlib.inflate(packed, count: Int(count))
        case 2: return try Zstandard.decompress(packed, count: Int(count))
        default: throw .compressedSection
        }
    }
}
