// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// Keeps a tracer on the CPU of the thread that it answers.
///
/// A real-time thread wakes where it slept before. If that is another CPU than the one that its
/// tracee has just left idle, each answer costs two wake-ups of idle CPUs, four times as much as on
/// the tracee's own. Where a tracee runs is asked of the kernel seldom, because that costs as much
/// as an answer.
struct TracerCPU: ~Copyable {
    /// How many stops of one thread pass between two questions.
    private static let patience = 64

    private var thread: ThreadID?
    private var stopsLeft = 0
    private var cpu: Int?
    private var reader = ProcReader()
    private let permitted = CPUAffinity.current(of: ThreadID(0))

    /// Whether the tracer may be on another CPU than its thread.
    var isFree: Bool { permitted.count > 1 }

    /// Takes note of a stop, and moves the caller to where its thread is, if it is time to ask.
    mutating func follow(_ stopped: ThreadID) {
        stopsLeft -= 1
        guard isFree, stopped != thread || stopsLeft <= 0 else { return }
        thread = stopped
        stopsLeft = Self.patience
        let stat = reader.stat(of: ProcessID(stopped.rawValue)).value
        guard let found = stat.map({ Int($0.processor) }), found != cpu,
            permitted.contains(found), (try? CPUAffinity.pin(to: found)) != nil
        else { return }
        cpu = found
    }
}
