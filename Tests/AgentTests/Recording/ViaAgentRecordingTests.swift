// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Agent
@testable import Exporter

@Suite struct ViaAgentRecordingTests {
    private func failure(_ outcome: AdminOutcome?, _ text: String) -> Failure? {
        let answer = AdminClient.Answer(outcome: outcome, body: Array(text.utf8))
        return #expect(throws: Failure.self) {
            _ = try ViaAgentRecording.profile(of: answer)
        }
    }

    @Test(
        arguments: [
            (AdminOutcome.notFound, Failure.Code.noSuchProcess), (.notPermitted, .notPermitted),
            (.malformed, .usage), (.busy, .failed), (.excluded, .failed), (nil, .failed),
        ] as [(AdminOutcome?, Failure.Code)]
    )
    func aRefusalIsOneLineAndACode(outcome: AdminOutcome?, code: Failure.Code) {
        let failure = failure(outcome, "it is\u{1b}[31m so\n")
        #expect(failure?.code == code)
        #expect(failure?.message == "the agent refuses: it is\u{fffd}[31m so")
    }

    @Test func anAnswerThatIsNoProfileIsAFailure() {
        #expect(failure(.served, "nonsense")?.code == .failed)
    }

    @Test func aProfileIsReadAndSummedUp() throws {
        var builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 1,
            periodNanoseconds: 10_000_000,
            target: "it"
        )
        builder.durationNanoseconds = 2_000_000_000
        let function = builder.index(of: ProfileFunction(name: "f", systemName: "f"))
        let location = builder.index(
            of: ProfileLocation(
                mapping: nil,
                address: Address(0),
                lines: [ProfileLocation.Line(function: function, line: 0)]
            )
        )
        builder.add(stack: [location], count: 50, nanoseconds: 500_000_000, end: .complete)
        let bytes = try PprofFormat.encode(builder.build())
        let profile = try ViaAgentRecording.profile(
            of: AdminClient.Answer(outcome: .served, body: bytes)
        )
        #expect(profile.target == "it")
        let text = ViaAgentRecording.text(profile)
        #expect(
            text == "samples  50 on a CPU; 0.5 s of CPU time in 2.0 s, by the agent at 100.0 Hz\n"
        )
    }

    @Test(
        arguments: [
            (EACCES, Failure.Code.notPermitted, "can't be reached by this user"),
            (ENOENT, .failed, "no agent listens on /a or /b"), (nil, .failed, "no agent listens"),
            (ECONNREFUSED, .failed, "no agent listens"), (EMFILE, .failed, "Too many open files"),
        ] as [(Int32?, Failure.Code, String)]
    )
    func saysWhyNobodyCouldBeAsked(number: Int32?, code: Failure.Code, text: String) {
        let failure = ViaAgentRecording.failure(
            sockets: ["/a", "/b"],
            refusal: number.map { ("/a", $0) }
        )
        #expect(failure.code == code)
        #expect(failure.message.contains(text))
    }

    @Test func nobodyIsAskedWhereNobodyListens() async throws {
        let recording = ViaAgentRecording(
            request: AdminRequest(target: .named("x")),
            sockets: ["/nonexistent/admin.sock"],
            inlines: false
        )
        let directory = try ScratchDirectory()
        let path = "\(directory.path)/out.txt"
        let output = try RecordingOutput(path: path, format: nil)
        let failure = await #expect(throws: Failure.self) { try await recording.run(to: output) }
        #expect(failure?.message.contains("no agent listens on /nonexistent") == true)
        #expect(access(path, F_OK) != 0)
    }
}
