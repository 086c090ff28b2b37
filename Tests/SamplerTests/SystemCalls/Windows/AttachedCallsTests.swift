// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite(.serialized) struct AttachedCallsTests {
    private func watch(
        _ process: ProcessID,
        milliseconds: UInt64,
        heldShare: Double = 0.05,
        calls: String = "all"
    ) async throws -> AttachedCalls.Outcome {
        let selection = try SystemCallSelection(parsing: calls)
        return try await OwnThread().run {
            let settings = AttachedCalls.Settings(
                nanoseconds: milliseconds * 1_000_000,
                heldShare: heldShare,
                calls: selection
            )
            let control = try CallWindowControl()
            return try AttachedCalls(process, settings: settings, control: control).run()
        }
    }

    @Test("the time held stays within its share, over many windows")
    func budget() async throws {
        let child = try WindowChild.start(["--reads", "-1"])
        let outcome = try await watch(child.process, milliseconds: 1_000, heldShare: 0.02)
        #expect(outcome.ends[.pauseBudget] >= 5)
        // One window may be open at the end.
        let most = 1.1 * 0.02 * Double(outcome.nanoseconds) + 2_000_000
        #expect(Double(outcome.heldNanoseconds) <= most)
        #expect(outcome.watchedNanoseconds < outcome.nanoseconds)
        #expect(outcome.coverage > 0 && outcome.coverage < 1)
        let free = outcome.threads.values.map(\.freeTransfers).max() ?? 0
        #expect(free > 1_000, "reads are counted between the windows")
    }

    @Test("only the calls that are wanted are told of")
    func selection() async throws {
        let child = try WindowChild.start(["--mixed", "2000"])
        let outcome = try await watch(child.process, milliseconds: 500, calls: "write")
        #expect(outcome.tally.accounts.keys.map(\.name) == ["write"])
    }

    @Test("it ends with the process")
    func exit() async throws {
        let child = try WindowChild.start(["--reads", "5000", "--seconds", "1"])
        let outcome = try await watch(child.process, milliseconds: 60_000)
        #expect(outcome.nanoseconds < 50_000_000_000)
    }
}
