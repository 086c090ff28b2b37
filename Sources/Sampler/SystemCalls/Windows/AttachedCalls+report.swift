// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

extension AttachedCalls.Outcome {
    /// The calls as they are shown.
    package func report(title: String) -> CallReport {
        var left = ReasonCounts<UnwatchedReason>()
        for reason in unwatched.values { left.increment(reason) }
        return tally.report(
            title: title,
            elapsedNanoseconds: nanoseconds,
            coverage: coverage,
            rates: CallRates.rates(of: Array(threads.values), nanoseconds: nanoseconds),
            windows: CallReport.Windows(
                ends: ends,
                watchedNanoseconds: watchedNanoseconds,
                heldNanoseconds: heldNanoseconds,
                longestHeldNanoseconds: longestHeldNanoseconds,
                unwatched: left,
                repairs: repairs,
                shortTransfers: shortTransfers
            )
        )
    }
}
