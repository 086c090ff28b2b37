// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The file that the agent is configured by; read when it starts and at each SIGHUP.
struct ConfigurationFile: Sendable {
    let path: String

    /// Reads it.
    ///
    /// - Throws: `Failure`, with the file, the line and what to put right.
    func read() throws(Failure) -> AgentConfiguration {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard file >= 0 else {
            throw Failure(.failed, "\(path) can't be read: \(String(cString: strerror(errno)))")
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Failure(.failed, "\(path) is no regular file")
        }
        let limit = AgentConfiguration.maximumBytes
        guard status.st_size <= limit else {
            throw Failure(.failed, "\(path) has more than \(limit) bytes")
        }
        do throws(ConfigurationError) {
            return try AgentConfiguration(FileBytes.read(file, from: 0, upTo: limit))
        } catch {
            throw Failure(.failed, "\(path): \(error)")
        }
    }
}
