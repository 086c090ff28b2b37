// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("URLText")
struct URLTextTests {
    @Test(
        "a server reads back what was encoded",
        arguments: SampleProfiles.hostileNames + ["", "~"]
    )
    func roundTrip(name: String) throws {
        let encoded = URLText(encoding: name).description
        #expect(encoded.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f })
        #expect(!encoded.contains { "&=#?+/\"'<>".contains($0) })
        // Control characters are refused there.
        guard name.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else { return }
        let parameters = try QueryParameters(parsing: "a=\(encoded)&b=1", allowed: ["a", "b"])
        #expect(parameters["a"] == name)
    }

    @Test("what needs no encoding stays")
    func plain() {
        #expect(URLText(encoding: "aZ09-._~").description == "aZ09-._~")
        #expect(URLText(encoding: "a b\u{e9}").description == "a%20b%C3%A9")
    }
}
