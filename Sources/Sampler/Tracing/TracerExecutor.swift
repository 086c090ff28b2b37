// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc
package import Profiles
internal import Synchronization
package import SystemPackage

/// Runs an actor on one OS thread of its own, because ptrace(2) binds a tracee to a thread.
///
/// The thread sleeps in one poll on three things: work (an eventfd), a tracee's change of state
/// (the signalfd of SIGCHLD) and the next turn's instant (the poll's time-out).
///
/// Turns are plain calls. A task that slept until its next tick instead would be resumed by the
/// global pool, which hands it back here: two more wake-ups of threads for each tick.
package final class TracerExecutor: SerialExecutor {
    /// Why the thread woke up for a turn.
    package enum Wake: Sendable {
        case deadline
        /// SIGCHLD: a parked tracee may have stopped or ended.
        case childSignal
    }

    private struct State {
        var jobs: [UnownedJob] = []
        var driver: Driver?
        var stopping = false
    }

    private struct Driver {
        var deadline: MonotonicInstant
        let turn: Turn
        let ended: UnsafeContinuation<Void, Never>
    }

    /// Does what is due and says when it is to be called next; nil: never again.
    package typealias Turn = @Sendable (Wake) -> MonotonicInstant?

    private let state = Mutex(State())
    private let wake: Int32
    private let started: Int32
    private let threadID = Atomic<Int32>(0)
    /// The thread's pthread_t, which costs no system call to compare.
    private let handle = Atomic<UInt>(0)

    /// The signalfd of SIGCHLD; the tracer thread blocks that signal.
    package let childSignal: Int32

    /// Creates the executor and its descriptors; `start` makes the thread.
    package init() throws(Errno) {
        childSignal = try ChildSignal.open()
        wake = cptrace_create_eventfd(1)
        started = cptrace_create_eventfd(0)
        if wake < 0 || started < 0 { throw Errno(rawValue: errno) }
    }

    deinit {
        close(wake)
        close(started)
        close(childSignal)
    }

    /// The tracer thread's number; 0 before `start`.
    package var thread: ThreadID { ThreadID(threadID.load(ordering: .acquiring)) }

    /// Starts the tracer thread and returns once it runs.
    @available(*, noasync, message: "blocks the calling thread for a moment")
    package func start() throws(Errno) {
        var thread = pthread_t()
        let box = Unmanaged.passRetained(self)
        let result = pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                let executor = Unmanaged<TracerExecutor>.fromOpaque(argument).takeRetainedValue()
                cptrace_name_thread("tracer")
                cptrace_set_timer_slack(1_000)
                executor.run()
                return nil
            },
            box.toOpaque()
        )
        guard result == 0 else {
            box.release()
            throw Errno(rawValue: result)
        }
        pthread_detach(thread)
        var value: UInt64 = 0
        _ = read(started, &value, 8)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.jobs.append(job) }
        if !isCurrent { signal() }
    }

    package func isIsolatingCurrentContext() -> Bool? { isCurrent }

    package func checkIsolated() { precondition(isCurrent, "not on the tracer's thread") }

    /// Whether the caller is on the tracer's thread.
    package var isCurrent: Bool {
        UInt(pthread_self()) == self.handle.load(ordering: .relaxed)
    }

    /// Calls a turn at the instants that it asks for, and at child signals, until it wants no more.
    ///
    /// Turns run on the thread, one at a time and never during a job of the actor, so that they may
    /// assume its isolation.
    @concurrent
    package func drive(from first: MonotonicInstant, _ turn: @escaping Turn) async {
        await withUnsafeContinuation { ended in
            state.withLock {
                precondition($0.driver == nil, "the tracer is driven from one place only")
                $0.driver = Driver(deadline: first, turn: turn, ended: ended)
            }
            signal()
        }
    }

    /// Makes the next turn due now.
    package func hurry() {
        state.withLock { $0.driver?.deadline = MonotonicInstant(nanoseconds: 0) }
        signal()
    }

    /// Lets the thread end once no work is left.
    package func stop() {
        state.withLock { $0.stopping = true }
        signal()
    }

    /// The thread's loop.
    @available(*, noasync, message: "blocks the calling thread")
    private func run() {
        ChildSignal.block()
        _ = cptrace_admit_wakeups()
        handle.store(UInt(pthread_self()), ordering: .relaxed)
        threadID.store(cptrace_gettid(), ordering: .releasing)
        var one: UInt64 = 1
        _ = write(started, &one, 8)
        while true {
            let (jobs, deadline, stopping) = state.withLock { state in
                defer { state.jobs.removeAll(keepingCapacity: true) }
                return (state.jobs, state.driver?.deadline, state.stopping)
            }
            for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
            if !jobs.isEmpty { continue }
            if stopping { break }
            sleep(until: deadline)
        }
    }

    private func sleep(until deadline: MonotonicInstant?) {
        let nanoseconds: Int =
            deadline.map { deadline in
                let now = MonotonicInstant.now()
                return deadline <= now ? 0 : Int(clamping: deadline.nanoseconds(since: now))
            } ?? 3_600_000_000_000
        let ready = cptrace_await_either(wake, childSignal, nanoseconds)
        if ready & 1 != 0 {
            var value: UInt64 = 0
            _ = read(wake, &value, 8)
        }
        if ready > 0, ready & 2 != 0 {
            ChildSignal.drain(childSignal)
            takeTurn(.childSignal)
        } else if ready == 0 {
            takeTurn(.deadline)
        }
    }

    private func takeTurn(_ wake: Wake) {
        // Outside of the lock: a turn takes long, and may want to be hurried.
        guard let driver = state.withLock({ $0.driver }) else { return }
        if wake == .deadline, driver.deadline > .now() { return }
        let next = driver.turn(wake)
        state.withLock {
            if let next { $0.driver?.deadline = next } else { $0.driver = nil }
        }
        if next == nil { driver.ended.resume() }
    }

    private func signal() {
        var one: UInt64 = 1
        _ = write(wake, &one, 8)
    }
}
