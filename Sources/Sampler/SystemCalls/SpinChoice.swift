// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Whether a tracer looks for the next stop, or sleeps until it comes.
///
/// Where a CPU is free the threads are on two, and to look is three times as quick, for neither CPU
/// falls asleep. Where none is free the tracee waits for the tracer's own CPU, which looking only
/// keeps from it. What looking came to lately tells one from the other.
struct SpinChoice: Sendable {
    /// So many looks in a row for nothing end the looking.
    private static let patience = 4
    /// After so many stops it is tried again, once.
    private static let pause = 256

    private var misses = 0
    private var blocksLeft = 0

    /// Whether to look for the next stop first.
    var spins: Bool { blocksLeft == 0 }

    /// Takes note of a stop.
    ///
    /// - Parameter isFound: whether looking found it; of no account while there is none.
    mutating func note(isFound: Bool) {
        guard spins else {
            blocksLeft -= 1
            return
        }
        misses = isFound ? 0 : misses + 1
        guard misses >= Self.patience else { return }
        misses = Self.patience - 1
        blocksLeft = Self.pause
    }
}
