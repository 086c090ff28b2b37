// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
package import Profiles

/// Takes one stack of each thread of a process out of the tracer's batches.
package actor Dumper {
    /// What was found of one thread.
    private struct Found {
        var state: ThreadDump.State
        var call: ThreadDump.Call?
        var heldNanoseconds: UInt64 = 0
        var stack: RecordedStack?
        var end = StackEnd.complete
        /// Whether no longer copy would tell more.
        var isWhole: Bool { stack != nil && end != .truncated(.copyEnd) }
    }

    private let process: ProcessID
    private var stacks: StackCollector
    private var reader: ProcReader
    private let threads: [ThreadID]
    private var found: [ThreadID: Found] = [:]

    /// Lists the threads of a process: those are dumped, and none that begin later.
    package init(_ process: ProcessID, procRoot: String = "/proc") {
        self.process = process
        stacks = StackCollector(root: procRoot)
        reader = ProcReader(root: ProcRoot(procRoot))
        var threads: [ThreadID] = []
        _ = ProcessScan(root: ProcRoot(procRoot)).list(threadsOf: process, into: &threads)
        self.threads = threads.sorted()
    }

    /// Whether each thread that still lives has a stack.
    package func isComplete() -> Bool {
        threads.allSatisfy { found[$0]?.isWhole == true || !isAlive($0) }
    }

    private func isAlive(_ thread: ThreadID) -> Bool {
        guard case .value(let status) = reader.status(of: thread, in: process) else { return false }
        return !status.state.hasExited
    }

    /// Takes in one batch.
    ///
    /// - Returns: how many bytes of stack to copy of these threads from now on.
    package func ingest(_ batch: SampleBatch) -> [ThreadID: Int] {
        var wanted: [ThreadID: Int] = [:]
        for sample in batch.samples where sample.process == process {
            add(sample, batch.madeAt, &wanted)
        }
        for wait in batch.waits where wait.process == process { add(wait, batch.madeAt, &wanted) }
        return wanted
    }

    private func add(
        _ sample: SampleBatch.Sample,
        _ now: MonotonicInstant,
        _ wanted: inout [ThreadID: Int]
    ) {
        guard found[sample.thread]?.isWhole != true else { return }
        guard !sample.isQueued, let copy = sample.stack else {
            if found[sample.thread]?.stack == nil {
                found[sample.thread] = Found(state: .queued)
            }
            return
        }
        var thread = Found(
            state: .running,
            call: sample.systemCall.map { ThreadDump.Call(name: $0.name, arguments: []) },
            heldNanoseconds: sample.pauseNanoseconds
        )
        collect(copy, sample.thread, in: sample.systemCall, now, &thread, &wanted)
    }

    private func add(
        _ wait: SampleBatch.Wait,
        _ now: MonotonicInstant,
        _ wanted: inout [ThreadID: Int]
    ) {
        guard found[wait.thread]?.isWhole != true, case .began(let copy, _, _) = wait.change else {
            return
        }
        var thread = Found(
            state: .waiting,
            call: wait.call.map { call in
                ThreadDump.Call(
                    name: SystemCallNumber(call.number).name,
                    arguments: call.arguments.indices.map { call.arguments[$0] }
                )
            }
        )
        if let copy {
            collect(copy, wait.thread, in: wait.systemCall, now, &thread, &wanted)
        } else if found[wait.thread]?.stack == nil {
            found[wait.thread] = thread
        }
    }

    private func collect(
        _ copy: StackCopy,
        _ thread: ThreadID,
        in call: SystemCallNumber?,
        _ now: MonotonicInstant,
        _ entry: inout Found,
        _ wanted: inout [ThreadID: Int]
    ) {
        let outcome = stacks.collect(
            FoundStack(process: process, thread: thread, systemCall: call, copy: copy),
            now: now
        )
        entry.stack = outcome.stack
        entry.end = outcome.end
        found[thread] = entry
        if let need = outcome.need { wanted[thread] = need.nextByteCount(after: wanted[thread]) }
    }

    /// Names what was found.
    ///
    /// - Parameter startNanoseconds: since 1970 UTC.
    package func finish(startNanoseconds: UInt64) -> ProcessDump {
        let name = reader.stat(of: process).value?.command ?? ""
        var builder = ProfileBuilder(
            kind: .wall,
            startNanoseconds: startNanoseconds,
            periodNanoseconds: 1,
            target: name.isEmpty ? "\(process)" : "\(name) \(process)"
        )
        var names = FrameNames(compiled: stacks.reader.compiled)
        var dumped: [ThreadDump] = []
        for thread in threads {
            // Any thread's number names a directory of `/proc`.
            let stat = reader.stat(of: ProcessID(thread.rawValue)).value
            guard stat?.state.hasExited == false || found[thread]?.stack != nil else { continue }
            let entry = found[thread] ?? Found(state: .unseen)
            dumped.append(
                ThreadDump(
                    thread: thread,
                    name: stat?.command ?? "",
                    state: stat?.state == .stopped ? .stopped : entry.state,
                    call: entry.call,
                    heldNanoseconds: entry.heldNanoseconds
                )
            )
            guard case .stack(let node, let end) = entry.stack else { continue }
            var labels = ProfileSample.Labels()
            labels.thread = thread
            builder.add(
                stack: stacks.locations(of: node, &names, in: &builder),
                count: 1,
                nanoseconds: 1,
                end: end,
                labels: labels
            )
        }
        return ProcessDump(
            process: process,
            name: name,
            threads: dumped,
            profile: builder.build()
        )
    }
}
