// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// One key's part of a window: its samples, and the run time they stand for.
package struct WindowShare<Key: WindowKey>: Hashable, Sendable {
    package let key: Key
    package let seconds: Double
    /// On-CPU samples; 0 for `[kernel]` and `[unsampled]`.
    package let samples: UInt64

    package init(key: Key, seconds: Double, samples: UInt64) {
        self.key = key
        self.seconds = seconds
        self.samples = samples
    }
}

/// A closed window of one thread: where its run time went.
package struct WindowAttribution<Key: WindowKey>: Hashable, Sendable {
    /// One share per function; their seconds, added in order, are the window's run seconds.
    package let shares: [WindowShare<Key>]
    /// On-CPU samples taken: the sum of the shares' samples.
    package let samples: UInt64
    /// The run time as the samples alone would have it: their weights, summed.
    package let sampledSeconds: Double
    /// Looks that found the thread waiting for a CPU; they are not CPU time.
    package let queuedSamples: UInt64
    /// Samples put into `other` because the window held its limit of distinct functions.
    package let overflows: UInt64
}

extension WindowAttribution {
    /// The same with keys that several of these may have in common.
    package func merged<Coarse>(by coarse: (Key) -> Coarse) -> WindowAttribution<Coarse> {
        var indices: [Coarse: Int] = [:]
        var merged: [WindowShare<Coarse>] = []
        for share in shares {
            let key = coarse(share.key)
            guard let index = indices[key] else {
                indices[key] = merged.count
                merged.append(WindowShare(key: key, seconds: share.seconds, samples: share.samples))
                continue
            }
            merged[index] = WindowShare(
                key: key,
                seconds: merged[index].seconds + share.seconds,
                samples: merged[index].samples &+ share.samples
            )
        }
        return WindowAttribution<Coarse>(
            shares: merged,
            samples: samples,
            sampledSeconds: sampledSeconds,
            queuedSamples: queuedSamples,
            overflows: overflows
        )
    }
}
