// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
package import Profiles

extension Recorder {
    /// Ends the recording.
    ///
    /// - Parameters:
    ///   - target: what was recorded, for a title.
    ///   - startNanoseconds: since 1970 UTC.
    ///   - durationNanoseconds: how long it lasted.
    ///   - rate: the sampling points a second.
    /// - Returns: the profile, and what is to be said about it.
    package func finish(
        target: String,
        startNanoseconds: UInt64,
        durationNanoseconds: UInt64,
        rate: SamplingRate
    ) -> (profile: Profile, summary: RecordingSummary) {
        closeWindows()
        var builder = ProfileBuilder(
            kind: options.recordsWaits ? .wall : .cpu,
            startNanoseconds: startNanoseconds,
            periodNanoseconds: rate.periodNanoseconds,
            target: target
        )
        builder.durationNanoseconds = durationNanoseconds
        // What was compiled last is to have its name too.
        stacks.reader.compiled.renewAll(now: .now())
        var names = FrameNames(compiled: stacks.reader.compiled)
        let all = totals.merging(waits) { $0.merging($1, uniquingKeysWith: +) }
        for (owner, amounts) in Self.ordered(all) {
            for (stack, amount) in amounts {
                add(
                    stack,
                    amount,
                    labels(of: owner),
                    countsByTime: options.recordsWaits,
                    to: &builder,
                    &names
                )
            }
        }
        return (builder.build(), currentSummary)
    }

    /// In a fixed order, so that equal recordings give equal profiles.
    static func ordered<Amounts>(
        _ totals: [RecordedOwner: Amounts]
    ) -> [(key: RecordedOwner, value: Amounts)] {
        totals.sorted {
            ($0.key.process, $0.key.thread ?? ThreadID(0))
                < ($1.key.process, $1.key.thread ?? ThreadID(0))
        }
    }

    private func labels(of owner: RecordedOwner) -> ProfileSample.Labels {
        var labels = ProfileSample.Labels()
        labels.process = owner.process
        labels.thread = owner.thread
        return labels
    }

    /// The summary with what the stacks themselves have counted.
    var currentSummary: RecordingSummary {
        var summary = summary
        summary.overflows += stacks.overflows
        summary.fileFailures = stacks.reader.files.failures.merging(
            stacks.reader.compiled.failures,
            uniquingKeysWith: +
        )
        return summary
    }

    /// Adds what was found of one stack.
    ///
    /// - Parameter countsByTime: whether its samples are the times between two sampling points that
    ///   it took, and not the looks: those at waiting threads become rare, and say nothing of it.
    func add(
        _ stack: RecordedStack,
        _ amount: SeriesAmount,
        _ labels: ProfileSample.Labels,
        countsByTime: Bool,
        to builder: inout ProfileBuilder,
        _ names: inout FrameNames
    ) {
        let locations: [Int]
        var end = StackEnd.complete
        switch stack {
        case .reserved(let reserved):
            locations = [names.reserved(reserved.rawValue, in: &builder)]
        case .stack(let node, let found):
            end = found
            locations = stacks.locations(of: node, &names, in: &builder)
        }
        let nanoseconds = UInt64((amount.seconds * 1e9).rounded())
        let count =
            countsByTime
            ? ProfileBuilder.count(
                of: nanoseconds,
                periodNanoseconds: builder.periodNanoseconds
            )
            : amount.samples
        builder.add(
            stack: locations,
            count: count,
            nanoseconds: nanoseconds,
            end: end,
            labels: labels
        )
    }
}
