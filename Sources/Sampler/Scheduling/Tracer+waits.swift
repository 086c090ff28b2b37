// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

extension Tracer {
    /// Takes a look's news about a thread's wait into the batch, with the stack of a new one.
    ///
    /// The stack is copied without stopping the thread, and kept only if the thread has not run
    /// from before the look until after the copy.
    func recordWait(_ sight: ThreadSight, hasRun: Bool, at slot: Int, of index: Int) {
        guard configuration.recordsWaits else { return }
        let waits = sight.activity != .running
        let wait = processes[index].threads[slot].wait
        if wait.isWaiting, !waits || hasRun { flushWait(at: slot, of: index) }
        let change = processes[index].threads[slot].wait.observe(
            at: .now(),
            isWaiting: waits,
            hasRun: hasRun
        )
        guard case .began(let isSample) = change else { return }
        recordBeginning(of: sight, isSample: isSample, at: slot, of: index)
    }

    private func recordBeginning(
        of sight: ThreadSight,
        isSample: Bool,
        at slot: Int,
        of index: Int
    ) {
        batch.waits.append(
            SampleBatch.Wait(
                process: processes[index].id,
                thread: processes[index].threads[slot].id,
                call: sight.activity.call,
                change: .began(
                    stack: waitingStack(sight, at: slot, of: index),
                    isSample: isSample,
                    rate: schedule.rate
                )
            )
        )
    }

    /// Hands on how long the threads of a process have gone on waiting.
    func flushWaits(of index: Int) {
        guard configuration.recordsWaits else { return }
        for slot in processes[index].threads.indices {
            // A process that does not run is not looked at, and its threads wait on.
            if let idle = processes[index].foundIdleAt {
                processes[index].threads[slot].wait.goOn(until: idle)
            }
            flushWait(at: slot, of: index)
            guard waitStacksLeft > 0 else { continue }
            if processes[index].threads[slot].wait.takeWantsCopy() { copyAgain(slot, of: index) }
        }
    }

    /// Copies more of the stack of a thread that waits on, of which the first copy was too short.
    private func copyAgain(_ slot: Int, of index: Int) {
        let thread = processes[index].threads[slot]
        guard case .seen(let sight) = looker.look(at: thread.id, in: processes[index].id),
            sight.statistics == thread.statistics, sight.activity != .running
        else { return }
        recordBeginning(of: sight, isSample: false, at: slot, of: index)
    }

    /// Credits the waits that nothing has ended until now, for the last report.
    func finishWaits() {
        guard configuration.recordsWaits else { return }
        for index in processes.indices {
            let process = processes[index].id
            for slot in processes[index].threads.indices {
                let thread = processes[index].threads[slot]
                guard thread.wait.isWaiting, !thread.hasEnded, let before = thread.statistics,
                    looker.statistics(of: thread.id, in: process) == before
                else { continue }
                processes[index].threads[slot].wait.goOn(until: .now())
            }
        }
    }

    private func flushWait(at slot: Int, of index: Int) {
        guard let exact = processes[index].threads[slot].wait.takeExact() else { return }
        batch.waits.append(
            SampleBatch.Wait(
                process: processes[index].id,
                thread: processes[index].threads[slot].id,
                call: nil,
                change: .lasted(nanoseconds: exact.nanoseconds, looks: exact.looks)
            )
        )
    }

    private func waitingStack(_ sight: ThreadSight, at slot: Int, of index: Int) -> StackCopy? {
        guard configuration.engine.stackBytes > 0, let pointers = sight.activity.pointers else {
            return nil
        }
        guard waitStacksLeft > 0 else {
            counters.droppedSamples.increment(.waitLimit)
            processes[index].threads[slot].wait.wantCopy()
            return nil
        }
        waitStacksLeft -= 1
        let thread = processes[index].threads[slot]
        let base = Address(
            pointers.stack.rawValue &- min(pointers.stack.rawValue, EngineSettings.redZoneBytes)
        )
        let count = min(thread.stackBytes, configuration.waitStackBytes)
        let bytes = ProcessMemory.copy(count, from: base, of: thread.id)
        guard let before = sight.statistics,
            looker.statistics(of: thread.id, in: processes[index].id)?.runCount == before.runCount
        else {
            counters.droppedSamples.increment(.staleLook)
            return nil
        }
        batch.stackByteCount += bytes.count
        return StackCopy(
            registers: .pointers(stack: pointers.stack, program: pointers.program),
            base: base,
            bytes: bytes
        )
    }
}

extension ThreadActivity {
    /// The call that a thread waits in.
    var call: BlockedCall? {
        if case .blocked(let call) = self { return call }
        return nil
    }

    /// Where a waiting thread left user code; nil where that is not known.
    var pointers: (stack: Address, program: Address)? {
        switch self {
        case .blocked(let call): (call.stackPointer, call.programCounter)
        case .blockedOutside(let stackPointer, let programCounter): (stackPointer, programCounter)
        case .running, .waiting: nil
        }
    }
}
