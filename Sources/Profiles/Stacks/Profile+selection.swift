// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension Profile {
    /// What a profile has of some processes.
    ///
    /// - Parameters:
    ///   - processes: the others' stacks are left out, and so are those of no known process.
    ///   - separatesThreads: whether threads are still told apart then; else their stacks are added
    ///     up.
    ///   - target: the new title.
    package func selecting(
        _ processes: Set<ProcessID>,
        separatesThreads: Bool,
        target: String
    ) -> Profile {
        var builder = ProfileBuilder(
            kind: kind,
            startNanoseconds: startNanoseconds,
            periodNanoseconds: periodNanoseconds,
            target: target
        )
        builder.durationNanoseconds = durationNanoseconds
        builder.add(self) { labels in
            guard let process = labels.process, processes.contains(process) else { return nil }
            guard !separatesThreads else { return labels }
            var kept = labels
            kept.thread = nil
            kept.threadName = nil
            return kept
        }
        return builder.build()
    }
}
