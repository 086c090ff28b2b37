// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Reads and writes all bytes, whatever interrupts it.
enum FileBytes {
    /// Writes at the file's position.
    ///
    /// - Returns: whether all was written.
    static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(file, buffer.baseAddress.map { $0 + done }, bytes.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    /// The bytes from an offset to the end of the file, or as many as can be read.
    static func read(_ file: Int32, from offset: Int, upTo limit: Int) -> [UInt8] {
        var status = stat()
        guard fstat(file, &status) == 0 else { return [] }
        let count = min(limit, max(0, Int(status.st_size) - offset))
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
            while done < count {
                let part = pread(
                    file,
                    buffer.baseAddress.map { $0 + done },
                    count - done,
                    off_t(offset + done)
                )
                if part < 0, errno == EINTR { continue }
                guard part > 0 else { return }
                done += part
            }
        }
    }
}
