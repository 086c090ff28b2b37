// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

extension Recorder {
    /// What was seen since the last window, or since the beginning; the next one begins.
    ///
    /// What is kept beyond it does not grow with time: threads and processes that have ended are
    /// let go, and stacks and code that nothing waits in, as soon as there are many.
    ///
    /// - Parameters:
    ///   - startNanoseconds: of the window, since 1970 UTC.
    ///   - durationNanoseconds: how long it lasted.
    package func takeWindow(
        startNanoseconds: UInt64,
        durationNanoseconds: UInt64
    ) -> RecordedWindow {
        closeWindows()
        var builder = ProfileBuilder(
            kind: options.recordsWaits ? .wall : .cpu,
            startNanoseconds: startNanoseconds,
            periodNanoseconds: status.rate.periodNanoseconds,
            target: ""
        )
        builder.durationNanoseconds = durationNanoseconds
        var names = FrameNames(compiled: stacks.reader.compiled)
        for (owner, amounts) in Self.ordered(totals) {
            add(amounts, of: owner, isOffCPU: false, to: &builder, &names)
        }
        for (owner, amounts) in Self.ordered(waits) {
            add(amounts, of: owner, isOffCPU: true, to: &builder, &names)
        }
        totals.removeAll(keepingCapacity: true)
        waits.removeAll(keepingCapacity: true)
        let window = RecordedWindow(
            profile: builder.build(),
            summary: currentSummary,
            rate: status.rate,
            ownCPUShare: status.agentCPUShare,
            processCount: processes.count { !$0.value.hasEnded && !$0.value.isRemoved }
        )
        letGo()
        return window
    }

    private func add(
        _ amounts: [RecordedStack: SeriesAmount],
        of owner: RecordedOwner,
        isOffCPU: Bool,
        to builder: inout ProfileBuilder,
        _ names: inout FrameNames
    ) {
        var labels = ProfileSample.Labels()
        labels.group = processes[owner.process]?.group.text
        labels.process = owner.process
        labels.thread = owner.thread
        labels.threadName = name(of: owner, hasRun: !isOffCPU)
        labels.isOffCPU = isOffCPU
        for (stack, amount) in amounts {
            add(stack, amount, labels, countsByTime: isOffCPU, to: &builder, &names)
        }
    }

    /// A thread's name, read when it is first met and whenever it has run: only then can it have
    /// got another, unless one of its siblings gave it.
    private func name(of owner: RecordedOwner, hasRun: Bool) -> String? {
        guard let id = owner.thread else { return nil }
        let known = processes[owner.process]?.threads[id]?.name
        guard hasRun || known == nil,
            let name = reader.stat(of: id, in: owner.process).value?.command
        else { return known }
        processes[owner.process]?.threads[id]?.name = name
        return name
    }

    private func letGo() {
        for (id, process) in processes
        where process.hasEnded || process.isRemoved && !process.isHeard {
            processes[id] = nil
            stacks.forget(id)
        }
        for id in Array(processes.keys) { processes[id]?.isHeard = false }
        guard stacks.isCrowded else { return }
        var needed: Set<RecordedStack> = []
        for process in processes.values {
            for thread in process.threads.values { needed.insert(thread.wait) }
        }
        let kept = stacks.keep(needed)
        for id in Array(processes.keys) {
            guard var process = processes.removeValue(forKey: id) else { continue }
            for thread in Array(process.threads.keys) {
                guard let wait = process.threads[thread]?.wait else { continue }
                process.threads[thread]?.wait = kept[wait] ?? wait
            }
            processes[id] = process
        }
    }
}
