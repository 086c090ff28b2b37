// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct TransferGuardTests {
    private static let second: UInt64 = 1_000_000_000

    @Test(
        arguments: [
            (0, 0, .withhold(.tooNew)), (1, 0, .withhold(.tooNew)), (0, 1, .withhold(.tooNew)),
            (2, 0, .visit), (1, 1, .visit), (0, 2, .withhold(.systemTime)),
            (1_000, 999, .visit), (999, 1_001, .withhold(.systemTime)),
        ] as [(UInt64, UInt64, TransferGuard.Decision)]
    )
    func firstLookJudgesTheLifeSoFar(
        user: UInt64,
        system: UInt64,
        expected: TransferGuard.Decision
    ) {
        var transferGuard = TransferGuard()
        let decision = transferGuard.decide(
            userTicks: user,
            systemTicks: system,
            nowNanoseconds: 1
        )
        #expect(decision == expected)
    }

    /// Each step: user and system ticks since the last look, and what must be decided.
    @Test func withholdingHasHysteresis() {
        let steps: [(UInt64, UInt64, Bool)] = [
            (0, 30, false), (10, 0, false), (5, 0, false),  // 1, 0.67, 0.53
            (5, 0, false), (4, 0, false),  // 0.43 and 0.36 are below 0.5, and not below 0.35
            (2, 0, true),  // 0.32
            (0, 5, true), (0, 0, true),  // 0.46 is above 0.35, and not above 0.5
            (0, 5, false),  // 0.57
        ]
        var transferGuard = TransferGuard()
        var user: UInt64 = 0
        var system: UInt64 = 0
        for (userDelta, systemDelta, isVisited) in steps {
            user += userDelta
            system += systemDelta
            let decision = transferGuard.decide(
                userTicks: user,
                systemTicks: system,
                nowNanoseconds: 1
            )
            #expect(
                decision == (isVisited ? .visit : .withhold(.systemTime)),
                "at a share of \(transferGuard.systemShare)"
            )
        }
    }

    @Test func meanRunsOverCPUTimeNotWallTime() {
        var quick = TransferGuard()
        var slow = TransferGuard()
        for (index, system) in ([40, 45, 47, 60] as [UInt64]).enumerated() {
            _ = quick.decide(userTicks: 30, systemTicks: system, nowNanoseconds: UInt64(index))
            for repeated in 0..<100 {
                _ = slow.decide(
                    userTicks: 30,
                    systemTicks: system,
                    nowNanoseconds: UInt64(index * 100 + repeated) * Self.second
                )
            }
        }
        #expect(quick.systemShare == slow.systemShare)
    }

    @Test func aThreadThatComputesNeedsFewerLooksUntilItTurnsToTheKernel() {
        var transferGuard = TransferGuard()
        transferGuard.observe(userTicks: 19, systemTicks: 0)
        #expect(!transferGuard.seesComputingOnly)
        transferGuard.observe(userTicks: 40, systemTicks: 0)
        #expect(transferGuard.seesComputingOnly)
        // Looks that are 4 ticks apart: the first that shows system time ends the trust.
        transferGuard.observe(userTicks: 40, systemTicks: 4)
        #expect(!transferGuard.seesComputingOnly)
        var system: UInt64 = 4
        while case .visit = transferGuard.decide(nowNanoseconds: 1), system < 100 {
            system += 1
            transferGuard.observe(userTicks: 40, systemTicks: system)
        }
        #expect(system < 4 + UInt64(TransferGuard.memoryTicks))
    }

    @Test func backOffDoublesFromASecondToTenMinutes() {
        var transferGuard = TransferGuard()
        var now: UInt64 = 0
        for seconds in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600] as [UInt64] {
            transferGuard.noteShortTransfer(nowNanoseconds: now)
            let until = now + seconds * Self.second
            let before = transferGuard.decide(
                userTicks: 9,
                systemTicks: 0,
                nowNanoseconds: until - 1
            )
            #expect(before == .withhold(.shortTransfer(untilNanoseconds: until)))
            let after = transferGuard.decide(userTicks: 9, systemTicks: 0, nowNanoseconds: until)
            #expect(after == .visit)
            now = until
        }
    }

    /// After back-offs of 1, 2, 4 and 8 s: the next one, by the quiet time before it.
    @Test(
        arguments: [
            (0, 16), (7, 16), (8, 8), (11, 8), (12, 4), (14, 2), (15, 1), (10_000, 1),
        ] as [(UInt64, UInt64)]
    )
    func backOffHalvesPerQuietPeriodOfItsLength(quiet: UInt64, next: UInt64) {
        var transferGuard = TransferGuard()
        var now: UInt64 = 0
        for seconds in [1, 2, 4, 8] as [UInt64] {
            transferGuard.noteShortTransfer(nowNanoseconds: now)
            now += seconds * Self.second
        }
        now += quiet * Self.second
        transferGuard.noteShortTransfer(nowNanoseconds: now)
        let decision = transferGuard.decide(userTicks: 9, systemTicks: 0, nowNanoseconds: now)
        #expect(
            decision
                == .withhold(.shortTransfer(untilNanoseconds: now + next * Self.second))
        )
    }

    @Test func ticksThatFallAndTimesAtTheEndDoNotTrap() {
        var transferGuard = TransferGuard()
        _ = transferGuard.decide(userTicks: .max, systemTicks: .max, nowNanoseconds: 0)
        _ = transferGuard.decide(userTicks: 0, systemTicks: 0, nowNanoseconds: 0)
        #expect(transferGuard.systemShare == 0.5)
        transferGuard.noteShortTransfer(nowNanoseconds: .max)
        #expect(
            transferGuard.decide(userTicks: 0, systemTicks: 0, nowNanoseconds: 1)
                == .withhold(.shortTransfer(untilNanoseconds: .max))
        )
    }

    @Test func oneFitsInACacheLine() {
        #expect(MemoryLayout<TransferGuard>.stride <= 64)
    }

    @Test func everyWithholdingIsCountedUnderItsReason() {
        let reasons = [
            TransferGuard.Withholding.systemTime, .shortTransfer(untilNanoseconds: 1), .tooNew,
        ].map(\.reason)
        #expect(reasons == [.systemTime, .shortTransfer, .tooNew])
    }
}

extension TransferGuard {
    /// Observes and decides.
    fileprivate mutating func decide(
        userTicks: UInt64,
        systemTicks: UInt64,
        nowNanoseconds: UInt64
    ) -> Decision {
        observe(userTicks: userTicks, systemTicks: systemTicks)
        return decide(nowNanoseconds: nowNanoseconds)
    }
}
