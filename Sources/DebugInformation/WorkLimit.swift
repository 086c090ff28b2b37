// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Bounds how long the reading of debug information goes on; what was read until then stands.
package final class WorkLimit {
    private let deadline: ContinuousClock.Instant
    private var stepsLeft: Int
    private var stepsToClock = 0
    package private(set) var isReached = false

    /// How many steps are made between two looks at the clock; a step takes some 100 ns.
    private static let clockSteps = 1024

    /// - Parameters:
    ///   - deadline: when to stop.
    ///   - steps: the most entries of debug information that are looked at.
    package init(deadline: ContinuousClock.Instant, steps: Int = 200_000_000) {
        self.deadline = deadline
        stepsLeft = steps
    }

    /// Whether one more step may be made.
    func step() -> Bool {
        guard !isReached else { return false }
        stepsLeft -= 1
        stepsToClock -= 1
        if stepsToClock < 0 {
            stepsToClock = Self.clockSteps
            if ContinuousClock.now >= deadline { isReached = true }
        }
        if stepsLeft < 0 { isReached = true }
        return !isReached
    }
}
