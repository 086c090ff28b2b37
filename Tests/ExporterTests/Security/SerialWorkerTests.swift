// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization
import Testing

@testable import Exporter

@Suite("SerialWorker")
struct SerialWorkerTests {
    /// How many pieces are in work, and the most that were.
    private final class Gauge: Sendable {
        private let counts = Mutex((now: 0, most: 0))

        var most: Int { counts.withLock { $0.most } }

        func enter() {
            counts.withLock { counts in
                counts.now += 1
                counts.most = max(counts.most, counts.now)
            }
        }

        func leave() { counts.withLock { $0.now -= 1 } }
    }

    @Test("does one piece after the other")
    func serial() async {
        let worker = SerialWorker(maximumPending: 100)
        let gauge = Gauge()
        await withDiscardingTaskGroup { tasks in
            for _ in 0..<50 {
                tasks.addTask {
                    _ = await worker.run {
                        gauge.enter()
                        gauge.leave()
                    }
                }
            }
        }
        #expect(gauge.most == 1)
    }

    @Test("refuses at once what is too much, and takes more when there is less")
    func bounded() async {
        let worker = SerialWorker(maximumPending: 2)
        let gate = DispatchSemaphore(value: 0)
        let (began, continuation) = AsyncStream.makeStream(of: Void.self)
        // Both are pending before the third comes: one is in work, and it queued the other.
        async let first = worker.run {
            continuation.yield()
            gate.wait()
            return 1
        }
        var iterator = began.makeAsyncIterator()
        await iterator.next()
        let queued = Task { await worker.run { 2 } }
        while worker.pendingCount < 2 { await Task.yield() }

        #expect(await worker.run { 3 } == nil)
        gate.signal()
        #expect(await first == 1)
        #expect(await queued.value == 2)
        #expect(await worker.run { 4 } == 4)
    }
}
