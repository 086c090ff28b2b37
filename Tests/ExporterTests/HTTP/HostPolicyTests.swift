// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Testing

@Suite("HostPolicy")
struct HostPolicyTests {
    private let policy = HostPolicy(
        listenAddress: ListenAddress(host: "node1.example", port: 1),
        allowedHosts: ["metrics.internal"]
    )

    @Test(
        "permits names on the list, literal addresses and no name",
        arguments: [
            nil, "", "localhost", "LOCALHOST:10187", "localhost.", "node1.example:1",
            "metrics.internal", "127.0.0.1", "10.1.2.3:9100", "[::1]:10187", "[fe80::1]",
        ]
    )
    func permitted(host: String?) {
        #expect(policy.permits(host))
    }

    @Test(
        "refuses every other name",
        arguments: [
            "evil.example", "evil.example:10187", "localhost.evil.example", "127.0.0.1.evil",
            "127.1", "0x7f000001", "::1", "[evil]", "[::1", "[::1]evil", "localhost:evil",
            "localhost:1:2", ":10187", "localhost, evil.example", "metrics.internal@evil",
        ]
    )
    func refused(host: String) {
        #expect(!policy.permits(host))
    }

    @Test("listening on every address allows no empty name")
    func wildcard() {
        let policy = HostPolicy(
            listenAddress: ListenAddress(host: "", port: 1),
            allowedHosts: []
        )
        #expect(!policy.permits(":1"))
        #expect(!policy.permits("."))
    }

    @Test("knows the name of this machine")
    func machineName() throws {
        let name = try #require(HostPolicy.machineName())
        #expect(!name.isEmpty)
        let policy = HostPolicy(listenAddress: .standard, allowedHosts: [name])
        #expect(policy.permits(name + ":10187"))
    }
}
