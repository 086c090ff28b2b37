// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite(.serialized) struct CallWindowEndTests {
    @Test(
        "after a window no thread is traced or stopped",
        arguments: [
            ["--reads", "-1"], ["--naps", "2000"], ["--mixed", "5000", "--threads", "3"],
        ]
    )
    func asFound(arguments: [String]) throws {
        let child = try WindowChild.start(arguments, runNanoseconds: 0)
        for _ in 0..<10 {
            let outcome = try WindowChild.watch(
                child.process,
                WindowChild.limits(
                    milliseconds: 20,
                    heldNanoseconds: 2_000_000,
                    visitsKernel: true
                )
            )
            #expect(outcome.end == .time || outcome.end == .pauseBudget)
            let after = WindowChild.threads(of: child.process)
            #expect(!after.isTraced)
            #expect(!after.states.contains(.tracingStop) && !after.states.contains(.stopped))
        }
    }

    @Test("waits that a window begins or ends in do not fail")
    func waits() throws {
        let child = try WindowChild.start(["--naps", "500"], runNanoseconds: 0)
        for _ in 0..<20 {
            let outcome = try WindowChild.watch(
                child.process,
                WindowChild.limits(visitsKernel: true)
            )
            let failed = outcome.tally.accounts.filter { $0.value.failures[4] != nil }
            let remainders = outcome.tally.accounts.keys.filter(\.isRestart)
            #expect(remainders.isEmpty, "the rest of a wait counts as that wait")
            #expect(failed.isEmpty, "EINTR out of \(failed.keys.map(\.name))")
        }
    }
}
