// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Where a command's result goes: a file that is there as a whole or not at all, or the standard
/// output.
struct OutputFile {
    private let path: String
    let isStandardOutput: Bool

    /// Makes sure that the file can be written, before there is anything to write.
    ///
    /// - Parameter path: a file, or `-` for the standard output.
    init(path: String) throws {
        self.path = path
        isStandardOutput = path == "-"
        guard !isStandardOutput else { return }
        let part = FileBytes.temporaryPath(for: path)
        let file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard file >= 0 else { throw Failure(cannotWrite: path) }
        close(file)
        unlink(part)
    }

    /// The file's name, for a message.
    var shownPath: String { isStandardOutput ? "the standard output" : path }

    /// Writes all bytes; a file takes its name when all of them are there.
    func write(_ bytes: [UInt8]) throws {
        guard !isStandardOutput else { return try StandardOutput.write(bytes) }
        try FileBytes.replace(path, with: bytes)
    }
}
