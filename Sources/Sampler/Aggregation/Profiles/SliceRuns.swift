// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// What a thread ran in each part of a window.
///
/// A window is shared out by its samples alone, and of some seconds of it there are more or fewer
/// than their part by chance. What the thread ran in them is known, though.
struct SliceRuns {
    private var runs: [UInt16: Double] = [:]
    /// Of no part in particular.
    private var rest = 0.0

    mutating func add(nanoseconds: UInt64, in slice: UInt16?) {
        guard nanoseconds > 0 else { return }
        if let slice {
            runs[slice, default: 0] += Double(nanoseconds) / 1e9
        } else {
            rest += Double(nanoseconds) / 1e9
        }
    }

    /// Divides the shares of the whole window so that each part has what was run in it.
    ///
    /// The time of parts without a sample is divided as all of the window is, and is of no part in
    /// particular. The seconds of all together are those of the shares.
    func divide(_ shares: [WindowShare<SampledStack>]) -> [WindowShare<SampledStack>] {
        var sampled: [UInt16: Double] = [:]
        var total = 0.0
        for share in shares where share.samples > 0 {
            total += share.seconds
            if let slice = share.key.slice { sampled[slice, default: 0] += share.seconds }
        }
        let known = runs.values.reduce(rest, +)
        guard total > 0, known > 0 else { return shares }
        // What was run is what is shared out, but for ticks of the kernel's clock.
        let scale = total / known
        let placed = sampled.keys.reduce(0.0) { $0 + (runs[$1] ?? 0) * scale }
        let unplaced = max(0, total - placed)
        var parts: [WindowShare<SampledStack>] = []
        for share in shares {
            guard share.samples > 0, let slice = share.key.slice, let all = sampled[slice], all > 0
            else {
                parts.append(share)
                continue
            }
            let seconds = (runs[slice] ?? 0) * scale * (share.seconds / all)
            parts.append(WindowShare(key: share.key, seconds: seconds, samples: share.samples))
            if unplaced > 0 {
                let spread = SampledStack(
                    function: share.key.function,
                    stack: share.key.stack,
                    slice: nil
                )
                let part = unplaced * (share.seconds / total)
                parts.append(WindowShare(key: spread, seconds: part, samples: 0))
            }
        }
        return parts
    }
}
