// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CLzma
import CZlib
import CZstd
import Testing

extension ELFWriter {
    /// Adds a section that is found by its name.
    mutating func add(section name: String, _ section: Section) {
        var section = section
        section.name = name
        sections.append(section)
    }

    /// Packs a section as linkers do (`--compress-debug-sections=zlib`).
    mutating func compress(_ index: Int) {
        let contents = sections[index].contents
        sections[index].contents =
            little(UInt32(1)) + little(UInt32(0)) + little(UInt64(contents.count))
            + little(UInt64(1)) + zlib(contents)
        sections[index].flags |= 0x800
    }
}

/// Bytes in the zlib format.
func zlib(_ bytes: [UInt8]) -> [UInt8] {
    var count = compressBound(uLong(bytes.count))
    var packed = [UInt8](repeating: 0, count: Int(count))
    #expect(compress(&packed, &count, bytes, uLong(bytes.count)) == Z_OK)
    return Array(packed[..<Int(count)])
}

/// Bytes in the Zstandard format.
func zstandard(_ bytes: [UInt8]) -> [UInt8] {
    var packed = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
    let count = ZSTD_compress(&packed, packed.count, bytes, bytes.count, 3)
    #expect(ZSTD_isError(count) == 0)
    return Array(packed[..<count])
}

/// Bytes in the .xz format.
func xz(_ bytes: [UInt8], preset: UInt32 = 6) -> [UInt8] {
    var packed = [UInt8](repeating: 0, count: lzma_stream_buffer_bound(bytes.count))
    var count = 0
    let status = lzma_easy_buffer_encode(
        preset,
        LZMA_CHECK_CRC32,
        nil,
        bytes,
        bytes.count,
        &packed,
        &count,
        packed.count
    )
    #expect(status == LZMA_OK)
    return Array(packed[..<count])
}
