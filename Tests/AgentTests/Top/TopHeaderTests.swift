// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Agent
@testable import Sampler

@Suite struct TopHeaderTests {
    private func header(hertz: Double = 99, denied: Int = 0) -> TopHeader {
        TopHeader(
            subject: TopHeader.Subject(title: "a\u{1b}b", rate: SamplingRate(hertz: hertz)),
            deniedCount: denied
        )
    }

    private func text(_ header: TopHeader, _ state: TopState) -> [String] {
        header.lines(of: state, columns: 80).map(\.text)
    }

    @Test func saysWhatIsSampledAndWhatItCosts() {
        var fixture = TopFixture()
        fixture.summary.samples = 99
        fixture.summary.queuedSamples = 2
        fixture.summary.stacks.count(.complete)
        fixture.summary.cpuNanoseconds = 1_000_000_000
        for _ in 0..<100 { fixture.summary.pauses.add(nanoseconds: 26_000) }
        let state = fixture.state(fixture.window(.init(names: "main f", milliseconds: 995)))
        let lines = text(header(), state)
        #expect(lines[0].hasPrefix("ptarmigan top: a\u{fffd}b "))
        #expect(lines[0].hasSuffix("  CPU time, 99.0 Hz, 1 s"))
        #expect(
            lines[1] == "CPU 99.5 %, 1 process; 99 samples, 2 queued, 100.0 % of stacks complete"
        )
        #expect(
            lines[2] == "held 0.26 % of CPU time: pauses p50 26 us, p99 26 us; top 1.1 % of a CPU"
        )
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { DisplayWidth.columns(of: $0) <= 80 })
    }

    @Test func saysThatTheRateInForceIsLower() {
        var fixture = TopFixture()
        fixture.rate = SamplingRate(hertz: 49)
        let state = fixture.state(fixture.window(), showsWaits: true)
        #expect(text(header(hertz: 999), state)[0].hasSuffix("wall time, 49.0 of 999.0 Hz, 1 s"))
    }

    @Test func saysWhatWasLeftOut() {
        var fixture = TopFixture()
        fixture.summary.counters.ticks = 1_000
        fixture.summary.counters.missedTicks.increment(.overrun, by: 10)
        var state = fixture.state(fixture.window())
        #expect(
            header(denied: 3).lines(of: state, columns: 80).last
                == TopLine(
                    "left out 10 visits or points missed (overrun), 3 processes not permitted"
                )
        )
        fixture.summary.counters.missedTicks.increment(.overrun, by: 200)
        state = fixture.state(fixture.window())
        let last = header().lines(of: state, columns: 80).last
        #expect(last?.style == .alarm)
        #expect(last?.text.hasPrefix("behind: a lower rate would miss less; left out 210") == true)
    }

    @Test func saysThatTheDisplayIsHeld() {
        let fixture = TopFixture()
        var state = fixture.state(fixture.window())
        _ = state.apply(.pause, page: 1)
        #expect(text(header(), state)[0].hasSuffix(", PAUSED"))
    }
}
