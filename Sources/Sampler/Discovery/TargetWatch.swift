// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// Finds the processes that are to be sampled, once a second, and tells who follows them.
package actor TargetWatch {
    /// What a scan changed.
    ///
    /// A process that is known already comes again when its group has changed.
    package struct Changes: Sendable {
        package var added: [SampledProcess] = []
        package var removed: [ProcessID] = []

        package var isEmpty: Bool { added.isEmpty && removed.isEmpty }
    }

    /// Processes by what became of them.
    package struct Census: Sendable, Equatable {
        package var sampled = 0
        package var excluded = 0
        package var denied = 0

        package init() {}
    }

    enum Standing: Equatable {
        case sampled(SampledProcess)
        /// Nil: by a rule of the configuration.
        case excluded(TargetCheck?)
        case denied(TargetCheck)
    }

    struct Known {
        var standing: Standing
        /// The name it went by when it was judged; an exec changes it.
        var command: String
        var nextJudgement: MonotonicInstant
        var nextCheck: MonotonicInstant
        var interval: UInt64
        /// What the rules said of it, and of what.
        var verdict: JudgedDescription?
    }

    struct JudgedDescription {
        let hash: Int
        let verdict: RuleMatcher.Verdict
    }

    private struct Judgement {
        /// Nil if it is no process.
        var standing: Standing?
        var command = ""
        var verdict: JudgedDescription?
    }

    private let selection: TargetSelection
    private let policy: ProtectionPolicy
    let resolver: GroupResolver
    private let scan: ProcessScan
    private let marks: ControlGroupMarks
    let excludedChildren: Set<ProcessID>
    private let mayAttach: Bool
    /// What its work is charged to.
    private let work: WorkClock
    var rules: RuleMatcher?
    var describer: ProcessDescriber
    var reader: ProcReader
    private(set) var known: [ProcessID: Known] = [:]
    /// Processes that no rule selects, and that are sampled for requests.
    var loans: [ProcessID: Loan] = [:]
    private var listed: [ProcessID] = []
    /// The task made last at the latest listing; nil where that is not told.
    private var latestTask: ThreadID?
    private var nextListing = MonotonicInstant(nanoseconds: 0)
    /// Scans that met a bound, so that processes were left out.
    package private(set) var limitHits: UInt64 = 0

    /// The first distance between two looks at a process; it doubles up to the longest.
    ///
    /// An exec changes its name and may change its group. A process that is older than the longest
    /// when it is first seen is past its execs.
    private static let shortestInterval: UInt64 = 1_000_000_000
    private static let longestInterval: UInt64 = 60_000_000_000
    /// Processes are listed so often even if none seems to have begun.
    private static let longestListingInterval: UInt64 = 10_000_000_000

    /// - Parameters:
    ///   - excludedChildren: children of the agent that are no targets.
    ///   - mayAttach: false where nothing can be stopped; then every process is only looked at.
    package init(
        root: ProcRoot = ProcRoot(),
        selection: TargetSelection,
        policy: ProtectionPolicy,
        resolver: GroupResolver,
        marks: ControlGroupMarks = ControlGroupMarks(),
        excludedChildren: Set<ProcessID> = [],
        mayAttach: Bool = true,
        work: WorkClock = WorkClock()
    ) {
        self.selection = selection
        self.policy = policy
        self.resolver = resolver
        self.marks = marks
        self.excludedChildren = excludedChildren
        self.mayAttach = mayAttach
        self.work = work
        describer = ProcessDescriber(unitOf: resolver.unitOf)
        scan = ProcessScan(root: root)
        reader = ProcReader(root: root)
    }

    /// Processes by what became of them at the latest scan.
    package var census: Census {
        var census = Census()
        for process in known.values {
            switch process.standing {
            case .sampled: census.sampled += 1
            case .excluded: census.excluded += 1
            case .denied: census.denied += 1
            }
        }
        return census
    }

    /// Puts rules in force: every process is judged by them at the next scan.
    package func apply(_ rules: TargetRules) throws(RegularExpression.Malformed) {
        self.rules = rules.isEmpty ? nil : try RuleMatcher(rules)
        for process in Array(known.keys) {
            known[process]?.nextJudgement = MonotonicInstant(nanoseconds: 0)
            known[process]?.nextCheck = MonotonicInstant(nanoseconds: 0)
            known[process]?.verdict = nil
        }
    }

    /// Scans once.
    package func refresh(now: MonotonicInstant) -> Changes { work.charge { scan(at: now) } }

    private func scan(at now: MonotonicInstant) -> Changes {
        var changes = Changes()
        if mayHaveChanged(now) { list(&changes) }
        let surroundings = AgentSurroundings.read(
            with: &reader,
            excludedChildren: excludedChildren
        )
        for process in listed where (known[process]?.nextCheck ?? now) <= now {
            check(process, beside: surroundings, now: now, &changes)
        }
        reviewLoans(beside: surroundings, &changes)
        return changes
    }

    /// Whether processes may have begun since they were listed; to list a thousand takes 2 ms.
    private func mayHaveChanged(_ now: MonotonicInstant) -> Bool {
        let latest = scan.root.isUsual ? reader.latestTask().value : nil
        guard latest == nil || latest != latestTask || now >= nextListing else { return false }
        latestTask = latest
        nextListing = now.advanced(byNanoseconds: Self.longestListingInterval)
        return true
    }

    private func list(_ changes: inout Changes) {
        if selection.list(with: scan, into: &listed) == .limitReached { limitHits += 1 }
        let living = Set(listed)
        for (process, entry) in known where !living.contains(process) {
            known[process] = nil
            if case .sampled = entry.standing { changes.removed.append(process) }
        }
    }

    private func check(
        _ process: ProcessID,
        beside surroundings: AgentSurroundings,
        now: MonotonicInstant,
        _ changes: inout Changes
    ) {
        let before = known[process]
        if let before, now < before.nextJudgement, isUnchanged(process, since: before) {
            plan(process, before, now: now)
            return
        }
        let judgement = judge(process, beside: surroundings)
        let standing = judgement.standing
        if case .sampled(let old) = before?.standing, before?.standing != standing {
            var isSameProcess = false
            if case .sampled(let new) = standing { isSameProcess = new.startTime == old.startTime }
            if !isSameProcess { changes.removed.append(process) }
        }
        guard let standing else {
            known[process] = nil
            return
        }
        if case .sampled(let target) = standing, before?.standing != standing {
            changes.added.append(target)
        }
        let entry = Known(
            standing: standing,
            command: judgement.command,
            nextJudgement: now.advanced(byNanoseconds: Self.longestInterval),
            nextCheck: now,
            interval: before?.interval ?? Self.firstInterval(standing) / 2,
            verdict: judgement.verdict
        )
        plan(process, entry, now: now)
    }

    /// Sets the next look at a process that is as it was, at twice the distance of this one.
    private func plan(_ process: ProcessID, _ entry: Known, now: MonotonicInstant) {
        var entry = entry
        entry.interval = min(entry.interval * 2, Self.longestInterval)
        // Those that were found together are not looked at together for ever.
        let spread = entry.interval / 2 + UInt64.random(in: 0...entry.interval / 2)
        entry.nextCheck = now.advanced(byNanoseconds: spread)
        known[process] = entry
    }

    /// Whether a process has neither been replaced nor called exec since it was judged.
    ///
    /// One file instead of eight; an exec that keeps the name waits for the next judgement.
    private func isUnchanged(_ process: ProcessID, since before: Known) -> Bool {
        guard case .sampled(let target) = before.standing,
            case .value(let stat) = reader.stat(of: process)
        else { return false }
        return stat.startTime == target.startTime && stat.command == before.command
            && !stat.state.hasExited
    }

    private static func firstInterval(_ standing: Standing) -> UInt64 {
        guard case .sampled(let target) = standing else { return shortestInterval }
        let age = BootTime.nanoseconds(since: target.startTime)
        return max(shortestInterval, min(age, longestInterval))
    }

    /// Whether a process may be sampled at all, whatever the rules say.
    func protection(
        of process: ProcessID,
        beside surroundings: AgentSurroundings
    ) -> TargetCheck {
        TargetCheck.check(
            process,
            policy: policy,
            beside: surroundings,
            with: &reader,
            marks: marks,
            mayAttach: mayAttach
        )
    }

    /// What is to become of a process.
    private func judge(
        _ process: ProcessID,
        beside surroundings: AgentSurroundings
    ) -> Judgement {
        let check = protection(of: process, beside: surroundings)
        switch check {
        case .noSuchProcess, .exited, .isThread: return Judgement()
        case .kernelThread, .protected: return Judgement(standing: .excluded(check))
        case .alreadyTraced, .notPermitted, .unreadable: return Judgement(standing: .denied(check))
        case .allowed:
            guard case .value(let stat) = reader.stat(of: process) else { return Judgement() }
            return place(process, stat)
        }
    }

    /// The group of a process that may be sampled.
    private func place(_ process: ProcessID, _ stat: ThreadStat) -> Judgement {
        let controlGroup = reader.controlGroup(of: process).value
        let judged = judgeByRules(process, stat, controlGroup)
        let group: GroupName
        switch judged?.verdict ?? .unnamed {
        case .excluded:
            return Judgement(
                standing: .excluded(nil),
                command: stat.command,
                verdict: judged
            )
        case .group(let name): group = .configured(name)
        case .unnamed:
            group =
                parentsGroup(stat)
                ?? resolver.group(
                    of: process,
                    command: stat.command,
                    controlGroup: controlGroup
                )
        }
        let target = SampledProcess(id: process, startTime: stat.startTime, group: group)
        return Judgement(standing: .sampled(target), command: stat.command, verdict: judged)
    }

    /// Regular expressions are slow: what has not changed is not judged again.
    private func judgeByRules(
        _ process: ProcessID,
        _ stat: ThreadStat,
        _ controlGroup: ControlGroup?
    ) -> JudgedDescription? {
        guard let rules else { return nil }
        let description = describer.describe(
            process,
            command: stat.command,
            controlGroup: controlGroup,
            with: &reader
        )
        let hash = description.hashValue
        if let before = known[process]?.verdict, before.hash == hash { return before }
        return JudgedDescription(hash: hash, verdict: rules.verdict(on: description))
    }

    /// The group that a rule named for the parent, where children go with it.
    private func parentsGroup(_ stat: ThreadStat) -> GroupName? {
        guard rules?.rules.foldsChildren == true,
            case .sampled(let target) = known[stat.parent]?.standing,
            case .configured = target.group
        else { return nil }
        return target.group
    }
}
