// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("GroupParameter")
struct GroupParameterTests {
    @Test(
        "takes names of units, containers and commands",
        arguments: [
            "nginx.service", "dev-disk-by\\x2dlabel.swap", "0123456789ab", "kworker/0:1", "a b",
            "Gr\u{f6}\u{df}e", "other", String(repeating: "a", count: 160),
        ]
    )
    func good(name: String) throws {
        let query = "group=\(URLText(encoding: name))"
        let parameters = try QueryParameters(parsing: query, allowed: ["group"])
        #expect(try GroupParameter.group(in: parameters) == name)
    }

    @Test(
        "refuses what is empty, too long, or has quotes or controls",
        arguments: [
            "", "a\"b", "it's", "a\nb", "a\r\nb", "a\u{1b}[31m", "a\u{202e}b", "a\u{2028}b",
            "a\u{85}b", String(repeating: "a", count: 161),
        ]
    )
    func bad(name: String) {
        #expect(!GroupParameter.isGood(name))
        let query = "group=\(URLText(encoding: name))"
        // Some are refused before, as no text.
        guard let parameters = try? QueryParameters(parsing: query, allowed: ["group"]) else {
            return
        }
        #expect(throws: ProfileQueryProblem.badGroup) {
            try GroupParameter.group(in: parameters)
        }
    }

    @Test("none is all")
    func none() throws {
        let parameters = try QueryParameters(parsing: nil, allowed: ["group"])
        #expect(try GroupParameter.group(in: parameters) == nil)
    }
}
