// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Logging
import ServiceLifecycle
import Testing

@testable import Exporter

@Suite("AdminServer")
struct AdminServerTests {
    @Test("everybody may connect, and the file is gone with the server")
    func file() async throws {
        var place = ""
        let source: AdminSource = { _, _ in .refused(.notFound, "none") }
        try await AdminSocket.serving(source) { path in
            place = path
            var status = stat()
            #expect(lstat(path, &status) == 0)
            #expect(status.st_mode & S_IFMT == S_IFSOCK)
            #expect(status.st_mode & 0o777 == 0o666)
        }
        #expect(access(place, F_OK) != 0)
    }

    @Test("a place that can't be had is an error with the path")
    func unavailable() async {
        let path = "/nonexistent/admin.sock"
        let server = AdminServer(
            configuration: AdminServer.Configuration(path: path),
            source: { _, _ in .refused(.failed, "") },
            usage: AdminUsageCounter(),
            logger: Web.logger
        )
        let error = await #expect(throws: AdminServerError.self) { try await server.run() }
        #expect(error?.path == path)
    }

    @Test("where the socket is not required, the server waits for the end without it")
    func optional() async throws {
        let lines = LogLines()
        var configuration = AdminServer.Configuration(path: "/nonexistent/admin.sock")
        configuration.isRequired = false
        let server = AdminServer(
            configuration: configuration,
            source: { _, _ in .refused(.failed, "") },
            usage: AdminUsageCounter(),
            logger: lines.logger
        )
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [server], logger: Web.logger)
        )
        async let running: Void = group.run()
        await group.triggerGracefulShutdown()
        try await running
    }
}
