// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("WebSecuritySource")
struct WebSecuritySourceTests {
    private func current(_ source: WebSecuritySource) -> WebSecurity {
        source.current(logger: Web.logger).security
    }

    @Test("reads again when a file has changed, and only then")
    func reads() throws {
        let first = try SecurityFixture.users(["ann": SecurityFixture.hash])
        let second = try SecurityFixture.users(["bob": SecurityFixture.otherHash])
        let fixture = SecurityFixture(first)
        let source = try fixture.source()
        for _ in 0..<3 { #expect(current(source) == first) }
        #expect(fixture.readings == 1)
        fixture.change(to: .success(second))
        for _ in 0..<3 { #expect(current(source) == second) }
        #expect(fixture.readings == 2)
    }

    @Test("what was found about passwords is forgotten with the file that it was found for")
    func forgets() async throws {
        let fixture = SecurityFixture(try SecurityFixture.users(["ann": SecurityFixture.hash]))
        let source = try fixture.source()
        func decide() async -> BasicAuthentication.Outcome? {
            await source.current(logger: Web.logger).authentication?
                .decide(on: basic("ann", "correct horse"))
        }
        #expect(await decide() == .allowed)
        #expect(await decide() == .allowed)
        #expect(source.counter.counts.passwordChecks == 1)
        fixture.change(
            to: .success(try SecurityFixture.users(["ann": SecurityFixture.otherHash]))
        )
        #expect(await decide() == .denied)
        #expect(source.counter.counts.passwordChecks == 2)
        fixture.change(to: .success(try SecurityFixture.users(["ann": SecurityFixture.hash])))
        #expect(await decide() == .allowed)
        #expect(source.counter.counts.passwordChecks == 3)
    }

    @Test(
        "keeps the last good one while a file is wrong, and counts each change to a wrong one once"
    )
    func keeps() throws {
        let first = try SecurityFixture.users(["ann": SecurityFixture.hash])
        let fixture = SecurityFixture(first)
        let source = try fixture.source()
        for count: UInt64 in 1...2 {
            fixture.change(to: .failure(WebSecurityProblem("wrong")))
            for _ in 0..<3 { #expect(current(source) == first) }
            #expect(source.counter.counts.reloadFailures == count)
        }
        let second = try SecurityFixture.users(["bob": SecurityFixture.hash])
        fixture.change(to: .success(second))
        #expect(current(source) == second)
        #expect(source.counter.counts.reloadFailures == 2)
    }

    @Test("does not give up authentication while it runs")
    func authentication() throws {
        let first = try SecurityFixture.users(["ann": SecurityFixture.hash])
        let fixture = SecurityFixture(first)
        let source = try fixture.source()
        #expect(source.everyClientAuthenticates)
        fixture.change(to: .success(WebSecurity()))
        #expect(current(source) == first)
        #expect(source.everyClientAuthenticates)
        #expect(source.counter.counts.reloadFailures == 1)
    }

    @Test("does not take one way to authenticate for another while it runs")
    func mechanisms() throws {
        var verified = WebSecurity()
        verified.tls = try TestCertificates.shared.get().settings()
        let certificates = verified.tls?.certificates ?? []
        var users = try SecurityFixture.users(["ann": SecurityFixture.hash])
        users.tls = verified.tls
        verified.tls?.clientAuthentication = .verified
        verified.tls?.clientAuthorities = certificates
        for (before, after) in [(users, verified), (verified, users)] {
            let fixture = SecurityFixture(before)
            let source = try fixture.source()
            #expect(source.everyClientAuthenticates)
            fixture.change(to: .success(after))
            #expect(current(source) == before)
            var both = after
            both.users = users.users
            both.tls = verified.tls
            fixture.change(to: .success(both))
            #expect(current(source) == both)
            #expect(source.counter.counts.reloadFailures == 1)
        }
    }

    @Test("certificates that are required later say nothing of connections made before")
    func late() throws {
        var security = WebSecurity()
        security.tls = try TestCertificates.shared.get().settings()
        let fixture = SecurityFixture(security)
        let source = try fixture.source()
        security.tls?.clientAuthentication = .verified
        security.tls?.clientAuthorities = try TestCertificates.shared.get().bytes("ca.crt")
        fixture.change(to: .success(security))
        #expect(current(source) == security)
        #expect(!source.everyClientAuthenticates)
    }

    @Test("takes on authentication while it runs")
    func open() throws {
        let fixture = SecurityFixture()
        let source = try fixture.source()
        #expect(!source.everyClientAuthenticates && !source.isEncrypted)
        fixture.change(to: .success(try SecurityFixture.users(["ann": SecurityFixture.hash])))
        #expect(current(source).users.count == 1)
        #expect(source.everyClientAuthenticates)
    }

    @Test("neither begins nor ends to encrypt while it runs")
    func encryption() throws {
        var encrypted = WebSecurity()
        encrypted.tls = try TestCertificates.shared.get().settings()
        for (before, after) in [(encrypted, WebSecurity()), (WebSecurity(), encrypted)] {
            let fixture = SecurityFixture(before)
            let source = try fixture.source()
            fixture.change(to: .success(after))
            #expect(current(source) == before)
            #expect(source.isEncrypted == (before.tls != nil))
            #expect(source.counter.counts.reloadFailures == 1)
        }
    }

    @Test("a certificate that can't be used leaves the former one")
    func certificate() throws {
        var first = WebSecurity()
        first.tls = try TestCertificates.shared.get().settings()
        let fixture = SecurityFixture(first)
        let source = try fixture.source()
        var second = first
        second.tls?.privateKey = try TestCertificates.shared.get().bytes("client.key")
        fixture.change(to: .success(second))
        #expect(current(source) == first)
        #expect(source.counter.counts.reloadFailures == 1)
    }

    @Test("names the file of a certificate that can't be used")
    func names() {
        var security = WebSecurity()
        security.tls = TLSSettings(certificates: [1], privateKey: [2])
        let fixture = SecurityFixture(security)
        let error = #expect(throws: WebSecurityProblem.self) { try fixture.source() }
        #expect(error?.description.hasPrefix("\(fixture.path): cert_file") == true)
    }

    @Test("does not begin with one that is wrong")
    func begins() {
        #expect(throws: WebSecurityProblem("wrong")) {
            try WebSecuritySource { .init(files: [], outcome: .failure(.init("wrong"))) }
        }
    }
}
