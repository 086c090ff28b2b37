// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Shares one thread's time off the CPU out over the waits in which it was found.
///
/// Waits that are known exactly take their time as it is. What is left of the time that the thread
/// was watched, after its run time, its time in the run queue and the exact waits, is divided by
/// the looks that found it waiting after it had run.
///
/// The kernel's run time of a thread that runs may be a scheduler tick old, so the rest of a window
/// can be negative: that is carried and set against later time.
package struct WaitWindow<Key: WindowKey>: Sendable {
    private var sampled: CPUWindow<Key>
    private var restNanoseconds: Int64 = 0

    package init(keyLimit: Int) { sampled = CPUWindow(keyLimit: keyLimit) }

    /// Counts a look that found the thread waiting, and that it had run since the look before.
    package mutating func add(_ key: Key, rate: SamplingRate) { sampled.add(key, rate: rate) }

    /// Takes an exact wait out of what is to be divided.
    package mutating func addExact(nanoseconds: UInt64) { add(-Int64(clamping: nanoseconds)) }

    /// Adds the time that the thread was watched, and what of it was no wait.
    package mutating func addWatched(nanoseconds: UInt64, runAndQueueNanoseconds: UInt64) {
        add(Int64(clamping: nanoseconds))
        add(-Int64(clamping: runAndQueueNanoseconds))
    }

    /// Ends the window and begins the next; time without a look that found a wait is `unsampled`.
    package mutating func close() -> WindowAttribution<Key> {
        let rest = max(0, restNanoseconds)
        restNanoseconds = min(0, restNanoseconds)
        return sampled.close(runSeconds: Double(rest) / 1e9)
    }

    private mutating func add(_ nanoseconds: Int64) {
        let (sum, overflow) = restNanoseconds.addingReportingOverflow(nanoseconds)
        // The kernel's numbers are not the agent's: a wild one must not trap.
        restNanoseconds = overflow ? (nanoseconds < 0 ? .min : .max) : sum
    }
}
