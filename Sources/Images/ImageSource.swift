// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Where the bytes of an ELF file come from: a file, or memory that they were copied to.
package protocol ImageSource: ~Copyable {
    /// How many bytes there are.
    var byteCount: UInt64 { get }

    /// Reads exactly `count` bytes that begin at `offset`.
    ///
    /// - Throws: `truncated` where there are no such bytes, and why a file cannot be read.
    func read(at offset: UInt64, count: Int) throws(ImageFailure) -> [UInt8]
}

extension ImageFile: ImageSource {}

/// The bytes of an ELF file in memory.
package struct ImageBytes: ImageSource {
    private let reader: ByteReader

    package init(_ bytes: [UInt8]) { reader = ByteReader(bytes) }

    package var byteCount: UInt64 { reader.count }

    package func read(at offset: UInt64, count: Int) throws(ImageFailure) -> [UInt8] {
        guard count >= 0, let bytes = reader.bytes(at: offset, count: UInt64(count))
        else { throw .truncated }
        return Array(bytes)
    }
}
