// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import HTTPTypes
import Hummingbird
import Profiles
import Testing

@testable import Exporter

@Suite("AdminResponder")
struct AdminResponderTests {
    private static let request = AdminRequest(target: .named("x"), seconds: 1)

    @Test("a profile comes as it is, with all its labels, and a line is logged")
    func served() async throws {
        let lines = LogLines()
        let usage = AdminUsageCounter()
        let sent = SampleProfiles.busy
        let source: AdminSource = { _, _ in .profile(sent) }
        try await AdminSocket.serving(source, usage: usage, logger: lines.logger) { path in
            let answer = try await AdminClient(path: path).ask(Self.request)
            #expect(answer.outcome == .served)
            let read = try ProfileReader.read(answer.body, hints: ReadProfiles.hints)
            #expect(ReadProfiles.stacks(read) == ReadProfiles.stacks(sent))
            #expect(ReadProfiles.times(read) == ReadProfiles.times(sent))
            #expect(read.target == sent.target)
            #expect(read.periodNanoseconds == sent.periodNanoseconds)
            #expect(read.mappings.map(\.buildID).sorted() == sent.usedBuildIDs)
        }
        #expect(usage.counts.outcomes == [.served: 1])
        let line = try #require(lines.of("Admin request").first)
        #expect(line.metadata["uid"] == "\(geteuid())")
        #expect(line.metadata["target"] == "x")
        #expect(line.metadata["seconds"] == "1.0")
        #expect(line.metadata["outcome"] == "served")
    }

    @Test("a profile beyond what other readers take is sent whole")
    func large() throws {
        var builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 1,
            periodNanoseconds: 1,
            target: "large"
        )
        builder.durationNanoseconds = 1
        for number in 0..<20_000 {
            let name = "f\(number)"
            let function = builder.index(of: ProfileFunction(name: name, systemName: name))
            let line = ProfileLocation.Line(function: function, line: 0)
            let location = builder.index(
                of: ProfileLocation(mapping: nil, address: Address(0), lines: [line])
            )
            builder.add(stack: [location], count: 1, nanoseconds: 1, end: .complete)
        }
        let profile = builder.build()
        let response = try AdminResponder.response(profile)
        #expect(response.status == .ok)
        let labels = Set(PprofFormat.Label.allCases)
        var limits = PprofFormat.Limits()
        limits.samples = .max
        let bytes = try PprofFormat.encode(profile, labels: labels, limits: limits)
        #expect(response.body.contentLength == bytes.count)
        #expect(try ProfileReader.read(bytes, hints: ReadProfiles.hints).samples.count == 20_000)
    }

    @Test(
        "only one path and method are answered, and what is wrong with a query is said",
        arguments: [
            ("GET /record?name=x", "HTTP/1.1 400"), ("POST /metrics", "HTTP/1.1 400"),
            ("POST /record", "HTTP/1.1 400"), ("POST /record?name=x&seconds=61", "HTTP/1.1 400"),
            ("POST /record?name=x&evil=1", "HTTP/1.1 400"),
            ("POST /record?name=x", "HTTP/1.1 409"),
        ]
    )
    func requests(line: String, status: String) async throws {
        let source: AdminSource = { _, _ in .refused(.excluded, "never") }
        try await AdminSocket.serving(source) { path in
            let request = "\(line) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            let found = try await AdminSocket.statusLine(of: request, at: path)
            #expect(found?.hasPrefix(status) == true)
        }
    }

    @Test("one too many is refused and counted, and a client that goes ends its own")
    func limit() async throws {
        let usage = AdminUsageCounter()
        let gate = Gate(isOpen: true)
        let source: AdminSource = { _, _ in
            await gate.pass()
            await waitForCancellation()
            return .refused(.cancelled, "gone")
        }
        try await AdminSocket.serving(source, usage: usage, maximumCount: 1) { path in
            let first = Task { try await AdminClient(path: path).ask(Self.request) }
            await gate.waitForArrivals(1)
            #expect(usage.counts.inProgress == 1)
            let second = try await AdminClient(path: path).ask(Self.request)
            #expect(second.outcome == .busy)
            #expect(String(decoding: second.body, as: UTF8.self).contains("in progress"))
            first.cancel()
            _ = try? await first.value
        }
        #expect(usage.counts.outcomes == [.busy: 1, .cancelled: 1])
        #expect(usage.counts.inProgress == 0)
    }

    @Test("a flood is refused without a line for each")
    func flood() async throws {
        let lines = LogLines()
        let usage = AdminUsageCounter()
        let source: AdminSource = { _, _ in .refused(.notFound, "none\u{1b}[31m") }
        try await AdminSocket.serving(source, usage: usage, logger: lines.logger) { path in
            for _ in 0..<100 { _ = try await AdminClient(path: path).ask(Self.request) }
            let refused = usage.counts.outcomes[.busy] ?? 0
            #expect(refused > 0)
            #expect(UInt64(lines.of("Admin request").count) == 100 - refused)
        }
    }
}

extension Profile {
    /// The build IDs of the mappings that a stack leads through.
    fileprivate var usedBuildIDs: [String] {
        Set(samples.flatMap(\.stack)).reduce(into: Set<Int>()) { used, location in
            guard let mapping = locations[location].mapping,
                mappings[mapping].addresses.contains(locations[location].address)
            else { return }
            used.insert(mapping)
        }
        .map { mappings[$0].buildID }.sorted()
    }
}
