// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Exporter
import Profiles
import Sampler

/// Samples for requests that came through the admin socket: further processes, or at a higher
/// rate, for as long as each of them lasts.
///
/// All budgets hold as they do otherwise. What is sampled for requests alone is in no metric and in
/// no profile that is kept: it goes to those who asked for it.
///
/// One recorder works for all requests, so that its caches are there once. Whenever a request
/// begins or ends, what was seen until then is added to those that are in progress.
actor AgentRecordings {
    private struct Progress {
        let request: AdminRequest
        let targets: [SampledProcess]
        /// What was seen so far; nil before anything was.
        var profile: Profile?
    }

    let tracer: Tracer
    let aggregator: Aggregator
    let targets: TargetWatch
    let procRoot: ProcRoot
    private let procPath: String
    /// What the work of recorders is charged to.
    private let work: WorkClock
    var reader: ProcReader
    private var progress: [Int: Progress] = [:]
    private var begun = 0
    /// Requests that have something to give back, or may have.
    private var active = 0
    private var rates = RaisedRates()
    private var recorder: Recorder?
    private var seenUntil: UInt64 = 0
    private var latestCut: Task<Void, Never>?
    private var memoryBytes = MemoryBudget().limitBytes
    private var isClosed = false
    private var closing: [CheckedContinuation<Void, Never>] = []

    /// How often it is looked whether the targets are still there, and still whose they were.
    private static let lookPeriod = Duration.milliseconds(500)
    private static let ownerLookPeriod = Duration.seconds(2)
    /// How long is sampled where nothing is said.
    static let usualSeconds = 30.0

    init(
        tracer: Tracer,
        aggregator: Aggregator,
        targets: TargetWatch,
        procRoot: String,
        work: WorkClock = WorkClock()
    ) {
        self.tracer = tracer
        self.aggregator = aggregator
        self.targets = targets
        self.procRoot = ProcRoot(procRoot)
        procPath = procRoot
        self.work = work
        reader = ProcReader(root: ProcRoot(procRoot))
    }

    /// Sets the most memory that the agent may have, of which recordings take a part.
    func limitMemory(to bytes: UInt64) { memoryBytes = bytes }

    /// Takes in one batch, before it counts as arrived at the aggregator.
    ///
    /// - Returns: how many bytes of stack to copy of these threads from now on.
    func ingest(_ batch: SampleBatch) async -> [ThreadID: Int] {
        guard let recorder else { return [:] }
        return await recorder.ingest(batch)
    }

    /// Samples for a request until its time is over, its targets have ended, or its task is
    /// cancelled.
    ///
    /// - Parameter maximumSeconds: how long it may last.
    func record(
        _ request: AdminRequest,
        for peer: PeerCredentials,
        maximumSeconds: Int
    ) async -> AdminAnswer {
        guard !isClosed else { return .refused(.cancelled, "the agent ends") }
        active += 1
        defer { leave() }
        let lent: [SampledProcess]
        do throws(RecordingRefusal) {
            lent = try await lend(try candidates(of: request, for: peer.user))
        } catch {
            return error.answer
        }
        let number = await begin(request, lent)
        let token = request.rate.map { rates.begin($0) }
        await tracer.raise(to: rates.highest)
        let seconds = request.seconds ?? min(Self.usualSeconds, Double(maximumSeconds))
        let interruption = await wait(.nanoseconds(Int64(seconds * 1e9)), lent, peer)
        let profile = await end(number)
        if let token { rates.end(token) }
        await tracer.raise(to: rates.highest)
        if let interruption { return interruption }
        guard let profile else { return .refused(.failed, "nothing was sampled") }
        return .profile(profile)
    }

    /// Refuses further requests, ends those in progress, and returns when they have given back what
    /// they had.
    func close() async {
        isClosed = true
        guard active > 0 else { return }
        await withCheckedContinuation { closing.append($0) }
    }

    private func leave() {
        active -= 1
        guard active == 0 else { return }
        for continuation in closing { continuation.resume() }
        closing = []
    }

    /// Has all of these sampled, as far as they may be.
    private func lend(
        _ owners: [(id: ProcessID, owner: ProcessOwner)]
    ) async throws(RecordingRefusal) -> [SampledProcess] {
        var lent: [SampledProcess] = []
        var refusal: RecordingRefusal?
        for (id, owner) in owners {
            do throws(TargetWatch.LoanRefusal) {
                lent.append(try await targets.lend(id, startedAt: owner.startTime))
            } catch {
                refusal = refusal ?? RecordingRefusal(error)
            }
        }
        guard lent.isEmpty, let refusal else { return lent }
        throw refusal
    }

    private func begin(_ request: AdminRequest, _ lent: [SampledProcess]) async -> Int {
        begun += 1
        let number = begun
        // What the tracer has of them from before is not theirs.
        await cut()
        let recorder = recorder ?? makeRecorder()
        self.recorder = recorder
        progress[number] = Progress(request: request, targets: lent)
        await recorder.update(added: lent)
        await tracer.update(added: lent.filter(\.isLent), removed: [])
        return number
    }

    private func makeRecorder() -> Recorder {
        var options = Recorder.Options()
        options.separatesThreads = true
        options.memoryBytes = memoryBytes
        return Recorder(procRoot: procPath, options: options, work: work)
    }

    /// Why the wait was no whole one; nil at its end, or at that of the last target.
    private func wait(
        _ duration: Duration,
        _ lent: [SampledProcess],
        _ peer: PeerCredentials
    ) async -> AdminAnswer? {
        let end = ContinuousClock.now + duration
        var nextOwnerLook = ContinuousClock.now + Self.ownerLookPeriod
        while true {
            let next = min(end, ContinuousClock.now + Self.lookPeriod)
            guard (try? await Task.sleep(until: next, clock: .continuous)) != nil else {
                return .refused(.cancelled, "the client has gone, or the agent ends")
            }
            guard !isClosed else { return .refused(.cancelled, "the agent ends") }
            let isOver = await !isAnyThere(lent) || ContinuousClock.now >= end
            if isOver || ContinuousClock.now >= nextOwnerLook {
                nextOwnerLook = ContinuousClock.now + Self.ownerLookPeriod
                if let refusal = refusal(of: lent, for: peer.user) { return refusal }
            }
            if isOver { return nil }
        }
    }

    private func isAnyThere(_ lent: [SampledProcess]) async -> Bool {
        for target in lent {
            guard let stat = reader.stat(of: target.id).value,
                stat.startTime == target.startTime,
                !stat.state.hasExited || stat.threadCount > 1
            else { continue }
            if await targets.isLent(target) { return true }
        }
        return false
    }

    /// Why the user who asked may not have what was sampled, if a process has called exec of a
    /// program that gives it other rights.
    private func refusal(of lent: [SampledProcess], for user: UInt32) -> AdminAnswer? {
        guard user != 0 else { return nil }
        for target in lent {
            let owner = ProcessOwner.read(
                target.id,
                with: &reader,
                scan: ProcessScan(root: procRoot)
            )
            guard let owner, owner.startTime == target.startTime, !owner.permits(user) else {
                continue
            }
            return .refused(.notPermitted, "process \(target.id) became another user's meanwhile")
        }
        return nil
    }

    private func end(_ number: Int) async -> Profile? {
        guard let lent = progress[number]?.targets else { return nil }
        await cut()
        var unwanted: [ProcessID] = []
        for target in lent where await targets.takeBack(target) { unwanted.append(target.id) }
        await tracer.update(added: [], removed: unwanted)
        let ended = progress.removeValue(forKey: number)
        let wanted = Set(progress.values.flatMap(\.targets).map(\.id))
        await recorder?.update(
            added: [],
            removed: lent.map(\.id).filter { !wanted.contains($0) }
        )
        if progress.isEmpty {
            recorder = nil
            cptrace_trim_heap()
        }
        return ended?.profile
    }

    /// Adds what was seen since the last time to the requests in progress, one cut after the other.
    ///
    /// A task of its own, because this has to be done also for one that was cancelled.
    private func cut() async {
        let former = latestCut
        let task = Task {
            await former?.value
            await addWhatWasSeen()
        }
        latestCut = task
        await task.value
    }

    private func addWhatWasSeen() async {
        let instant = MonotonicInstant.now()
        await tracer.endPeriod(tellsOfWaits: false)
        await aggregator.awaitBatch(madeAt: instant)
        let now = RealTime.nanoseconds
        defer { seenUntil = now }
        // One that begins meanwhile has nothing in it.
        let numbers = Array(progress.keys)
        guard let recorder, !numbers.isEmpty else { return }
        let window = await recorder.takeWindow(
            startNanoseconds: seenUntil,
            durationNanoseconds: now > seenUntil ? now - seenUntil : 0
        )
        for number in numbers {
            guard let known = progress[number] else { continue }
            let part = window.profile.selecting(
                Set(known.targets.map(\.id)),
                separatesThreads: known.request.separatesThreads,
                target: known.request.title
            )
            progress[number]?.profile = try? Profile.merged(
                [known.profile, part].compactMap { $0 }
            )
        }
    }
}
