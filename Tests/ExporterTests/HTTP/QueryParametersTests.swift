// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Testing

@Suite("QueryParameters")
struct QueryParametersTests {
    @Test("reads and decodes what is allowed")
    func good() throws {
        let parameters = try QueryParameters(
            parsing: "group=a%20b+%c3%A9&seconds=5&flag",
            allowed: ["group", "seconds", "flag"]
        )
        #expect(parameters["group"] == "a b \u{e9}")
        #expect(parameters["seconds"] == "5")
        #expect(parameters["flag"] == "")
        #expect(parameters["other"] == nil)
        #expect(try QueryParameters(parsing: nil, allowed: [])["a"] == nil)
        #expect(try QueryParameters(parsing: "", allowed: [])["a"] == nil)
    }

    @Test(
        "refuses what is unknown, repeated or badly encoded",
        arguments: [
            ("pid=1", QueryParameters.Problem.unknown(name: "pid")),
            ("group=a&Group=b", .unknown(name: "Group")),
            ("group=a&group=b", .repeated(name: "group")),
            ("group=a&gro%75p=b", .repeated(name: "group")),
            ("group=a&", .unknown(name: "")),
            ("group=%", .badEncoding), ("group=%4", .badEncoding), ("group=%zz", .badEncoding),
            ("group=%ff", .badEncoding), ("group=a%0d%0ab", .badEncoding),
            ("group=%00", .badEncoding), ("group=%7f", .badEncoding),
            (String(repeating: "&", count: 16), .tooMany),
        ]
    )
    func bad(query: String, problem: QueryParameters.Problem) {
        #expect(throws: problem) {
            try QueryParameters(parsing: query, allowed: ["group"])
        }
    }
}
