// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

extension Aggregator {
    /// Takes in what a thread waits in.
    func add(_ wait: SampleBatch.Wait, now: MonotonicInstant) {
        guard processes[wait.process] != nil else { return }
        switch wait.change {
        case .began(let copy, let isSample, let rate):
            let stack = stack(of: wait, copy, now: now)
            processes[wait.process]?.threads[wait.thread, default: AggregatedThread()]
                .begin(stack, rate: isSample ? rate : nil)
        case .lasted(let nanoseconds, _):
            // In place: of thousands of threads that wait, most have nothing else to tell.
            let key = processes[wait.process]?
                .threads[wait.thread, default: AggregatedThread()].goOn(nanoseconds: nanoseconds)
            guard let key else { return }
            processes[wait.process]?.waits[key, default: 0] += Double(nanoseconds) / 1e9
        }
    }

    private func stack(
        of wait: SampleBatch.Wait,
        _ copy: StackCopy?,
        now: MonotonicInstant
    ) -> WaitedStack {
        let call = wait.systemCall?.name
        guard let copy else {
            return WaitedStack(key: WaitKey(call: call, function: .unknown), stack: nil)
        }
        guard let end = stacks.read(FoundStack(copy, of: wait), now: now) else {
            let key = WaitKey(call: call, function: names.unknownProcess())
            return WaitedStack(key: key, stack: nil)
        }
        return WaitedStack(
            key: WaitKey(call: call, function: caller()),
            stack: profiles.archive(stacks, under: wait.systemCall, end)
        )
    }

    /// The first function of the latest stack that is outside of the C library.
    private func caller() -> FunctionKey {
        var innermost: FunctionKey?
        for frame in stacks.frames {
            let name = names.function(of: frame, in: stacks)
            if !name.isOfCLibrary, name != .unknown { return name }
            innermost = innermost ?? name
        }
        return innermost ?? .unknown
    }
}
