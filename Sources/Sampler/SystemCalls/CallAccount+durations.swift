// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Histogram
package import Profiles

extension CallAccount {
    /// How long the calls took, for a metric; nil if it is of none known.
    ///
    /// Times are known to two digits (`latencies`), and are cut off rather than rounded: a time
    /// that is just a bound's stays below it.
    package var durations: CallDurations? {
        guard let latencies else { return nil }
        var durations = CallDurations(sumSeconds: Double(nanoseconds) / 1e9)
        for step in latencies.recordedValues() {
            let shortest = latencies.lowestEquivalentForValue(step.value)
            durations.count(UInt64(step.count), seconds: Double(shortest) / 1e9)
        }
        return durations
    }
}
