// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Reads what a section holds, unpacked where it is packed.
enum SectionContents {
    /// The bytes of a section.
    ///
    /// - Parameter limit: The most bytes that are read, and that may come out of them.
    /// - Throws: `truncated` where the file does not hold them, `symbolTableTooLarge` beyond the
    ///   limit, or why packed bytes cannot be unpacked.
    static func read(
        _ section: SectionHeader,
        from source: borrowing some ImageSource & ~Copyable,
        limit: UInt64
    ) throws(ImageFailure) -> [UInt8] {
        // SHT_NOBITS takes no place in the file; debug files are full of such sections.
        guard section.type != 8 else { throw .truncated }
        guard section.byteCount <= limit else { throw .symbolTableTooLarge }
        let bytes = try source.read(at: section.fileOffset, count: Int(section.byteCount))
        guard section.isCompressed else { return bytes }
        return try CompressedSection.unpack(bytes, limit: limit)
    }
}
