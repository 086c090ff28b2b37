// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Profiles
internal import SystemPackage

extension CallWindow {
    /// Looks at the threads that are not attached to, and attaches to those that run.
    mutating func lookAtThreads(_ now: MonotonicInstant) {
        let isDue = listedAt.map({ now.nanoseconds(since: $0) >= listNanoseconds }) ?? true
        if isDue { listThreads(now) }
        var looks: UInt64 = 0
        for id in threads.keys {
            guard let thread = threads[id] else { continue }
            switch thread.phase {
            case .interrupted, .watched: continue
            case .free:
                looks += 1
                considerEntry(of: id)
            case .seized:
                looks += 1
                // A thread is interrupted only while it runs.
                if isOnCPU(id) { interrupt(id) }
            }
            if outcome.end != nil { break }
        }
        if isDue { noteLiving() }
        nextLook = MonotonicInstant.now().advanced(
            byNanoseconds: max(Limits.lookNanoseconds, looks * Limits.lookNanosecondsPerThread)
        )
    }

    private mutating func listThreads(_ now: MonotonicInstant) {
        listedAt = now
        var list: [ThreadID] = []
        let scan = ProcessScan(maximumThreads: Limits.lookedAt)
        switch scan.list(threadsOf: process, into: &list) {
        case .complete, .limitReached, .gone: break
        case .notPermitted, .failed: return
        }
        for id in list where threads[id] == nil { threads[id] = WindowThread(resumedAt: now) }
    }

    /// Ends the window after so many lists without a living thread: all may be gone, or have exited
    /// without their parent having collected them.
    ///
    /// For a moment it looks like that, too, while another thread than the leader executes a
    /// program.
    private mutating func noteLiving() {
        emptyLists = threads.isEmpty ? emptyLists + 1 : 0
        if emptyLists >= Limits.emptyLists { outcome.end = .exited }
    }

    /// How long a list stands; not long while there is nobody in it.
    private var listNanoseconds: UInt64 {
        threads.isEmpty ? Limits.emptyListNanoseconds : Limits.listNanoseconds
    }

    private mutating func considerEntry(of id: ThreadID) {
        guard isOnCPU(id) else { return }
        guard attachedCount < limits.threads else {
            outcome.unwatched[id] = .threadLimit
            return
        }
        let lookedAt = MonotonicInstant.now()
        if !limits.visitsKernel, !isGuarded(id, lookedAt) {
            // It has run on meanwhile: another look has to find it running.
            observe(id, lookedAt)
            return
        }
        if let reason = threads[id]?.reasonAgainst {
            outcome.unwatched[id] = reason
            return
        }
        outcome.unwatched[id] = nil
        seize(id)
    }

    private func isGuarded(_ id: ThreadID, _ now: MonotonicInstant) -> Bool {
        guard let guardedAt = threads[id]?.guardedAt else { return false }
        return now.nanoseconds(since: guardedAt) < Limits.guardNanoseconds
    }

    /// Asks the kernel whether a thread may be interrupted.
    private mutating func observe(_ id: ThreadID, _ now: MonotonicInstant) {
        threads[id]?.guardedAt = now
        guard case .value(let stat) = looker.stat(of: id, in: process) else { return }
        let transfers = reader.transfers(of: id, in: process).value
        outcome.guards[id, default: EntryGuard()].observe(stat, transfers)
        let decision = outcome.guards[id]?.decide(nowNanoseconds: now.nanoseconds)
        if case .leaveAlone(let reason)? = decision {
            threads[id]?.reasonAgainst = reason
            outcome.unwatched[id] = reason
        } else {
            threads[id]?.reasonAgainst = nil
        }
    }

    private mutating func seize(_ id: ThreadID) {
        let began = MonotonicInstant.now()
        do throws(Errno) {
            control.watch.begin(began)
            defer { control.watch.end() }
            try Ptrace.seize(id, options: cptrace_window_options())
        } catch {
            let refusal = AttachRefusal(error)
            if refusal == .gone { threads[id] = nil }
            if refusal != .gone { outcome.refusal = refusal }
            if refusal != .gone, attachedCount == 0 { outcome.end = .refused }
            return
        }
        attachedCount += 1
        threads[id]?.phase = .seized
        threads[id]?.resumedAt = .now()
        trackAttached()
        // It may have blocked meanwhile: many a thread runs for some microseconds only.
        if isOnCPU(id) { interrupt(id) }
    }

    /// Asks for a stop of a thread that is in no call, or runs.
    mutating func interrupt(_ id: ThreadID) {
        let now = MonotonicInstant.now()
        guard (try? Ptrace.interrupt(id)) != nil else { return }
        unwatch(id)
        threads[id]?.phase = .interrupted(at: now)
        interruptedCount += 1
    }

    /// Whether a thread is on a CPU, in whichever mode.
    private mutating func isOnCPU(_ id: ThreadID) -> Bool {
        switch looker.look(at: id, in: process, expectsRunning: true) {
        case .seen(let sight):
            guard sight.activity == .running else { return false }
            return sight.isOnCPU
                || looker.presence(of: id, in: process, runCount: sight.statistics?.runCount)
                    != .queued
        case .gone:
            if threads[id]?.isAttached == false { threads[id] = nil }
            return false
        case .notPermitted, .unsupported: return false
        }
    }
}
