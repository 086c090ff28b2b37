// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
package import Profiles

/// Turns batches into one profile: unwinds each stack, and shares each thread's CPU time out.
///
/// The time of a thread is the kernel's and exact; its samples only divide it. Where it ran without
/// a sample, or belongs to a thread that ended between two looks, it is `[unsampled]`.
package actor Recorder {
    /// How a recording is kept.
    package struct Options: Sendable {
        /// Keep threads apart.
        package var separatesThreads = false
        /// Most distinct frames under distinct callers.
        package var nodeLimit = 1 << 20
        /// A thread's time is shared out over its samples of so long.
        package var windowNanoseconds: UInt64 = 10_000_000_000
        /// Most memory for symbols and for unwind tables, in bytes.
        package var imageBytes = 512 << 20
        package var tableBytes = 256 << 20

        package init() {}
    }

    let options: Options
    let files: CodeFiles
    let maps: CodeMaps
    let compiled: CompiledCode
    private var unwinder = Unwinder()
    var trie: StackTrie<RecordedFrame>
    private var regionIndices: [ObjectIdentifier: Int32] = [:]
    var regions: [MappedCode] = []
    private var processes: [ProcessID: RecordedProcess] = [:]
    /// What was found, by whom it belongs to.
    var totals: [RecordedOwner: [RecordedStack: SeriesAmount]] = [:]
    var summary = RecordingSummary()
    private var windowEnd: MonotonicInstant?
    private var reader: ProcReader

    package init(procRoot: String = "/proc", options: Options = Options()) {
        self.options = options
        files = CodeFiles(imageBytes: options.imageBytes, tableBytes: options.tableBytes)
        maps = CodeMaps(root: procRoot, files: files)
        compiled = CompiledCode(root: procRoot)
        trie = StackTrie(nodeLimit: options.nodeLimit)
        reader = ProcReader(root: ProcRoot(procRoot))
    }

    /// Samples so far that found a thread on a CPU.
    package var sampleCount: UInt64 { summary.samples }

    /// Whether any process of the recording still runs.
    package func hasLivingProcess() -> Bool {
        processes.contains { id, process in
            guard case .value(let stat) = reader.stat(of: id),
                stat.startTime == process.startTime
            else { return false }
            // The first thread of a process may have ended before the others.
            return !stat.state.hasExited || stat.threadCount > 1
        }
    }

    /// Adds processes to the recording; their CPU time counts from now.
    package func update(added: [SampledProcess]) {
        for process in added where processes[process.id]?.startTime != process.startTime {
            guard let clock = ProcessCPUClock.nanoseconds(of: process.id) else { continue }
            processes[process.id] = RecordedProcess(process, clockNanoseconds: clock)
        }
    }

    /// Takes in one batch.
    ///
    /// - Returns: how many bytes of stack to copy of these threads from now on.
    package func ingest(_ batch: SampleBatch) -> [ThreadID: Int] {
        var wanted: [ThreadID: Int] = [:]
        for sample in batch.samples { add(sample, now: batch.madeAt, &wanted) }
        for report in batch.processes { add(report) }
        summary.counters = batch.counters
        let end = windowEnd ?? batch.madeAt.advanced(byNanoseconds: options.windowNanoseconds)
        windowEnd = end
        if batch.madeAt >= end {
            closeWindows()
            windowEnd = batch.madeAt.advanced(byNanoseconds: options.windowNanoseconds)
        }
        return wanted
    }

    private func add(
        _ sample: SampleBatch.Sample,
        now: MonotonicInstant,
        _ wanted: inout [ThreadID: Int]
    ) {
        guard processes[sample.process] != nil else { return }
        if sample.isQueued {
            summary.queuedSamples += 1
            processes[sample.process]?.threads[sample.thread, default: RecordedThread()]
                .window.addQueued()
            return
        }
        summary.samples += 1
        summary.pauses.add(nanoseconds: sample.pauseNanoseconds)
        let key = unwind(sample, now: now, &wanted)
        processes[sample.process]?.threads[sample.thread, default: RecordedThread()]
            .window.add(key, rate: sample.rate)
    }

    private func unwind(
        _ sample: SampleBatch.Sample,
        now: MonotonicInstant,
        _ wanted: inout [ThreadID: Int]
    ) -> RecordedStack {
        guard let stack = sample.stack else { return .other }
        let registers = RegisterFile(stack.registers)
        var isDoubtful = false
        var found: StackEnd?
        // An address in no region may be in a file that was mapped since the map was read; the
        // bytes are still here, so the stack is simply unwound again.
        for _ in 0..<2 {
            guard
                let map = maps.map(
                    of: sample.process,
                    through: sample.thread,
                    now: .now(),
                    isDoubtful: isDoubtful
                )
            else { break }
            found = stack.bytes.withUnsafeBytes { bytes in
                unwinder.unwind(registers, StackBytes(base: stack.base, bytes: bytes), in: map)
            }
            guard unwinder.hasLeftMap else { break }
            isDoubtful = true
        }
        guard let end = found else {
            // The process ended before anything was known of it.
            summary.count(.broken(.unmapped))
            return insert([.unmapped(registers.programCounter)], .broken(.unmapped))
        }
        summary.count(end)
        if unwinder.frames.contains(where: { $0.region?.mapping.backing == .anonymous }) {
            compiled.renew(sample.process, now: now)
        }
        wanted[sample.thread] = stack.nextByteCount(outermost: unwinder.outermost, end: end)
        return insert(frames(under: sample.systemCall), end)
    }

    /// The frames that the unwinder holds, below the system call that the thread was in.
    private func frames(under call: SystemCallNumber?) -> [RecordedFrame] {
        var frames: [RecordedFrame] = call.map { [.systemCall($0)] } ?? []
        for frame in unwinder.frames {
            frames.append(
                frame.region.map { .code(region: index(of: $0), address: frame.address) }
                    ?? .unmapped(frame.address)
            )
        }
        return frames
    }

    private func insert(_ frames: [RecordedFrame], _ end: StackEnd) -> RecordedStack {
        guard let node = trie.insert(leafFirst: frames) else { return .other }
        return .stack(node, end)
    }

    private func index(of region: MappedCode) -> Int32 {
        let identity = ObjectIdentifier(region)
        if let known = regionIndices[identity] { return known }
        // The region is kept, so its identity can't become another's.
        regions.append(region)
        regionIndices[identity] = Int32(regions.count - 1)
        return Int32(regions.count - 1)
    }

    private func add(_ report: SampleBatch.ProcessReport) {
        guard var process = processes[report.id] else { return }
        processes[report.id] = nil
        process.clockNanoseconds = max(process.clockNanoseconds, report.clockNanoseconds)
        for run in report.threads {
            process.threads[run.thread, default: RecordedThread()].runNanoseconds +=
                run.runNanoseconds
            process.threads[run.thread, default: RecordedThread()]
                .window.addKernel(seconds: Double(run.kernelNanoseconds) / 1e9)
        }
        processes[report.id] = process
    }

    /// Shares out the time since the last windows, and begins new ones.
    func closeWindows() {
        for id in Array(processes.keys) {
            guard var process = processes[id] else { continue }
            processes[id] = nil
            for thread in Array(process.threads.keys) {
                guard var open = process.threads.removeValue(forKey: thread) else { continue }
                process.account.add(threadNanoseconds: open.runNanoseconds)
                let closed = open.window.close(runSeconds: Double(open.runNanoseconds) / 1e9)
                let owner = RecordedOwner(
                    process: id,
                    thread: options.separatesThreads ? thread : nil
                )
                summary.overflows += closed.overflows
                for share in closed.shares {
                    totals[owner, default: [:]][share.key, default: SeriesAmount()] +=
                        SeriesAmount(samples: share.samples, seconds: share.seconds)
                }
            }
            let before = process.account.clockNanoseconds
            let rest = process.account.close(clockNanoseconds: process.clockNanoseconds)
            summary.cpuNanoseconds += process.account.clockNanoseconds - before
            if rest > 0 {
                let owner = RecordedOwner(process: id, thread: nil)
                totals[owner, default: [:]][.unsampled, default: SeriesAmount()] +=
                    SeriesAmount(seconds: Double(rest) / 1e9)
            }
            processes[id] = process
        }
    }
}
