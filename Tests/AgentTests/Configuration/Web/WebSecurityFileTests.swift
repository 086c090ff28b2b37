// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Testing

@testable import Agent

@Suite struct WebSecurityFileTests {
    private func problem(_ path: String) -> String {
        do throws(Failure) {
            _ = try WebSecurityFile(path: path).source()
            return "nothing"
        } catch {
            return error.message
        }
    }

    @Test func readsUsers() throws {
        let fixture = try WebFixture([
            "web.yml": "basic_auth_users:\n  ann: \(WebSecurityReaderTests.hash)\n"
        ])
        let source = try WebSecurityFile(path: fixture.path("web.yml")).source()
        #expect(source.everyClientAuthenticates && !source.isEncrypted)
    }

    @Test func anEmptyFileAsksForNothing() throws {
        let fixture = try WebFixture(["web.yml": ""])
        let source = try WebSecurityFile(path: fixture.path("web.yml")).source()
        #expect(!source.everyClientAuthenticates && !source.isEncrypted)
    }

    @Test func namesTheFileAndTheLine() throws {
        let fixture = try WebFixture([
            "web.yml": "\nbasic_auth_user:\n",
            "tls.yml": "tls_server_config:\n  cert_file: a.crt\n",
            "pem.yml": "tls_server_config:\n  cert: a\n  key: b\n",
        ])
        let unknown = problem(fixture.path("web.yml"))
        #expect(unknown.hasPrefix("\(fixture.path("web.yml")): line 2: 'basic_auth_user' is not"))
        #expect(
            problem(fixture.path("tls.yml")) == "\(fixture.path("tls.yml")): line 2: cert_file: "
                + "\(fixture.path("a.crt")) can't be read: No such file or directory"
        )
        #expect(
            problem(fixture.path("pem.yml"))
                == "\(fixture.path("pem.yml")): cert_file (or cert) holds no certificate in PEM"
        )
        #expect(problem("/nonexistent").hasPrefix("/nonexistent can't be read"))
    }

    @Test func watchesTheFilesThatItNames() throws {
        let text = "tls_server_config:\n  cert_file: a.crt\n  key_file: \(#"b.key"#)\n"
        let fixture = try WebFixture(["web.yml": text, "a.crt": "A"])
        let file = WebSecurityFile(path: fixture.path("web.yml"))
        let names = ["web.yml", "a.crt", "b.key"].map { fixture.path($0) }
        let absent = file.read()
        #expect(absent.files.map(\.path) == names)
        #expect(absent.files.last?.stamp == nil)
        #expect((try? absent.outcome.get()) == nil)
        try fixture.write("B", to: "b.key")
        let present = file.read()
        #expect(present.files.map(\.path) == names)
        #expect(present.files.last?.stamp != nil)
        #expect(try present.outcome.get().tls?.privateKey == Array("B".utf8))
    }
}
