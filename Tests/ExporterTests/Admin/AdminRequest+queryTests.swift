// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

@Suite("AdminRequest in a URL")
struct AdminRequestQueryTests {
    private func parse(_ query: String) throws -> AdminRequest {
        let parameters = try QueryParameters(
            parsing: query,
            allowed: AdminRequest.parameters
        )
        return try AdminRequest(parameters, maximumSeconds: 60)
    }

    @Test(
        "what is written is read back",
        arguments: [
            AdminRequest(target: .named("a&b=c%20 é")),
            AdminRequest(target: .processes([ProcessID(1), ProcessID(22)]), seconds: 0.5),
            AdminRequest(
                target: .named("x"),
                seconds: 60,
                rate: SamplingRate(hertz: 199.5),
                separatesThreads: true
            ),
        ]
    )
    func roundTrip(request: AdminRequest) throws {
        let parts = request.url.split(separator: "?", maxSplits: 1)
        #expect(parts.first == "/record")
        #expect(try parse(String(parts[1])) == request)
    }

    @Test(
        "what is wrong is refused by name",
        arguments: [
            ("", .noTarget), ("pid=1&name=x", .noTarget), ("pid=", .badProcesses),
            ("pid=1,,2", .badProcesses), ("pid=0", .badProcesses), ("pid=-3", .badProcesses),
            ("pid=99999999999", .badProcesses), ("name=", .badName),
            ("pid=1&seconds=0", .badSeconds(maximumSeconds: 60)),
            ("pid=1&seconds=60.1", .badSeconds(maximumSeconds: 60)),
            ("pid=1&seconds=1e9", .badSeconds(maximumSeconds: 60)),
            ("pid=1&seconds=nan", .badSeconds(maximumSeconds: 60)),
            ("pid=1&rate=0", .badRate), ("pid=1&rate=10001", .badRate),
            ("pid=1&rate=inf", .badRate), ("pid=1&threads=yes", .badThreads),
        ] as [(String, AdminRequest.Problem)]
    )
    func refusals(query: String, problem: AdminRequest.Problem) {
        #expect(throws: problem) { try parse(query) }
        #expect(!problem.description.isEmpty)
    }

    @Test("there are not too many processes, and no other parameters")
    func bounds() throws {
        let many = Array(repeating: "7", count: AdminRequest.processLimit)
        _ = try parse("pid=\(many.joined(separator: ","))")
        #expect(throws: AdminRequest.Problem.badProcesses) {
            try parse("pid=\((many + ["7"]).joined(separator: ","))")
        }
        #expect(throws: (any Error).self) { try parse("pid=1&group=x") }
    }
}
