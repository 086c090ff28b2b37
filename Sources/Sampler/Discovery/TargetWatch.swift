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

    private enum Standing: Equatable {
        case sampled(SampledProcess)
        case excluded
        case denied
    }

    private struct Known {
        var standing: Standing
        var nextCheck: MonotonicInstant
        var interval: UInt64
    }

    private let selection: TargetSelection
    private let policy: ProtectionPolicy
    private let resolver: GroupResolver
    private let scan: ProcessScan
    private let marks: ControlGroupMarks
    private let excludedChildren: Set<ProcessID>
    private var reader: ProcReader
    private var known: [ProcessID: Known] = [:]
    private var listed: [ProcessID] = []
    /// Scans that met a bound, so that processes were left out.
    package private(set) var limitHits: UInt64 = 0

    /// A process is looked at again after one second, then two, four and so on up to a minute,
    /// because an exec changes its name and may change its group.
    private static let shortestInterval: UInt64 = 1_000_000_000
    private static let longestInterval: UInt64 = 60_000_000_000

    /// - Parameter excludedChildren: children of the agent that are no targets.
    package init(
        root: ProcRoot = ProcRoot(),
        selection: TargetSelection,
        policy: ProtectionPolicy,
        resolver: GroupResolver,
        marks: ControlGroupMarks = ControlGroupMarks(),
        excludedChildren: Set<ProcessID> = []
    ) {
        self.selection = selection
        self.policy = policy
        self.resolver = resolver
        self.marks = marks
        self.excludedChildren = excludedChildren
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

    /// Scans once.
    package func refresh(now: MonotonicInstant) -> Changes {
        var changes = Changes()
        if selection.list(with: scan, into: &listed) == .limitReached { limitHits += 1 }
        let living = Set(listed)
        for (process, entry) in known where !living.contains(process) {
            known[process] = nil
            if case .sampled = entry.standing { changes.removed.append(process) }
        }
        let surroundings = AgentSurroundings.read(
            with: &reader,
            excludedChildren: excludedChildren
        )
        for process in listed where (known[process]?.nextCheck ?? now) <= now {
            check(process, beside: surroundings, now: now, &changes)
        }
        return changes
    }

    private func check(
        _ process: ProcessID,
        beside surroundings: AgentSurroundings,
        now: MonotonicInstant,
        _ changes: inout Changes
    ) {
        let before = known[process]
        let standing = standing(of: process, beside: surroundings)
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
        let interval = min(
            before.map { $0.interval * 2 } ?? Self.shortestInterval,
            Self.longestInterval
        )
        known[process] = Known(
            standing: standing,
            nextCheck: now.advanced(byNanoseconds: interval),
            interval: interval
        )
    }

    private func standing(
        of process: ProcessID,
        beside surroundings: AgentSurroundings
    ) -> Standing? {
        switch TargetCheck.check(
            process,
            policy: policy,
            beside: surroundings,
            with: &reader,
            marks: marks
        )
        {
        case .noSuchProcess, .exited, .isThread: return nil
        case .kernelThread, .protected: return .excluded
        case .alreadyTraced, .notPermitted, .unreadable: return .denied
        case .allowed:
            guard case .value(let stat) = reader.stat(of: process) else { return nil }
            let group = resolver.group(
                of: process,
                command: stat.command,
                controlGroup: reader.controlGroup(of: process).value
            )
            return .sampled(
                SampledProcess(id: process, startTime: stat.startTime, group: group)
            )
        }
    }
}
