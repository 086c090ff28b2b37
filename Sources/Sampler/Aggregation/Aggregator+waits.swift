// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

extension Aggregator {
    /// Takes in what a thread waits in.
    func add(_ wait: SampleBatch.Wait, now: MonotonicInstant) {
        guard processes[wait.process] != nil else { return }
        switch wait.change {
        case .began(let copy, let isSample, let rate):
            let key = WaitKey(
                call: wait.systemCall?.name,
                function: copy.map { caller(of: wait, $0, now: now) } ?? .unknown
            )
            processes[wait.process]?.threads[wait.thread, default: AggregatedThread()]
                .begin(key, rate: isSample ? rate : nil)
        case .lasted(let nanoseconds, _):
            // In place: of thousands of threads that wait, most have nothing else to tell.
            let key = processes[wait.process]?
                .threads[wait.thread, default: AggregatedThread()].goOn(nanoseconds: nanoseconds)
            guard let key else { return }
            processes[wait.process]?.waits[key, default: 0] += Double(nanoseconds) / 1e9
        }
    }

    /// The first function outside of the C library that a wait was entered from.
    private func caller(
        of wait: SampleBatch.Wait,
        _ copy: StackCopy,
        now: MonotonicInstant
    ) -> FunctionKey {
        let found = FoundStack(copy, of: wait)
        guard stacks.read(found, now: now) != nil else { return names.unknownProcess() }
        var innermost: FunctionKey?
        for frame in stacks.frames {
            let name = names.function(of: frame, in: stacks)
            if !name.isOfCLibrary, name != .unknown { return name }
            innermost = innermost ?? name
        }
        return innermost ?? .unknown
    }
}
