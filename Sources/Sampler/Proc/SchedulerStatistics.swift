// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What the scheduler keeps of one thread: `/proc/PID/task/TID/schedstat`.
///
/// Three numbers (Linux, `proc_pid_schedstat` in `fs/proc/base.c`; Documentation/scheduler/
/// sched-stats.rst). A running thread's run time is up to one tick old.
package struct SchedulerStatistics: Hashable, Sendable {
    /// Time on a CPU, in nanoseconds.
    package let runNanoseconds: UInt64

    /// Time runnable and waiting for a CPU, in nanoseconds.
    package let waitNanoseconds: UInt64

    /// How many times the thread was put on a CPU; it moves exactly when the thread runs again.
    package let runCount: UInt64

    package init(runNanoseconds: UInt64, waitNanoseconds: UInt64, runCount: UInt64) {
        self.runNanoseconds = runNanoseconds
        self.waitNanoseconds = waitNanoseconds
        self.runCount = runCount
    }

    /// Whether the kernel keeps these numbers at all: where it does not, it writes three zeros.
    package var isKept: Bool { runNanoseconds | waitNanoseconds | runCount != 0 }

    /// Reads the bytes of the file; nil if they are not three numbers on one whole line.
    package static func parse(_ bytes: Span<UInt8>) -> SchedulerStatistics? {
        var scanner = ByteScanner()
        guard let run = scanner.decimal(in: bytes), scanner.take(.space, in: bytes),
            let wait = scanner.decimal(in: bytes), scanner.take(.space, in: bytes),
            let count = scanner.decimal(in: bytes), scanner.take(.newline, in: bytes)
        else { return nil }
        return SchedulerStatistics(runNanoseconds: run, waitNanoseconds: wait, runCount: count)
    }
}
