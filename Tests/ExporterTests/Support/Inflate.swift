// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CZlib
import Testing

/// Undoes gzip with zlib's own reader.
func inflated(_ input: [UInt8], maximumCount: Int = 1 << 22) throws -> [UInt8] {
    var stream = z_stream()
    try #require(
        inflateInit2_(
            &stream,
            15 + 16,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        ) == Z_OK
    )
    defer { inflateEnd(&stream) }
    var source = input
    var status = Z_OK
    let output = [UInt8](unsafeUninitializedCapacity: maximumCount) { target, count in
        source.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = uInt(source.count)
            stream.next_out = target.baseAddress
            stream.avail_out = uInt(maximumCount)
            status = inflate(&stream, Z_FINISH)
        }
        count = maximumCount - Int(stream.avail_out)
    }
    try #require(status == Z_STREAM_END)
    return output
}
