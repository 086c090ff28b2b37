// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Synchronization
import Testing

@testable import Agent

@Suite struct TopTextViewTests {
    private let fixture = TopFixture()

    /// What a view writes of these events.
    private func text(
        _ events: TopEvent...,
        options: TopSession.Options,
        refusesAfter limit: Int = .max
    ) async -> (text: [String], end: TopSession.End) {
        let stream = TopEvents()
        for event in events { stream.send(event) }
        let written = Mutex<[String]>([])
        let last = fixture.window(.init(names: "main last", milliseconds: 10))
        let view = TopTextView(
            subject: TopHeader.Subject(title: "busy", rate: .init(hertz: 99)),
            options: options,
            sampling: TopSampling(
                deniedCount: { 0 },
                endPeriod: { stream.send(.window(last)) },
                settle: {},
                goOn: {}
            ),
            output: { bytes in
                written.withLock {
                    $0.append(String(decoding: bytes, as: UTF8.self))
                    return $0.count < limit
                }
            }
        )
        let end = await view.show(stream)
        return (written.withLock { $0 }, end)
    }

    @Test func writesSoManyPeriods() async {
        let window = fixture.window(.init(names: "main f", milliseconds: 10))
        let (text, end) = await text(
            .window(window),
            .window(window),
            .window(window),
            options: .init(isBatch: true, periods: 2)
        )
        #expect(end == .asked)
        #expect(text.count == 2)
        #expect(text[0].hasPrefix("ptarmigan top: busy  CPU time, 99.0 Hz, 1 s\n"))
        #expect(text[0].contains("\n 100.00% 100.00%      0.010      0.010  f (busy)\n"))
        #expect(text[1].hasPrefix("\nptarmigan top: busy  CPU time, 99.0 Hz, 2 s\n"))
        #expect(!text.joined().contains("\u{1b}"))
    }

    @Test func writesWhatWasSeenOfTargetsThatHaveEnded() async {
        let (text, end) = await text(.targetsEnded, options: .init(isBatch: true))
        #expect(end == .targetsEnded)
        #expect(text.count == 1)
        #expect(text.first?.contains("last (busy)") == true)
    }

    @Test func endsWithItsReader() async {
        let window = fixture.window()
        let (text, end) = await text(
            .window(window),
            .window(window),
            options: .init(isBatch: true),
            refusesAfter: 1
        )
        #expect(end == .asked)
        #expect(text.count == 1)
    }

    @Test func endsAtASignal() async {
        let (text, end) = await text(.interrupted, options: .init(isBatch: true))
        #expect(end == .asked)
        #expect(text.isEmpty)
    }
}
