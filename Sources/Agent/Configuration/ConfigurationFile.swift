// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The file that the agent is configured by; read when it starts and at each SIGHUP.
struct ConfigurationFile: Sendable {
    let path: String

    /// Reads it.
    ///
    /// - Throws: `Failure`, with the file, the line and what to put right.
    func read() throws(Failure) -> AgentConfiguration {
        let contents = try RegularFile.read(path, upTo: AgentConfiguration.maximumBytes)
        do throws(ConfigurationError) {
            return try AgentConfiguration(contents.bytes)
        } catch {
            throw Failure(.failed, "\(path): \(error)")
        }
    }
}
