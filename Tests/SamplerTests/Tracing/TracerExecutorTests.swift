// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Foundation
import Profiles
import Synchronization
import Testing

@testable import Sampler

@Suite struct TracerExecutorTests {
    /// Counts on the executor's thread.
    private actor Counter {
        let executor: TracerExecutor
        nonisolated var unownedExecutor: UnownedSerialExecutor {
            executor.asUnownedSerialExecutor()
        }
        private(set) var threads: Set<Int32> = []
        private(set) var turns = 0

        init(_ executor: TracerExecutor) { self.executor = executor }

        func note() { threads.insert(cptrace_gettid()) }

        func takeTurn(last: Int) -> MonotonicInstant? {
            note()
            turns += 1
            return turns == last ? nil : .now().advanced(byNanoseconds: 1_000_000)
        }
    }

    /// Starts a thread; blocking for a moment is all right in a test.
    private func start() throws -> TracerExecutor {
        let executor = try TracerExecutor()
        try executor.start()
        return executor
    }

    @Test func turnsAndJobsRunOnOneThread() async throws {
        let executor = try start()
        let counter = Counter(executor)
        await counter.note()
        await executor.drive(from: .now()) { _ in
            counter.assumeIsolated { $0.takeTurn(last: 20) }
        }
        await counter.note()
        #expect(await counter.turns == 20)
        #expect(await counter.threads == [executor.thread.rawValue])
        executor.stop()
    }

    @Test func itsThreadHearsDeadlinesEvenIfItsMakerBlocksAllSignals() throws {
        let executor = try start()
        let path = "/proc/self/task/\(executor.thread)/status"
        let status = try String(contentsOfFile: path, encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("SigBlk:") }
        let mask = UInt64(try #require(line).split(separator: "\t")[1], radix: 16)
        // A mask's lowest bit is signal 1 (proc(5)); the timers' is the first real-time signal.
        let bit = UInt64(1) << UInt64(cptrace_first_spare_signal() - 2)
        #expect(try #require(mask) & bit == 0)
        executor.stop()
    }

    @Test func noTurnComesEarly() async throws {
        let executor = try start()
        let due = Atomic<UInt64>(MonotonicInstant.now().nanoseconds + 2_000_000)
        let early = Atomic(0)
        let left = Atomic(20)
        await executor.drive(from: MonotonicInstant(nanoseconds: due.load(ordering: .relaxed))) {
            wake in
            let now = MonotonicInstant.now()
            if wake == .deadline, now.nanoseconds < due.load(ordering: .relaxed) {
                early.add(1, ordering: .relaxed)
            }
            if left.subtract(1, ordering: .relaxed).newValue == 0 { return nil }
            let next = now.advanced(byNanoseconds: 2_000_000)
            due.store(next.nanoseconds, ordering: .relaxed)
            return next
        }
        #expect(early.load(ordering: .relaxed) == 0)
        executor.stop()
    }

    @Test func aHurriedTurnDoesNotWaitForItsInstant() async throws {
        let executor = try start()
        let hour = MonotonicInstant.now().advanced(byNanoseconds: 3_600_000_000_000)
        let ready = Atomic(false)
        async let ended: Void = executor.drive(from: .now()) { _ in
            ready.exchange(true, ordering: .relaxed) ? nil : hour
        }
        while !ready.load(ordering: .relaxed) { await Task.yield() }
        // It may still be on its way out of the first turn, which then sets the far instant.
        let hurry = Task {
            while !Task.isCancelled {
                executor.hurry()
                await Task.yield()
            }
        }
        await ended
        hurry.cancel()
        executor.stop()
    }
}
