// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Agent

@Suite struct TopTerminalViewTests {
    private let fixture = TopFixture()

    private func view(_ options: TopSession.Options = .init()) -> TopTerminalView {
        TopTerminalView(
            subject: TopHeader.Subject(title: "busy", rate: .init(hertz: 99)),
            options: options,
            sampling: TopSampling(
                deniedCount: { 0 },
                endPeriod: {},
                settle: {},
                goOn: {}
            )
        )
    }

    /// What is on the screen after these events, and how it ended.
    private func show(
        _ events: TopEvent...,
        options: TopSession.Options = .init()
    ) async throws -> (text: String, end: TopSession.End) {
        let pair = try PseudoTerminal.make()
        let stream = TopEvents()
        for event in events { stream.send(event) }
        let end: TopSession.End
        do {
            var terminal = try pair.taken()
            end = await view(options).show(stream, on: &terminal)
        }
        return (pair.written(), end)
    }

    @Test func showsPeriodsUntilItIsToEnd() async throws {
        let window = fixture.window(.init(names: "main hot", milliseconds: 600))
        let (text, end) = try await show(.window(window), .typed(Array("xq".utf8)))
        #expect(end == .asked)
        #expect(text.contains("100.00% 100.00%      0.600      0.600  hot (busy)"))
        #expect(text.contains("q quit  h help"))
    }

    @Test func keysChangeWhatIsShown() async throws {
        let window = fixture.window(.init(names: "main hot", milliseconds: 600))
        let (text, _) = try await show(
            .window(window),
            .typed(Array("t".utf8)),
            .typed(Array("h".utf8)),
            .typed(Array("q".utf8))
        )
        #expect(text.contains("PID      TID  Thread"))
        #expect(text.contains("Keys of ptarmigan top"))
    }

    @Test func endsWithItsTargets() async throws {
        let (_, end) = try await show(.resized, .targetsEnded)
        #expect(end == .targetsEnded)
    }

    @Test func endsAfterSoManyPeriods() async throws {
        let window = fixture.window()
        let (_, end) = try await show(
            .window(window),
            .window(window),
            options: .init(periods: 2)
        )
        #expect(end == .asked)
    }
}
