// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CLzma

/// Unpacks the .xz format (tukaani.org, "The .xz File Format").
package enum XZ {
    /// The most memory that the decoder may take, in bytes; the strongest preset takes 65 MiB, the
    /// usual one 9.
    package static let memoryBytes: UInt64 = 80 << 20

    /// All bytes of the first stream.
    ///
    /// - Parameter limit: The most bytes that may come out of it.
    package static func decompress(
        _ packed: [UInt8],
        limit: UInt64
    ) throws(ImageFailure) -> [UInt8] {
        let most = min(limit, CompressionRatio.most(from: UInt64(packed.count)))
        var stream = lzma_stream()
        guard unsafe lzma_stream_decoder(&stream, memoryBytes, 0) == LZMA_OK
        else { throw .malformedCompression }
        defer { unsafe lzma_end(&stream) }
        var bytes: [UInt8] = []
        var failure: ImageFailure?
        unsafe packed.withUnsafeBufferPointer { source in
            unsafe stream.next_in = source.baseAddress
            unsafe stream.avail_in = source.count
            failure = unsafe unpack(&stream, most: most, into: &bytes)
        }
        if let failure { throw failure }
        return bytes
    }

    /// How much is unpacked at a time.
    private static let chunkBytes = 256 << 10

    private static func unpack(
        _ stream: inout lzma_stream,
        most: UInt64,
        into bytes: inout [UInt8]
    ) -> ImageFailure? {
        while true {
            var status = LZMA_OK
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: chunkBytes) { target, filled in
                unsafe stream.next_out = target.baseAddress
                unsafe stream.avail_out = chunkBytes
                status = unsafe lzma_code(&stream, LZMA_FINISH)
                filled = unsafe chunkBytes - stream.avail_out
            }
            guard UInt64(bytes.count + chunk.count) <= most else { return .decompressedTooLarge }
            bytes += chunk
            switch status {
            case LZMA_STREAM_END: return nil
            case LZMA_OK where !chunk.isEmpty: continue
            case LZMA_MEMLIMIT_ERROR: return .decompressedTooLarge
            default: return .malformedCompression
            }
        }
    }
}
