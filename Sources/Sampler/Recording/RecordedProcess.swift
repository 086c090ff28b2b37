// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// What a recording keeps of one process between two windows.
struct RecordedProcess {
    let startTime: StartTime
    let group: GroupName
    var account: ProcessAccount
    var threads: [ThreadID: RecordedThread] = [:]
    var clockNanoseconds: UInt64
    /// Whether the tracer has told of it in the open window, and whether that was its last word.
    var isHeard = true
    var hasEnded = false
    /// Whether it is no target any more.
    var isRemoved = false

    init(_ process: SampledProcess, clockNanoseconds: UInt64) {
        startTime = process.startTime
        group = process.group
        account = ProcessAccount(clockNanoseconds: clockNanoseconds)
        self.clockNanoseconds = clockNanoseconds
    }
}

/// One thread's open window, and what outlives it.
struct RecordedThread {
    /// Most distinct stacks of one thread in one window: there are many more than functions.
    static let stackLimit = 1 << 16

    var window = CPUWindow<RecordedStack>(keyLimit: stackLimit)
    var runNanoseconds: UInt64 = 0
    /// What it waits in, and how its waits divide.
    var wait = RecordedStack.waiting
    var waits = WaitWindow<RecordedStack>(keyLimit: stackLimit)
    /// Time in the run queue.
    var queueNanoseconds: UInt64 = 0
    /// Whether the tracer has told of it in the open window.
    var isHeard = false
    /// Nil before it was asked for.
    var name: String?
}
