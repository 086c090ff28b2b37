// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Standard output, unbuffered.
enum StandardOutput {
    /// Writes all bytes.
    ///
    /// - Throws: `Failure`, where the reader has gone or the disk is full.
    static func write(_ bytes: [UInt8]) throws {
        guard FileBytes.write(bytes, to: 1) else {
            throw Failure(cannotWrite: "the standard output")
        }
    }
}
