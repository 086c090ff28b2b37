// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Standard output, unbuffered.
enum StandardOutput {
    /// Writes all bytes.
    ///
    /// - Throws: `Failure`, where the reader has gone or the disk is full.
    static func write(_ bytes: [UInt8]) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(1, buffer.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let reason = String(cString: strerror(errno))
                throw Failure(.failed, "the standard output can't be written: \(reason)")
            }
            written += count
        }
    }
}
