// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What each thread, or each group of processes, of a profile weighs, and what it is busiest with.
package struct OwnerTable: Sendable {
    /// Whose weights are added up.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case thread
        case group
    }

    package struct Owner: Hashable, Sendable {
        /// A thread's own name, or the group's; empty where it is not known.
        package let name: String
        /// Nil for a group.
        package let process: ProcessID?
        /// Nil for a group, and for time of a process that is of no thread in particular.
        package let thread: ThreadID?

        package init(name: String, process: ProcessID? = nil, thread: ThreadID? = nil) {
            self.name = name
            self.process = process
            self.thread = thread
        }
    }

    package struct Row: Hashable, Sendable {
        package let owner: Owner
        package let weight: ProfileWeight
        /// The function that it has most own time in.
        package let busiest: FrameTable.Row
    }

    /// The heaviest first: by weight, then number and name.
    package let rows: [Row]
    /// What all stacks weigh together; the rows add up to it.
    package let weight: ProfileWeight

    /// - Parameter profile: with the labels of threads or groups.
    package init(_ profile: Profile, by kind: Kind) {
        let table = FrameTable(profile)
        var functions: [Owner: [Int: ProfileWeight]] = [:]
        for sample in profile.samples {
            guard let leaf = table.path(of: sample).last else { continue }
            functions[Self.owner(of: sample, kind), default: [:]][
                leaf.row,
                default: ProfileWeight()
            ] += sample.weight
        }
        rows = functions.map { owner, weights in
            let busiest = weights.max {
                $0.value == $1.value ? $0.key > $1.key : $0.value < $1.value
            }
            return Row(
                owner: owner,
                weight: weights.values.reduce(into: ProfileWeight()) { $0 += $1 },
                busiest: busiest.map { table.rows[$0.key] }
                    ?? FrameTable.Row(function: "", object: "")
            )
        }
        .sorted(by: Self.precedes)
        weight = profile.weight
    }

    private static func owner(of sample: ProfileSample, _ kind: Kind) -> Owner {
        let labels = sample.labels
        return switch kind {
        case .group: Owner(name: labels.group ?? "")
        case .thread:
            Owner(
                name: labels.threadName ?? labels.group ?? "",
                process: labels.process,
                thread: labels.thread
            )
        }
    }

    private static func precedes(_ left: Row, _ right: Row) -> Bool {
        if left.weight != right.weight { return left.weight > right.weight }
        return (
            left.owner.process?.rawValue ?? 0, left.owner.thread?.rawValue ?? 0, left.owner.name
        )
            < (
                right.owner.process?.rawValue ?? 0, right.owner.thread?.rawValue ?? 0,
                right.owner.name
            )
    }
}
