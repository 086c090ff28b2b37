// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import Exporter

@Suite("LoadedSecurity")
struct LoadedSecurityTests {
    private func load(_ security: WebSecurity) throws -> LoadedSecurity {
        try LoadedSecurity(
            security,
            worker: SerialWorker(maximumPending: 1),
            counter: WebSecurityCounter()
        )
    }

    @Test("what says nothing asks for nothing")
    func empty() throws {
        let loaded = try load(WebSecurity())
        #expect(loaded.context == nil && loaded.authentication == nil && loaded.headers.isEmpty)
        #expect((0..<1000).allSatisfy { _ in loaded.admits(at: .now) })
    }

    @Test("has what is configured")
    func full() throws {
        var security = try SecurityFixture.users(["ann": SecurityFixture.hash])
        security.tls = try TestCertificates.shared.get().settings()
        security.headers = [.strictTransportSecurity: "max-age=1"]
        security.rateLimit = RateLimit(interval: .seconds(60), burst: 2)
        let loaded = try load(security)
        #expect(loaded.context != nil && loaded.authentication != nil)
        #expect(loaded.headers[.strictTransportSecurity] == "max-age=1")
        let now = ContinuousClock.now
        #expect((0..<5).count { _ in loaded.admits(at: now) } == 2)
    }

    @Test("a certificate that can't be used is an error")
    func malformed() throws {
        var security = WebSecurity()
        security.tls = TLSSettings(certificates: [1], privateKey: [2])
        #expect(throws: WebSecurityProblem.self) { try load(security) }
    }
}
