// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

extension StackArchive {
    /// Adds what the threads of a process did to a window.
    mutating func add(
        _ closed: ClosedWindow,
        of process: ProcessID,
        in group: String,
        to draft: inout ProfileDraft
    ) {
        let other = reserved("[other]")
        for run in closed.runs where !run.parts.isEmpty {
            let number = number(of: labels(group, process, thread: run.name))
            for share in run.parts {
                guard let stack = stack(of: share.key) else { continue }
                draft.add(
                    stack,
                    orTo: other,
                    labels: number,
                    slice: share.key.slice,
                    SeriesAmount(samples: share.samples, seconds: share.seconds)
                )
            }
        }
        if closed.unsampledNanoseconds > 0, let stack = reserved("[unsampled]") {
            draft.add(
                stack,
                orTo: other,
                labels: number(of: labels(group, process, thread: nil)),
                slice: nil,
                SeriesAmount(seconds: Double(closed.unsampledNanoseconds) / 1e9)
            )
        }
        addWaits(of: closed, in: group, orTo: other, to: &draft)
    }

    /// Waits are kept by group alone: of thousands of threads each waits in every window.
    private mutating func addWaits(
        of closed: ClosedWindow,
        in group: String,
        orTo other: ArchivedStack?,
        to draft: inout ProfileDraft
    ) {
        guard !closed.waits.isEmpty || closed.queueNanoseconds > 0 else { return }
        var labels = ProfileSample.Labels()
        labels.group = group
        labels.isOffCPU = true
        let number = number(of: labels)
        for (wait, seconds) in closed.waits {
            guard let stack = wait.stack ?? reserved("[waiting]") else { continue }
            let amount = SeriesAmount(seconds: seconds)
            draft.add(stack, orTo: other, labels: number, slice: nil, amount)
        }
        guard closed.queueNanoseconds > 0, let queued = reserved("[queued]") else { return }
        let amount = SeriesAmount(seconds: Double(closed.queueNanoseconds) / 1e9)
        draft.add(queued, orTo: other, labels: number, slice: nil, amount)
    }

    private func labels(
        _ group: String,
        _ process: ProcessID,
        thread: String?
    ) -> ProfileSample.Labels {
        var labels = ProfileSample.Labels()
        labels.group = group
        labels.process = process
        labels.threadName = thread
        return labels
    }

    /// The stack of a share; where there is none, a frame that says what it is.
    private mutating func stack(of key: SampledStack) -> ArchivedStack? {
        if let stack = key.stack { return stack }
        return switch key {
        case .kernel: reserved("[kernel]")
        case .unsampled: reserved("[unsampled]")
        case .other: reserved("[other]")
        default: reserved("[unknown]")
        }
    }
}
