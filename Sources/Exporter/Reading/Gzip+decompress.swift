// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CZlib

extension Gzip {
    /// How each member begins (RFC 1952, section 2.3.1).
    static let magic: [UInt8] = [0x1f, 0x8b]

    /// The bytes that were packed, of all members.
    ///
    /// - Throws: `.tooManyBytes` beyond the limit, `.damagedGzip` for anything else.
    static func decompress(
        _ input: [UInt8],
        limit: Int
    ) throws(ProfileReadFailure) -> [UInt8] {
        // zlib counts one call's bytes in 32 bits.
        guard let inputCount = uInt(exactly: input.count) else { throw .tooManyBytes }
        var stream = z_stream()
        // 15 is the largest window; 16 asks for gzip alone (zlib.h).
        let status = inflateInit2_(
            &stream,
            15 + 16,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard status == Z_OK else { throw .damagedGzip }
        defer { inflateEnd(&stream) }

        var output: [UInt8] = []
        var source = input
        var part = [UInt8](repeating: 0, count: 1 << 16)
        var result = Z_OK
        source.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = inputCount
            while result == Z_OK, output.count <= limit {
                result = step(&stream, into: &part, &output)
            }
        }
        guard output.count <= limit else { throw .tooManyBytes }
        guard result == Z_STREAM_END else { throw .damagedGzip }
        return output
    }

    /// One call of zlib, and the beginning of the next member where one has ended.
    private static func step(
        _ stream: inout z_stream,
        into part: inout [UInt8],
        _ output: inout [UInt8]
    ) -> Int32 {
        let capacity = part.count
        let result = part.withUnsafeMutableBufferPointer { target in
            stream.next_out = target.baseAddress
            stream.avail_out = uInt(capacity)
            return inflate(&stream, Z_NO_FLUSH)
        }
        output += part[..<(capacity - Int(stream.avail_out))]
        guard result == Z_STREAM_END, stream.avail_in > 0 else { return result }
        return inflateReset(&stream)
    }
}
