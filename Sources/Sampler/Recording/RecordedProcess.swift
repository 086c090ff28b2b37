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
    var window = CPUWindow<RecordedStack>()
    var runNanoseconds: UInt64 = 0
}
