// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CZlib

/// Unpacks the zlib format (RFC 1950).
enum Zlib {
    /// Exactly `count` bytes; any other number is malformed.
    static func inflate(_ packed: ArraySlice<UInt8>, count: Int) throws(ImageFailure) -> [UInt8] {
        // zlib counts one call's bytes in 32 bits.
        guard let packedCount = uInt(exactly: packed.count), let room = uInt(exactly: count)
        else { throw .decompressedTooLarge }
        var stream = z_stream()
        let status = unsafe inflateInit_(
            &stream,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard status == Z_OK else { throw .malformedCompression }
        defer { unsafe inflateEnd(&stream) }
        var result = Z_STREAM_ERROR
        var source = Array(packed)
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { target, filled in
            // An empty array has no address, and zlib asks for one.
            var end: UInt8 = 0
            unsafe source.withUnsafeMutableBufferPointer { source in
                unsafe withUnsafeMutablePointer(to: &end) { end in
                    unsafe stream.next_in = source.baseAddress
                    unsafe stream.avail_in = packedCount
                    unsafe stream.next_out = target.baseAddress ?? end
                    unsafe stream.avail_out = room
                    result = unsafe CZlib.inflate(&stream, Z_FINISH)
                }
            }
            filled = unsafe count - Int(stream.avail_out)
        }
        guard result == Z_STREAM_END, bytes.count == count else { throw .malformedCompression }
        return bytes
    }
}
