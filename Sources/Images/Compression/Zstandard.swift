// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CZstd

/// Unpacks the Zstandard format (RFC 8878).
enum Zstandard {
    /// Exactly `count` bytes; any other number is malformed.
    ///
    /// All of the result is there at once, so the window that a frame asks for takes no memory of
    /// its own.
    static func decompress(
        _ packed: ArraySlice<UInt8>,
        count: Int
    ) throws(ImageFailure) -> [UInt8] {
        var result = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { target, filled in
            result = unsafe packed.withUnsafeBufferPointer { source in
                unsafe ZSTD_decompress(target.baseAddress, count, source.baseAddress, source.count)
            }
            if ZSTD_isError(result) == 0 { filled = result }
        }
        guard ZSTD_isError(result) == 0, bytes.count == count else { throw .malformedCompression }
        return bytes
    }
}
