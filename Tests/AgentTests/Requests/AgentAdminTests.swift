// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Logging
import Testing

@testable import Agent

@Suite(.serialized) struct AgentAdminTests {
    @Test func thereIsAServerWhereThereIsToBeOneAndThePlaceIsFree() async throws {
        let directory = try ScratchDirectory()
        let file = try directory.write("file", [1])
        let path = "\(directory.path)/admin.sock"
        try await RecordedPrograms.running { parts in
            let admin = AgentAdmin(
                recordings: parts.recordings,
                usage: AdminUsageCounter(),
                maximumSeconds: 60,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            let none = try admin.server(at: nil)
            #expect(none == nil)
            let free = AdminSocketFile(path: path, isRequired: true)
            let served = try admin.server(at: free)
            #expect(served != nil)
            let taken = AdminSocketFile(path: file, isRequired: false)
            let left = try admin.server(at: taken)
            #expect(left == nil)
            let failure = #expect(throws: Failure.self) {
                try admin.server(at: AdminSocketFile(path: file, isRequired: true))
            }
            #expect(failure?.message.contains("no socket") == true)
        }
    }
}
