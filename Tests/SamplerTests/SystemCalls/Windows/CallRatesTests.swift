// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct CallRatesTests {
    private static let second: UInt64 = 1_000_000_000
    private let read = TracedCall(.native, SystemCallNumber(Int32(SYS_read)))
    private let getppid = TracedCall(.native, SystemCallNumber(Int32(SYS_getppid)))

    private func thread(
        _ counts: [(TracedCall, UInt64)],
        watched: UInt64 = second,
        held: UInt64 = 0,
        freeTransfers: UInt64 = 0
    ) -> CallRates.Thread {
        var thread = CallRates.Thread()
        for (call, count) in counts { for _ in 0..<count { thread.calls.count(call) } }
        thread.calls.watchedNanoseconds = watched
        thread.calls.heldNanoseconds = held
        thread.freeTransfers = freeTransfers
        thread.freeNanoseconds = Self.second
        thread.runNanoseconds = 1_000_000
        return thread
    }

    private func rates(_ threads: [CallRates.Thread]) -> [TracedCall: CallReport.Rate] {
        CallRates.rates(of: threads, nanoseconds: Self.second)
    }

    @Test("a thread that is hardly held is taken as it is")
    func direct() throws {
        let found = rates([thread([(getppid, 500)], held: Self.second / 50)])
        let rate = try #require(found[getppid])
        #expect(abs(rate.perSecond - 500 / 0.99) < 0.01)
        #expect(abs(rate.error - 0.01) < 1e-9)
    }

    @Test("one that is held much says nothing")
    func held() {
        #expect(rates([thread([(getppid, 500)], held: Self.second / 10)]).isEmpty)
    }

    @Test("unless the kernel counted some of its calls while it was free")
    func scaled() throws {
        let found = rates([
            thread([(read, 200), (getppid, 400)], held: Self.second / 2, freeTransfers: 90_000)
        ])
        let reads = try #require(found[read])
        #expect(reads.perSecond == 90_000)
        #expect(reads.error == 0)
        let gets = try #require(found[getppid])
        #expect(gets.perSecond == 180_000)
        let variance: Double = 1.0 / 400 + 1.0 / 200
        #expect(abs(gets.error - 2 * variance.squareRoot()) < 1e-9)
    }

    @Test("a few transfers are nothing to scale by")
    func few() {
        #expect(
            rates([thread([(read, 99)], held: Self.second / 2, freeTransfers: 90_000)]).isEmpty
        )
        #expect(rates([thread([(read, 200)], held: Self.second / 2, freeTransfers: 99)]).isEmpty)
    }

    @Test("each thread has its own scale, and one without spoils the calls that it makes")
    func threads() throws {
        let fast = thread([(read, 200)], held: Self.second / 2, freeTransfers: 90_000)
        let slow = thread([(read, 50)])
        #expect(try #require(rates([fast, slow])[read]).perSecond == 90_050)
        let unknown = thread([(getppid, 10_000)], held: Self.second / 2)
        let found = rates([fast, unknown])
        #expect(found[read] != nil)
        #expect(found[getppid] == nil)
    }

    @Test("where threads were not seen that use the CPU, nothing is said")
    func unseen() throws {
        let seen = thread([(getppid, 500)])
        var unseen = CallRates.Thread()
        unseen.runNanoseconds = seen.runNanoseconds / 10
        #expect(try #require(rates([seen, unseen])[getppid]).error > 0.09)
        unseen.runNanoseconds = seen.runNanoseconds
        #expect(rates([seen, unseen]).isEmpty)
    }

    @Test("a rare call of a short time watched may be any number")
    func rare() {
        #expect(rates([thread([(getppid, 3)], watched: Self.second / 100)]).isEmpty)
    }

    @Test func nothingOfNothing() {
        #expect(rates([]).isEmpty)
        #expect(rates([CallRates.Thread()]).isEmpty)
    }
}
