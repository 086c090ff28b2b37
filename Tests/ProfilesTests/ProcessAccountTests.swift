// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct ProcessAccountTests {
    @Test func whatThreadsDoNotHoldIsUnsampled() {
        var account = ProcessAccount(clockNanoseconds: 1_000)
        account.add(threadNanoseconds: 30)
        account.add(threadNanoseconds: 20)
        #expect(account.close(clockNanoseconds: 1_100) == 50)
        #expect(account.close(clockNanoseconds: 1_101) == 1)
    }

    @Test func windowsAheadOfTheClockAreCarriedNotEmitted() {
        var account = ProcessAccount(clockNanoseconds: 0)
        account.add(threadNanoseconds: 80)
        #expect(account.close(clockNanoseconds: 50) == 0)
        #expect(account.debtNanoseconds == 30)
        #expect(account.close(clockNanoseconds: 70) == 0)
        #expect(account.debtNanoseconds == 10)
        #expect(account.close(clockNanoseconds: 100) == 20)
        #expect(account.debtNanoseconds == 0)
    }

    @Test func clockThatFallsCountsAsNoTime() {
        var account = ProcessAccount(clockNanoseconds: 100)
        #expect(account.close(clockNanoseconds: 40) == 0)
        #expect(account.close(clockNanoseconds: 130) == 30)
    }

    @Test func wildNumbersDoNotTrap() {
        var account = ProcessAccount(clockNanoseconds: 0)
        account.add(threadNanoseconds: .max)
        account.add(threadNanoseconds: .max)
        #expect(account.close(clockNanoseconds: .max) == 0)
        account.add(threadNanoseconds: .max)
        #expect(account.close(clockNanoseconds: .max) == 0)
        account.add(threadNanoseconds: .max)
        #expect(account.close(clockNanoseconds: .max) == 0)
    }

    @Test func everythingAttributedIsTheClockAndTheDebt() throws {
        var generator = SplitMix64(seed: 3)
        let start: UInt64 = 5_000
        var account = ProcessAccount(clockNanoseconds: start)
        var clock = start
        var attributed: UInt64 = 0
        var longestDebt: UInt64 = 0
        for _ in 0..<5_000 {
            clock += UInt64.random(in: 0...1_000, using: &generator)
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                let thread = UInt64.random(in: 0...450, using: &generator)
                account.add(threadNanoseconds: thread)
                attributed += thread
            }
            attributed += account.close(clockNanoseconds: clock)
            try #require(attributed == clock - start + account.debtNanoseconds)
            longestDebt = max(longestDebt, account.debtNanoseconds)
        }
        #expect(longestDebt > 0)
    }
}
