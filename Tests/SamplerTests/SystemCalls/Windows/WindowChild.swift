// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

/// Windows on a target program that makes known calls.
enum WindowChild {
    /// Starts `callers`, and returns it when a thread of it has run for long enough to be entered.
    ///
    /// - Parameter runNanoseconds: how long that is; less where what is known of a thread does not
    ///   matter.
    static func start(
        _ arguments: [String],
        runNanoseconds: UInt64 = 60_000_000
    ) throws -> ProcChild {
        let child = try ProcChild([TargetPrograms.path("callers")] + arguments)
        let process = child.process
        let hasRun = eventually {
            (ProcessCPUClock.nanoseconds(of: process) ?? 0) > runNanoseconds ? true : nil
        }
        try #require(hasRun == true)
        return child
    }

    /// One window on a process, on a thread of its own.
    static func watch(
        _ process: ProcessID,
        _ limits: CallWindow.Limits,
        control: CallWindowControl? = nil
    ) throws -> CallWindow.Outcome {
        ChildSignal.reportStops(false)
        let control = try control ?? CallWindowControl()
        var guards: [ThreadID: EntryGuard] = [:]
        // A first window finds out what the threads do.
        for _ in 0..<20 {
            let outcome = try CallWindow.onOwnThread(
                process,
                limits: limits,
                guards: guards,
                control: control
            )
            guards = outcome.guards
            if !outcome.threads.isEmpty || outcome.end != .time { return outcome }
        }
        return try CallWindow.onOwnThread(
            process,
            limits: limits,
            guards: guards,
            control: control
        )
    }

    static func limits(
        milliseconds: UInt64 = 50,
        stops: UInt64 = 1_000_000,
        heldNanoseconds: UInt64 = 1_000_000_000,
        visitsKernel: Bool = false
    ) -> CallWindow.Limits {
        var limits = CallWindow.Limits(
            nanoseconds: milliseconds * 1_000_000,
            stops: stops,
            heldNanoseconds: heldNanoseconds
        )
        limits.visitsKernel = visitsKernel
        return limits
    }

    /// The states of a process's threads, and whether one of them is traced.
    static func threads(of process: ProcessID) -> (states: [TaskState], isTraced: Bool) {
        var list: [ThreadID] = []
        _ = ProcessScan().list(threadsOf: process, into: &list)
        var reader = ProcReader()
        let statuses = list.compactMap { reader.status(of: $0, in: process).value }
        return (statuses.map(\.state), statuses.contains { $0.tracer != nil })
    }
}
