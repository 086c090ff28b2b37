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

    /// Where a file is written until it is whole.
    static func temporaryPath(for path: String) -> String { "\(path).\(getpid()).part" }

    /// Writes a file, which takes its name when all of it is there.
    ///
    /// What is there and is no regular file, such as a pipe or a device, is written to and stays:
    /// root could otherwise put a file in the place of /dev/null.
    ///
    /// - Throws: `Failure`, with the line to print.
    static func replace(_ path: String, with bytes: [UInt8]) throws {
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            return try writeInto(path, bytes)
        }
        let part = temporaryPath(for: path)
        let file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard file >= 0 else { throw Failure(cannotWrite: path) }
        defer { close(file) }
        guard write(bytes, to: file), rename(part, path) == 0 else {
            let failure = Failure(cannotWrite: path)
            unlink(part)
            throw failure
        }
    }

    private static func writeInto(_ path: String, _ bytes: [UInt8]) throws {
        let file = open(path, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { throw Failure(cannotWrite: path) }
        defer { close(file) }
        guard write(bytes, to: file) else { throw Failure(cannotWrite: path) }
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
