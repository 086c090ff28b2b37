// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Logging

/// The admin socket of an agent: who serves it, and what.
struct AgentAdmin {
    let recordings: AgentRecordings
    let usage: AdminUsageCounter
    /// The longest recording.
    let maximumSeconds: Int
    let logger: Logger

    /// The server, if there is to be one and its place is free.
    ///
    /// - Throws: `Failure` where the socket was asked for by name and can't be had.
    func server(at file: AdminSocketFile?) throws -> AdminServer? {
        guard let file else { return nil }
        do throws(AdminServerError) {
            try file.check()
        } catch {
            guard !file.isRequired else { throw Failure(.failed, error.description) }
            // Two agents of one user may run, and the first has it.
            logger.notice("No admin socket: \(error)")
            return nil
        }
        var configuration = AdminServer.Configuration(path: file.path)
        configuration.isRequired = file.isRequired
        configuration.maximumSeconds = maximumSeconds
        return AdminServer(
            configuration: configuration,
            source: { [recordings, maximumSeconds] request, peer in
                await recordings.record(request, for: peer, maximumSeconds: maximumSeconds)
            },
            usage: usage,
            logger: logger
        )
    }
}
