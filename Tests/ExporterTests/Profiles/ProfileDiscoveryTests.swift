// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Testing

@testable import Exporter

@Suite("ProfileDiscovery")
struct ProfileDiscoveryTests {
    private struct Entry: Codable, Equatable {
        let targets: [String]
        let labels: [String: String]
    }

    private func entries(_ answer: Web.Answer) throws -> [Entry] {
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "application/json")
        return try JSONDecoder().decode([Entry].self, from: Data(answer.body))
    }

    @Test(
        "is a target for each group, reached as the request was",
        arguments: ["localhost", "[::1]:9"]
    )
    func targets(host: String) async throws {
        let server = Web.server(profiles: SampleSource().source)
        let answer = try await Web.ask(server, "/sd/profiles", host: host)
        let expected = ["busy.service", "a&b <c>"].map { name in
            Entry(targets: [host], labels: ["__param_group": name, "service_name": name])
        }
        #expect(try entries(answer) == expected)
    }

    @Test("each target's group is one that can be asked for")
    func asked() async throws {
        let server = Web.server(profiles: SampleSource().source)
        for entry in try entries(try await Web.ask(server, "/sd/profiles")) {
            let group = try #require(entry.labels["__param_group"])
            let path = "/debug/pprof/profile?seconds=14&group=\(URLText(encoding: group))"
            #expect(try await Web.ask(server, path).status == .ok)
        }
    }

    @Test("is an empty list where there are no groups")
    func empty() async throws {
        let server = Web.server(profiles: SampleSource(groups: []).source)
        #expect(try await Web.ask(server, "/sd/profiles").text == "[]\n")
    }

    @Test("without a Host header there is no target", arguments: [nil, ""] as [String?])
    func noHost(host: String?) async throws {
        let server = Web.server(profiles: SampleSource().source)
        #expect(try await Web.ask(server, "/sd/profiles", host: host).status == .badRequest)
    }
}
