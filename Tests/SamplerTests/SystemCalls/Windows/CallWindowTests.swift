// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite(.serialized) struct CallWindowTests {
    @Test(
        "what ends a window",
        arguments: [
            (CallWindowEnd.time, 30, 1_000_000, 1_000_000_000),
            (.stops, 10_000, 50, 1_000_000_000),
            (.pauseBudget, 10_000, 1_000_000, 500_000),
        ] as [(CallWindowEnd, UInt64, UInt64, UInt64)]
    )
    func ends(end: CallWindowEnd, milliseconds: UInt64, stops: UInt64, held: UInt64) throws {
        let child = try WindowChild.start(["--reads", "20000"])
        let outcome = try WindowChild.watch(
            child.process,
            WindowChild.limits(milliseconds: milliseconds, stops: stops, heldNanoseconds: held)
        )
        #expect(outcome.end == end)
        #expect(outcome.tally.stops > 0)
        #expect(outcome.heldNanoseconds > 0)
        #expect(outcome.heldNanoseconds >= outcome.longestHeldNanoseconds)
        #expect(outcome.pauses.count >= outcome.tally.stops)
    }

    @Test("a window ends on request")
    func request() throws {
        let child = try WindowChild.start(["--reads", "20000"])
        let control = try CallWindowControl()
        control.stop()
        let outcome = try WindowChild.watch(
            child.process,
            WindowChild.limits(milliseconds: 10_000),
            control: control
        )
        #expect(outcome.end == .request)
    }

    @Test("and with the process")
    func exit() throws {
        let child = try WindowChild.start(["--reads", "20000", "--seconds", "1"])
        let outcome = try WindowChild.watch(
            child.process,
            WindowChild.limits(milliseconds: 30_000)
        )
        #expect(outcome.end == .exited)
    }

    @Test("a process that is not there has ended")
    func nobody() throws {
        var child = try ProcChild(["sleep", "1000"])
        child.end()
        let outcome = try WindowChild.watch(child.process, WindowChild.limits())
        #expect(outcome.end == .exited)
        #expect(outcome.tally.stops == 0)
    }

    @Test("calls are counted, with their names")
    func counts() throws {
        let child = try WindowChild.start(["--mixed", "2000"])
        let outcome = try WindowChild.watch(
            child.process,
            WindowChild.limits(milliseconds: 200)
        )
        let counts = Dictionary(
            uniqueKeysWithValues: outcome.tally.accounts.map { ($0.key.name, $0.value.calls) }
        )
        let reads = try #require(counts["pread64"])
        #expect(reads >= 20)
        // One after the other, so they differ by the one that is in hand.
        #expect(abs(Int(try #require(counts["getppid"])) - Int(reads)) <= 1)
        #expect(abs(Int(try #require(counts["write"])) - Int(reads)) <= 1)
    }
}
