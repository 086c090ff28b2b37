// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

/// What becomes of real children that no rule selects.
@Suite struct TargetWatchLoansTests {
    private static let start = MonotonicInstant.now()

    private func watch(_ selection: TargetSelection = .listed([])) -> TargetWatch {
        .plain(selection)
    }

    private func second(_ number: UInt64) -> MonotonicInstant {
        Self.start.advanced(byNanoseconds: number * 1_000_000_000)
    }

    private func startTime(of process: ProcessID) throws -> StartTime {
        var reader = ProcReader()
        return try #require(reader.stat(of: process).value).startTime
    }

    private func refusal(
        _ watch: TargetWatch,
        _ process: ProcessID,
        _ start: StartTime
    ) async -> TargetWatch.LoanRefusal? {
        do throws(TargetWatch.LoanRefusal) {
            _ = try await watch.lend(process, startedAt: start)
            return nil
        } catch {
            return error
        }
    }

    @Test func aLoanIsOverWhenTheLastBorrowerGivesItBack() async throws {
        let child = try ProcChild(["cat"])
        let start = try startTime(of: child.process)
        let watch = watch()
        #expect(await watch.refresh(now: second(0)).isEmpty)
        let lent = try await watch.lend(child.process, startedAt: start)
        #expect(lent.isLent)
        #expect(try await watch.lend(child.process, startedAt: start) == lent)
        #expect(await watch.refresh(now: second(1)).isEmpty)
        #expect(await !watch.takeBack(lent))
        #expect(await watch.isLent(lent))
        #expect(await watch.takeBack(lent))
        #expect(await !watch.isLent(lent))
        // Once more changes nothing.
        #expect(await !watch.takeBack(lent))
    }

    @Test func whatTheRulesSelectStaysSampled() async throws {
        let child = try ProcChild(["cat"])
        let watch = watch(.listed([child.process]))
        let target = try #require(await watch.refresh(now: second(0)).added.first)
        let lent = try await watch.lend(child.process, startedAt: target.startTime)
        #expect(lent == target)
        #expect(await !watch.takeBack(lent))
    }

    @Test func aProcessThatEndsIsTakenBack() async throws {
        var child = try ProcChild(["cat"])
        let process = child.process
        let watch = watch()
        let lent = try await watch.lend(process, startedAt: try startTime(of: process))
        child.end()
        #expect(await watch.refresh(now: second(1)).removed == [process])
        #expect(await !watch.isLent(lent))
    }

    @Test func anotherProcessUnderTheNumberIsNotLent() async throws {
        let child = try ProcChild(["cat"])
        let start = StartTime(ticks: try startTime(of: child.process).ticks &+ 1)
        let refusal = await refusal(watch(), child.process, start)
        #expect(refusal == .check(.noSuchProcess(child.process)))
    }

    @Test func whatIsProtectedOrExcludedIsNotLent() async throws {
        let own = ProcessID(getpid())
        let watch = watch()
        let ownRefusal = await refusal(watch, own, try startTime(of: own))
        guard case .check(.protected(own, _, .agent))? = ownRefusal else {
            Issue.record("\(String(describing: ownRefusal))")
            return
        }
        let child = try ProcChild(["cat"])
        let start = try startTime(of: child.process)
        var rules = TargetRules()
        var pattern = ProcessPattern()
        pattern.commands = ["cat"]
        rules.excluded = [pattern]
        try await watch.apply(rules)
        let byRule = await refusal(watch, child.process, start)
        #expect(byRule == .rule(child.process, command: "cat"))
        #expect(byRule?.description.contains("a rule of the configuration") == true)
        // Not to be included is no such rule.
        pattern.commands = ["other"]
        rules.excluded = []
        rules.included = [pattern]
        try await watch.apply(rules)
        #expect(await refusal(watch, child.process, start) == nil)
    }

    @Test func aRuleThatComesLaterEndsALoan() async throws {
        let child = try ProcChild(["cat"])
        let process = child.process
        let watch = watch()
        let lent = try await watch.lend(process, startedAt: try startTime(of: process))
        var rules = TargetRules()
        var pattern = ProcessPattern()
        pattern.commands = ["cat"]
        rules.excluded = [pattern]
        try await watch.apply(rules)
        #expect(await watch.refresh(now: second(1)).removed == [process])
        #expect(await !watch.isLent(lent))
    }

    @Test func aLoanOutlivesTheRulesThatSelectedIt() async throws {
        let child = try ProcChild(["cat"])
        let process = child.process
        let watch = watch(.listed([process]))
        let target = try #require(await watch.refresh(now: second(0)).added.first)
        _ = try await watch.lend(process, startedAt: target.startTime)
        var rules = TargetRules()
        var pattern = ProcessPattern()
        pattern.commands = ["other"]
        rules.included = [pattern]
        try await watch.apply(rules)
        let changes = await watch.refresh(now: second(1))
        #expect(changes.removed.isEmpty)
        #expect(changes.added.map(\.isLent) == [true])
        #expect(await watch.takeBack(target))
    }
}
