// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("SpanParameters of a base")
struct SpanParametersBaseTests {
    private static let second: UInt64 = 1_000_000_000
    private static let now = 1_790_000_100 * second

    private func base(
        _ text: String,
        of span: ProfileRequest.Span = .past(from: now - 60 * second, to: now)
    ) throws -> ProfileRequest.Span? {
        try SpanParameters(now: Self.now, maximumSeconds: 60).base(
            of: span,
            in: QueryParameters(parsing: text, allowed: SpanParameters.baseNames)
        )
    }

    private func past(_ ago: UInt64, _ length: UInt64) -> ProfileRequest.Span {
        let from = Self.now - ago * Self.second
        return .past(from: from, to: from + length * Self.second)
    }

    @Test("without parameters nothing is compared")
    func none() throws { #expect(try base("") == nil) }

    @Test("base_ago is as long as the other time, and not beyond now")
    func ago() throws {
        #expect(try base("base_ago=600") == past(600, 60))
        #expect(try base("base_ago=120") == past(120, 60))
        #expect(try base("base_ago=20") == past(20, 20))
        #expect(try base("base_ago=600", of: .coming(seconds: 7)) == past(600, 7))
        #expect(try base("base_ago=3", of: .coming(seconds: 7)) == past(3, 3))
    }

    @Test("base_seconds says how long it is")
    func seconds() throws {
        #expect(try base("base_ago=600&base_seconds=300") == past(600, 300))
        let half = try base("base_ago=600&base_seconds=0.5")
        let from = Self.now - 600 * Self.second
        #expect(half == .past(from: from, to: from + Self.second / 2))
    }

    @Test("base_from and base_to are instants, and base_to is now where it is missing")
    func instants() throws {
        let from = 1_790_000_000 * Self.second
        #expect(
            try base("base_from=1790000000&base_to=1790000010")
                == .past(from: from, to: from + 10 * Self.second)
        )
        #expect(try base("base_from=1790000000") == .past(from: from, to: Self.now))
    }

    @Test(
        "refuses what is no time that has been",
        arguments: [
            ("base_ago=", "base_ago is not a time in seconds, such as 12 or 12.5"),
            ("base_ago=1m", "base_ago is not a time in seconds, such as 12 or 12.5"),
            ("base_ago=-1", "base_ago is not a time in seconds, such as 12 or 12.5"),
            (
                "base_ago=99999999999999999999",
                "base_ago is not a time in seconds, such as 12 or 12.5"
            ),
            ("base_ago=9999999999", "base_ago is not a time in seconds, such as 12 or 12.5"),
            ("base_ago=0", "the base: the time asked for ends before it begins, or at once"),
            (
                "base_ago=9&base_seconds=0",
                "the base: the time asked for ends before it begins, or at once"
            ),
            (
                "base_ago=9&base_seconds=10",
                "the base: the time asked for reaches into the future"
            ),
            (
                "base_ago=9&base_seconds=18446744073",
                "the base: the time asked for reaches into the future"
            ),
            ("base_seconds=9", "base_seconds needs base_ago"),
            ("base_to=9", "base_to needs base_from"),
            ("base_from=9&base_ago=9", "base_from and base_ago contradict each other"),
            ("base_to=9&base_seconds=9", "base_to and base_seconds contradict each other"),
            (
                "base_from=1790000010&base_to=1790000000",
                "the base: the time asked for ends before it begins, or at once"
            ),
            (
                "base_from=1790000000&base_to=1790000101",
                "the base: the time asked for reaches into the future"
            ),
            ("base_ago=60", "the base is the same time as what is compared with it"),
        ]
    )
    func refused(text: String, message: String) {
        let error = #expect(throws: ProfileQueryProblem.self) { try base(text) }
        #expect(error?.description == message)
    }
}
