// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct EntryGuardTests {
    private func stat(user: UInt64, system: UInt64) throws -> ThreadStat {
        let line =
            "1 (x) R 1 1 1 0 -1 0 0 0 0 0 \(user) \(system) 0 0 20 0 1 0 5 1000 10 "
            + "0 0 0 0 0 0 0 0 0 0 0 0 0 17 0\n"
        let bytes = Array(line.utf8)
        let stat = ThreadStat.parse(bytes.span)
        return try #require(stat)
    }

    private func transfers(_ calls: UInt64, bytes: UInt64) -> TransferCounts {
        TransferCounts(
            readBytes: bytes,
            writtenBytes: 0,
            readCalls: calls,
            writeCalls: 0
        )
    }

    @Test("a thread that computes is entered")
    func computing() throws {
        var entry = EntryGuard()
        entry.observe(try stat(user: 100, system: 1), nil)
        #expect(entry.decide(nowNanoseconds: 0) == .enter)
    }

    @Test("one of which nothing is known is left alone")
    func unknown() {
        #expect(EntryGuard().decide(nowNanoseconds: 0) == .leaveAlone(.tooNew))
    }

    @Test(
        "one that is in the kernel is left alone, unless it moves little at a time",
        arguments: [
            (31, 31, EntryGuard.Decision.leaveAlone(.systemTime)),
            (32, 32, .enter),
            (100, 100 * 4_096, .enter),
            (100, 100 * 4_096 + 1, .leaveAlone(.systemTime)),
        ] as [(UInt64, UInt64, EntryGuard.Decision)]
    )
    func kernel(calls: UInt64, bytes: UInt64, decision: EntryGuard.Decision) throws {
        var entry = EntryGuard()
        // What it did before counts for nothing.
        entry.observe(try stat(user: 1, system: 100), transfers(1_000, bytes: 50_000_000))
        #expect(entry.decide(nowNanoseconds: 0) == .leaveAlone(.systemTime))
        let later = transfers(1_000 + calls, bytes: 50_000_000 + bytes)
        entry.observe(try stat(user: 1, system: 100), later)
        #expect(entry.decide(nowNanoseconds: 0) == decision)
    }

    @Test("after a transfer was cut short it is left alone for a time")
    func cutShort() throws {
        var entry = EntryGuard()
        entry.observe(try stat(user: 100, system: 1), nil)
        entry.noteShortTransfer(nowNanoseconds: 5)
        #expect(entry.decide(nowNanoseconds: 6) == .leaveAlone(.systemTime))
        #expect(entry.decide(nowNanoseconds: 5_000_000_000) == .enter)
    }
}
