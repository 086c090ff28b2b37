// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What a window shares time out over: a function, or a stack; and the places for what is neither.
package protocol WindowKey: Hashable, Sendable {
    /// Time of a thread left alone because it runs mostly inside the kernel.
    static var kernel: Self { get }
    /// Time of a window in which no sample was taken.
    static var unsampled: Self { get }
    /// Everything beyond the limit of keys.
    static var other: Self { get }
}

extension FunctionKey: WindowKey {}

/// Shares one thread's exact run time out over the functions, or stacks, that its samples found.
///
/// The kernel says how long a thread ran (`/proc/PID/task/TID/schedstat`, first field); samples
/// only say how that time splits. A sample weighs one over the rate in force when it was taken:
/// giving it the whole time since the sample before is biased as soon as the rate follows activity.
///
/// One value serves a thread for life: `close(runSeconds:)` ends a window and begins the next.
package struct CPUWindow<Key: WindowKey>: Sendable {
    /// What `keyLimit` is where nothing else is asked for: enough for functions.
    package static var usualKeyLimit: Int { 256 }

    /// The distinct keys one window keeps apart, `kernel` and `other` not counted.
    package let keyLimit: Int

    private struct Entry {
        let key: Key
        var weightSeconds: Double
        var samples: UInt64
    }

    private var entries: [Entry] = []
    private var indices: [Key: Int] = [:]
    private var otherIndex: Int?
    private var kernelSeconds = 0.0
    private var samples: UInt64 = 0
    private var queuedSamples: UInt64 = 0
    private var overflows: UInt64 = 0

    package init(keyLimit: Int = Self.usualKeyLimit) { self.keyLimit = keyLimit }

    /// Counts a sample that found the thread on a CPU, at this key.
    package mutating func add(_ key: Key, rate: SamplingRate) {
        samples += 1
        let index = index(of: key)
        entries[index].weightSeconds += 1 / rate.hertz
        entries[index].samples += 1
    }

    /// Counts a look that found the thread waiting for a CPU: no CPU time, and so no weight.
    package mutating func addQueued() { queuedSamples += 1 }

    /// Sets run time apart that goes to `[kernel]` as it is.
    ///
    /// For a period in which the thread was not visited because it is mostly system time. What is
    /// not a positive finite number is ignored.
    package mutating func addKernel(seconds: Double) {
        guard seconds > 0, seconds.isFinite else { return }
        kernelSeconds += seconds
    }

    /// Ends the window and shares its run time out, exactly.
    ///
    /// `[kernel]` comes first and is cut to the run time, which may be a scheduler tick old. The
    /// rest is split by weight; without a sample it is `[unsampled]`. The heaviest function comes
    /// last and takes what is left, so that the seconds, added in order, are the run time and no
    /// rounding can make one negative. A run time that is negative or not finite counts as 0.
    package mutating func close(runSeconds: Double) -> WindowAttribution<Key> {
        let run = runSeconds.isFinite ? max(0, runSeconds) : 0
        let kernel = min(kernelSeconds, run)
        var shares: [WindowShare<Key>] = []
        shares.reserveCapacity(entries.count + 1)
        if kernel > 0 {
            shares.append(WindowShare(key: .kernel, seconds: kernel, samples: 0))
        }
        if entries.isEmpty {
            if run > kernel {
                shares.append(WindowShare(key: .unsampled, seconds: run - kernel, samples: 0))
            }
        } else {
            appendSampled(to: &shares, run: run, kernel: kernel)
        }
        let attribution = WindowAttribution(
            shares: shares,
            samples: samples,
            sampledSeconds: entries.reduce(0) { $0 + $1.weightSeconds },
            queuedSamples: queuedSamples,
            overflows: overflows
        )
        reset()
        return attribution
    }

    private mutating func appendSampled(
        to shares: inout [WindowShare<Key>],
        run: Double,
        kernel: Double
    ) {
        var heaviest = 0
        var total = 0.0
        for (index, entry) in entries.enumerated() {
            total += entry.weightSeconds
            if entry.weightSeconds > entries[heaviest].weightSeconds { heaviest = index }
        }
        entries.swapAt(heaviest, entries.count - 1)
        var given = kernel
        for entry in entries.dropLast() {
            let seconds = (run - kernel) * (entry.weightSeconds / total)
            given += seconds
            shares.append(
                WindowShare(key: entry.key, seconds: seconds, samples: entry.samples)
            )
        }
        for entry in entries.suffix(1) {
            let seconds = max(0, run - given)
            shares.append(
                WindowShare(key: entry.key, seconds: seconds, samples: entry.samples)
            )
        }
    }

    private mutating func index(of key: Key) -> Int {
        if key != .other {
            if let known = indices[key] { return known }
            if indices.count < keyLimit {
                indices[key] = entries.count
                return append(key)
            }
            overflows += 1
        }
        if let otherIndex { return otherIndex }
        otherIndex = entries.count
        return append(.other)
    }

    private mutating func append(_ key: Key) -> Int {
        entries.append(Entry(key: key, weightSeconds: 0, samples: 0))
        return entries.count - 1
    }

    private mutating func reset() {
        entries.removeAll(keepingCapacity: true)
        indices.removeAll(keepingCapacity: true)
        otherIndex = nil
        kernelSeconds = 0
        samples = 0
        queuedSamples = 0
        overflows = 0
    }
}
