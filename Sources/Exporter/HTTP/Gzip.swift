// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CZlib

/// Compresses bytes in the gzip format (RFC 1952) with zlib.
package enum Gzip {
    /// How hard to try; less is faster, and metrics compress well all the same.
    package enum Effort: Int32, Sendable {
        case fast = 1
        case balanced = 6
    }

    /// The bytes as one gzip member, or nil if zlib fails (it is out of memory).
    ///
    /// The header has no time and no name, so that equal input gives equal output.
    package static func compress(_ input: [UInt8], effort: Effort = .fast) -> [UInt8]? {
        // zlib counts one call's bytes in 32 bits; nothing served here is near that.
        guard let inputCount = uInt(exactly: input.count) else { return nil }
        var stream = z_stream()
        // 15 is the largest window; 16 asks for gzip rather than the zlib format (zlib.h).
        let status = deflateInit2_(
            &stream,
            effort.rawValue,
            Z_DEFLATED,
            15 + 16,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard status == Z_OK else { return nil }
        defer { deflateEnd(&stream) }

        let capacity = deflateBound(&stream, uLong(inputCount))
        guard let outputCount = uInt(exactly: capacity) else { return nil }
        var source = input
        var result = Z_STREAM_ERROR
        let output = [UInt8](unsafeUninitializedCapacity: Int(outputCount)) { target, count in
            source.withUnsafeMutableBufferPointer { source in
                stream.next_in = source.baseAddress
                stream.avail_in = inputCount
                stream.next_out = target.baseAddress
                stream.avail_out = outputCount
                result = deflate(&stream, Z_FINISH)
            }
            count = Int(outputCount - stream.avail_out)
        }
        return result == Z_STREAM_END ? output : nil
    }
}
