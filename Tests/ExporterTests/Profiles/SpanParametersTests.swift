// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("SpanParameters")
struct SpanParametersTests {
    private static let second: UInt64 = 1_000_000_000
    private static let now: UInt64 = 1_790_000_100 * second

    private func span(_ query: String, maximum: Int = 60) throws -> ProfileRequest.Span? {
        let parameters = try QueryParameters(parsing: query, allowed: SpanParameters.names)
        return try SpanParameters(now: Self.now, maximumSeconds: maximum).span(in: parameters)
    }

    private func problem(_ query: String) throws -> ProfileQueryProblem? {
        do {
            _ = try span(query)
            return nil
        } catch {
            return error as? ProfileQueryProblem
        }
    }

    @Test(
        "seconds is to come, and 30 where it is no number above 0, as in Go",
        arguments: [
            ("1", 1), ("60", 60), ("+5", 5), ("0", 30), ("-1", 30), ("", 30), ("x", 30),
            ("2.5", 30),
            ("-1e9", 30), ("nan", 30), ("99999999999999999999x", 30),
        ]
    )
    func seconds(text: String, seconds: Int) throws {
        let query = "seconds=\(URLText(encoding: text))"
        #expect(try span(query) == .coming(seconds: seconds))
    }

    @Test(
        "seconds above the maximum is refused, however it is written",
        arguments: ["61", "1e9", "60.5", "99999999999999999999", "inf", "0x40"]
    )
    func tooLong(text: String) throws {
        #expect(try problem("seconds=\(text)") == .tooLong(maximumSeconds: 60))
    }

    @Test("a maximum below 30 is what is waited for; one of nonsense is one second, or a day")
    func maximum() throws {
        #expect(try span("seconds=x", maximum: 10) == .coming(seconds: 10))
        #expect(try span("seconds=0", maximum: -5) == .coming(seconds: 1))
        #expect(try span("seconds=86400", maximum: .max) == .coming(seconds: 86_400))
        let none = try QueryParameters(parsing: nil, allowed: [])
        let times = SpanParameters(now: Self.now, maximumSeconds: 10)
        #expect(try times.seconds(in: none) == 10)
        #expect(try times.span(in: none) == nil)
    }

    @Test("from and to are instants, with decimals; without to it is until now")
    func instants() throws {
        let expected = ProfileRequest.Span.past(
            from: 1_790_000_000_500_000_000,
            to: 1_790_000_010_000_000_001
        )
        #expect(try span("from=1790000000.5&to=1790000010.0000000019") == expected)
        let untilNow = ProfileRequest.Span.past(from: 1_790_000_090 * Self.second, to: Self.now)
        #expect(try span("from=1790000090") == untilNow)
        #expect(try span("to=1790000100&from=1790000090") == untilNow)
    }

    @Test("ago began so many seconds ago, and lasted for seconds, or until now")
    func ago() throws {
        let from = Self.now - 40 * Self.second
        #expect(try span("ago=40") == .past(from: from, to: Self.now))
        #expect(try span("ago=40&seconds=10") == .past(from: from, to: from + 10 * Self.second))
        #expect(try span("ago=40&seconds=40") == .past(from: from, to: Self.now))
        #expect(try span("ago=0.5") == .past(from: Self.now - 500_000_000, to: Self.now))
    }

    @Test(
        "refuses what contradicts itself, ends before it begins, or has not been yet",
        arguments: [
            ("from=1&ago=1", ProfileQueryProblem.contradiction("from", "ago")),
            ("from=1&to=2&seconds=1", .contradiction("from", "seconds")),
            ("to=2&seconds=1", .contradiction("to", "seconds")),
            ("to=2", .noBeginning),
            ("from=2&to=2", .endsBeforeItBegins), ("from=3&to=2", .endsBeforeItBegins),
            ("from=1790000101", .endsBeforeItBegins), ("ago=0", .endsBeforeItBegins),
            ("from=1&to=1790000100.1", .reachesIntoTheFuture),
            ("ago=40&seconds=41", .reachesIntoTheFuture),
            ("ago=1790000101", .badTime(parameter: "ago")),
            ("ago=-1", .badTime(parameter: "ago")), ("ago=", .badTime(parameter: "ago")),
            ("from=1e9", .badTime(parameter: "from")), ("from=.5", .badTime(parameter: "from")),
            ("from=1&to=5.", .badTime(parameter: "to")),
            ("from=nan", .badTime(parameter: "from")),
            ("from=18446744073.709551616", .badTime(parameter: "from")),
            ("from=18446744074", .badTime(parameter: "from")),
            ("from=99999999999999999999", .badTime(parameter: "from")),
            ("ago=40&seconds=61", .tooLong(maximumSeconds: 60)),
        ]
    )
    func refused(query: String, problem expected: ProfileQueryProblem) throws {
        #expect(try problem(query) == expected)
    }

    @Test("decimals are read exactly, to the largest number that there is")
    func exact() {
        #expect(SpanParameters.nanoseconds(of: "18446744073.709551615") == .max)
        #expect(SpanParameters.nanoseconds(of: "0.000000001") == 1)
        #expect(SpanParameters.nanoseconds(of: "1.1.1") == nil)
        #expect(SpanParameters.nanoseconds(of: "\u{0661}") == nil)
    }
}
