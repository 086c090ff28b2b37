// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc

/// Reads a file that an operator names; it must be a regular one, and of bounded size.
enum RegularFile {
    /// What is in a file, and which file it was.
    struct Contents {
        let bytes: [UInt8]
        let stamp: FileStamp
    }

    /// Reads all of it.
    ///
    /// - Throws: `Failure`, with the file and what is wrong.
    static func read(_ path: String, upTo limit: Int) throws(Failure) -> Contents {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard file >= 0 else {
            throw Failure(.failed, "\(path) can't be read: \(String(cString: strerror(errno)))")
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Failure(.failed, "\(path) is no regular file")
        }
        guard status.st_size <= limit else {
            throw Failure(.failed, "\(path) has more than \(limit) bytes")
        }
        // Before its bytes: whoever writes meanwhile gives it another stamp than this.
        return Contents(
            bytes: FileBytes.read(file, from: 0, upTo: limit),
            stamp: FileStamp(status)
        )
    }
}
