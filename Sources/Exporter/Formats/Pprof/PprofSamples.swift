// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles

/// The samples of a profile as a pprof message may have them: few enough, with the labels that were
/// asked for, and with marks in place of what was not found or left out.
struct PprofSamples {
    /// One part of a stack.
    enum Part: Hashable {
        /// An index of `Profile.locations`.
        case location(Int)
        /// A frame that is no code, such as `[truncated: copy_end]`.
        case mark(String)
    }

    struct Key: Hashable {
        /// The leaf first, and never empty.
        let stack: [Part]
        let labels: ProfileSample.Labels
    }

    /// In the order in which the profile has them.
    let rows: [(key: Key, weight: ProfileWeight)]

    init(_ profile: Profile, labels: Set<PprofFormat.Label>, limits: PprofFormat.Limits) {
        var weights: [Key: ProfileWeight] = [:]
        var order: [Key] = []
        for sample in profile.samples {
            let key = Key(
                stack: Self.stack(of: sample, depth: limits.depth),
                labels: Self.kept(labels, of: sample.labels)
            )
            if weights[key] == nil { order.append(key) }
            weights[key, default: ProfileWeight()] += sample.weight
        }
        // Pyroscope drops samples without any value.
        let rows = order.map { (key: $0, weight: weights[$0] ?? ProfileWeight()) }
            .filter { $0.weight != ProfileWeight() }
        self.rows = Self.cut(rows, to: max(1, limits.samples))
    }

    private static func stack(of sample: ProfileSample, depth: Int) -> [Part] {
        let title = sample.end.title
        let depth = max(2, depth)
        guard sample.stack.count + (title == nil ? 0 : 1) <= depth else {
            let limit = StackEnd.truncated(.frameLimit).title ?? ""
            return sample.stack.prefix(depth - 1).map(Part.location) + [.mark(limit)]
        }
        let leaf: [Part] = sample.stack.isEmpty ? [.mark("[unknown]")] : []
        return leaf + sample.stack.map(Part.location) + (title.map { [.mark($0)] } ?? [])
    }

    private static func kept(
        _ labels: Set<PprofFormat.Label>,
        of sample: ProfileSample.Labels
    ) -> ProfileSample.Labels {
        var kept = ProfileSample.Labels()
        if labels.contains(.group) { kept.group = sample.group }
        if labels.contains(.process) { kept.process = sample.process }
        if labels.contains(.systemCall) { kept.systemCall = sample.systemCall }
        if labels.contains(.threadName) { kept.threadName = sample.threadName }
        if labels.contains(.thread) { kept.thread = sample.thread }
        return kept
    }

    /// Adds the lightest up in one row of their own.
    private static func cut(
        _ rows: [(key: Key, weight: ProfileWeight)],
        to maximum: Int
    ) -> [(key: Key, weight: ProfileWeight)] {
        guard rows.count > maximum else { return rows }
        let order = rows.indices.sorted {
            rows[$0].weight == rows[$1].weight ? $0 < $1 : rows[$0].weight > rows[$1].weight
        }
        let kept = order.prefix(maximum - 1).sorted()
        let rest = order.dropFirst(maximum - 1)
            .reduce(into: ProfileWeight()) { $0 += rows[$1].weight }
        let other = Key(stack: [.mark("[other]")], labels: ProfileSample.Labels())
        return kept.map { rows[$0] } + [(key: other, weight: rest)]
    }
}
