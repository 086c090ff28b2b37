// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// What a recording keeps of one process between two windows.
struct RecordedProcess {
    let startTime: StartTime
    var account: ProcessAccount
    var threads: [ThreadID: RecordedThread] = [:]
    var clockNanoseconds: UInt64

    init(_ process: SampledProcess, clockNanoseconds: UInt64) {
        startTime = process.startTime
        account = ProcessAccount(clockNanoseconds: clockNanoseconds)
        self.clockNanoseconds = clockNanoseconds
    }
}

/// One thread's open window.
struct RecordedThread {
    /// Most distinct stacks of one thread in one window: there are many more than functions.
    static let stackLimit = 1 << 16

    var window = CPUWindow<RecordedStack>(keyLimit: stackLimit)
    var runNanoseconds: UInt64 = 0
    /// What it waits in, and how its waits divide.
    var wait = OngoingWait<RecordedStack>()
    var waits = WaitWindow<RecordedStack>(keyLimit: stackLimit)
    /// Time in the run queue.
    var queueNanoseconds: UInt64 = 0

    init(wait: OngoingWait<RecordedStack> = OngoingWait()) { self.wait = wait }
}
