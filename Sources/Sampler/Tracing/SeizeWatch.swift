// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc
internal import Profiles
internal import Synchronization
package import SystemPackage

/// Watches for a PTRACE_SEIZE that blocks, and frees it.
///
/// A seize takes the target's `cred_guard_mutex`, which an exec holds while it waits for the other
/// threads of the process to end. If one of those is a tracee of ours whose exit we have not
/// reaped, each waits for the other (kernel/ptrace.c `ptrace_attach`, fs/exec.c `de_thread`). The
/// tracer thread is then inside the call, so a second thread reaps the exit. It sleeps while no
/// tracee is parked, because then there is none to reap.
package final class SeizeWatch: Sendable {
    /// When the seize in progress began, in nanoseconds of the monotonic clock; 0 when there is
    /// none.
    private let seizeBegan = Atomic<UInt64>(0)
    private let parked: Mutex<[ThreadID]>
    private let stopping = Atomic<Bool>(false)
    private let rescues = Atomic<UInt64>(0)
    /// Wakes the second thread: an eventfd that blocks its reader.
    private let wake: Int32

    /// How old a seize must be before exits are reaped from here.
    static let patienceNanoseconds: UInt64 = 20_000_000

    /// - Parameter capacity: most tracees there can be.
    /// - Throws: the error of eventfd(2).
    package init(capacity: Int = EngineSettings.parkedLimit) throws(Errno) {
        var list: [ThreadID] = []
        list.reserveCapacity(capacity)
        parked = Mutex(list)
        wake = cptrace_create_eventfd(0)
        if wake < 0 { throw Errno(rawValue: errno) }
    }

    deinit { close(wake) }

    /// Exits that had to be reaped from here.
    package var rescueCount: UInt64 { rescues.load(ordering: .relaxed) }

    func begin(_ instant: MonotonicInstant) {
        seizeBegan.store(instant.nanoseconds, ordering: .releasing)
    }

    func end() { seizeBegan.store(0, ordering: .releasing) }

    /// Tells the watch which tracees an exit may come from; called when the list changes.
    ///
    /// A parked one may stop at any moment, so this allocates nothing.
    func update(tracees: some Sequence<ThreadID>) {
        let isFirst = parked.withLock { parked in
            let wasEmpty = parked.isEmpty
            parked.removeAll(keepingCapacity: true)
            for thread in tracees { parked.append(thread) }
            return wasEmpty && !parked.isEmpty
        }
        if isFirst { signal() }
    }

    /// Looks once.
    ///
    /// - Returns: how many exits were reaped.
    @discardableResult
    func check(now: MonotonicInstant) -> Int {
        let began = seizeBegan.load(ordering: .acquiring)
        guard began != 0, now.nanoseconds &- began > Self.patienceNanoseconds else { return 0 }
        var reaped = 0
        parked.withLock { parked in
            for thread in parked where TraceEvent.reapExitFromAnotherThread(of: thread) {
                reaped += 1
            }
        }
        rescues.wrappingAdd(UInt64(reaped), ordering: .relaxed)
        return reaped
    }

    /// Looks every 50 ms while threads are parked, until `stop`; runs on a thread of its own.
    @available(*, noasync, message: "blocks the calling thread")
    package func run() {
        while !stopping.load(ordering: .acquiring) {
            if parked.withLock({ $0.isEmpty }) {
                var value: UInt64 = 0
                _ = read(wake, &value, 8)
            } else {
                usleep(50_000)
                check(now: .now())
            }
        }
    }

    package func stop() {
        stopping.store(true, ordering: .releasing)
        signal()
    }

    private func signal() {
        var one: UInt64 = 1
        _ = write(wake, &one, 8)
    }
}
