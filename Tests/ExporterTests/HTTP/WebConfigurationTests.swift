// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("WebConfiguration")
struct WebConfigurationTests {
    @Test(
        "profiles are for this host alone, unless others are allowed",
        arguments: [
            ("127.0.0.1:1", true), ("localhost:1", true), ("[::1]:1", true), ("127.9.9.9:1", true),
            (":1", false), ("0.0.0.0:1", false), ("[::]:1", false), ("10.0.0.1:1", false),
            ("host.example:1", false),
        ]
    )
    func profiles(address: String, isServed: Bool) throws {
        var configuration = WebConfiguration(listenAddress: try ListenAddress(parsing: address))
        #expect((configuration.profileRefusal == nil) == isServed)
        configuration.allowsUnauthenticatedProfiles = true
        #expect(configuration.profileRefusal == nil)
    }
}
