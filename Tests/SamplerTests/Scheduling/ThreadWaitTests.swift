// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct ThreadWaitTests {
    private func at(_ nanoseconds: UInt64) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: nanoseconds)
    }

    private func exactNanoseconds(_ wait: inout ThreadWait) -> UInt64? {
        wait.takeExact()?.nanoseconds
    }

    private func watched(_ wait: inout ThreadWait) -> UInt64 { wait.takeWatched() }

    private func wantsCopy(_ wait: inout ThreadWait) -> Bool { wait.takeWantsCopy() }

    @Test func theFirstLookStandsForNoTime() {
        var wait = ThreadWait()
        let change = wait.observe(at: at(100), isWaiting: true, hasRun: true)
        #expect(change == .began(isSample: false))
        #expect(exactNanoseconds(&wait) == nil)
        #expect(watched(&wait) == 0)
    }

    @Test func aWaitThatGoesOnIsExact() throws {
        var wait = ThreadWait()
        _ = wait.observe(at: at(100), isWaiting: true, hasRun: true)
        let changes = [250, 400].map {
            wait.observe(at: at(UInt64($0)), isWaiting: true, hasRun: false)
        }
        #expect(changes == [.none, .none])
        let taken = wait.takeExact()
        let exact = try #require(taken)
        #expect(exact.nanoseconds == 300)
        #expect(exact.looks == 2)
        #expect(exactNanoseconds(&wait) == nil)
        #expect(watched(&wait) == 300)
    }

    @Test func aWaitAfterARunIsASample() {
        var wait = ThreadWait()
        _ = wait.observe(at: at(100), isWaiting: true, hasRun: true)
        let moved = wait.observe(at: at(200), isWaiting: true, hasRun: true)
        #expect(moved == .began(isSample: true))
        #expect(exactNanoseconds(&wait) == nil)
        #expect(watched(&wait) == 100)
    }

    @Test func aThreadThatRunsWaitsForNothing() {
        var wait = ThreadWait()
        _ = wait.observe(at: at(100), isWaiting: true, hasRun: true)
        let running = wait.observe(at: at(200), isWaiting: false, hasRun: true)
        #expect(running == .none)
        #expect(!wait.isWaiting)
        // Its run count did not move, but it was found running in between.
        let again = wait.observe(at: at(300), isWaiting: true, hasRun: false)
        #expect(again == .began(isSample: true))
        #expect(exactNanoseconds(&wait) == nil)
        #expect(watched(&wait) == 200)
    }

    @Test func aLongerCopyIsAskedForOnceAndOfAWaitOnly() {
        var wait = ThreadWait()
        wait.wantCopy()
        #expect(!wantsCopy(&wait))
        _ = wait.observe(at: at(100), isWaiting: true, hasRun: true)
        wait.wantCopy()
        #expect(wantsCopy(&wait))
        #expect(!wantsCopy(&wait))
        wait.wantCopy()
        _ = wait.observe(at: at(200), isWaiting: true, hasRun: true)
        #expect(!wantsCopy(&wait))
    }

    @Test func aThreadOfAnIdleProcessWaitsOn() {
        var wait = ThreadWait()
        wait.goOn(until: at(50))
        #expect(watched(&wait) == 0)
        _ = wait.observe(at: at(100), isWaiting: true, hasRun: true)
        wait.goOn(until: at(90))
        wait.goOn(until: at(400))
        #expect(exactNanoseconds(&wait) == 300)
        _ = wait.observe(at: at(500), isWaiting: false, hasRun: true)
        wait.goOn(until: at(900))
        #expect(exactNanoseconds(&wait) == nil)
    }
}
