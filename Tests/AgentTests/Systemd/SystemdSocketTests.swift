// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

@Suite("SystemdSocket")
struct SystemdSocketTests {
    @Test("where none was passed, the error says what to do")
    func none() throws {
        let failure = #expect(throws: Failure.self) { try SystemdSocket.take() }
        let message = try #require(failure?.message)
        #expect(message.hasPrefix("no socket was passed; start the agent by a systemd socket unit"))
    }
}
