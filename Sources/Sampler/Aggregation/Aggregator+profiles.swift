// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

extension Aggregator {
    /// What was sampled in a span of time, from what is kept of the last minutes until now.
    ///
    /// Sampling and metrics go on as if it had not been asked for.
    ///
    /// - Parameters:
    ///   - kind: of CPU time or of time on the wall; waits are known to some seconds only, so of a
    ///     part of a window they are taken to have been spread evenly.
    ///   - group: nil for all.
    ///   - span: nanoseconds since 1970 UTC.
    package func profile(
        _ kind: Profile.Kind,
        of group: String?,
        in span: Range<UInt64>
    ) -> Profile {
        var open = ProfileKeeper.Open(periodNanoseconds: periodNanoseconds)
        for (id, process) in processes where group == nil || process.group.label == group {
            var process = process
            let closed = process.close(of: id, &reader)
            profiles.add(closed, of: id, in: process.group.label, to: &open)
        }
        return profiles.profile(kind, of: group, in: span, open)
    }

    /// The groups that are sampled, or of which something is kept: CPU time in what is kept, and
    /// processes that are sampled now.
    package func profileGroups() -> [String: (nanoseconds: UInt64, processCount: Int)] {
        var groups: [String: (nanoseconds: UInt64, processCount: Int)] = [:]
        for (name, nanoseconds) in profiles.groups { groups[name] = (nanoseconds, 0) }
        for process in processes.values {
            groups[process.group.label, default: (0, 0)].processCount += 1
        }
        return groups
    }

    /// Whether a group is sampled, or something of it is kept.
    package func knowsProfileGroup(_ name: String) -> Bool {
        processes.values.contains { $0.group.label == name } || profiles.holds(name)
    }

    /// The instant from which on profiles are kept, in nanoseconds since 1970 UTC; nil for none.
    package var oldestProfileNanoseconds: UInt64? { profiles.oldestNanoseconds }

    /// Sets for how long profiles are kept.
    package func keepProfiles(forNanoseconds nanoseconds: UInt64) {
        profiles.keep(forNanoseconds: nanoseconds)
    }

    /// Waits until a batch that was made at an instant or later has been taken in, or none will be.
    package func awaitBatch(madeAt instant: MonotonicInstant) async {
        guard !arrivals.haveReached(instant) else { return }
        await withCheckedContinuation { arrivals.wait(for: instant, $0) }
    }

    /// Says that there are no more batches.
    package func endBatches() { arrivals.end() }

    var periodNanoseconds: UInt64 { latest.tracer?.rate.periodNanoseconds ?? 0 }

    func compactProfiles() {
        let moved = profiles.compact {
            var needed: Set<ArchivedStack> = []
            for process in processes.values {
                for thread in process.threads.values {
                    if let stack = thread.wait?.stack { needed.insert(stack) }
                }
            }
            return needed
        }
        guard let moved else { return }
        for id in Array(processes.keys) {
            guard var process = processes.removeValue(forKey: id) else { continue }
            for index in process.threads.indices {
                process.threads.values[index].moveWait(to: moved)
            }
            processes[id] = process
        }
    }
}
