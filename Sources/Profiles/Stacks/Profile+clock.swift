// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension Profile {
    /// Whether its weights are times; where they are counts alone, each sample weighs 1 ns, so that
    /// shares are right.
    ///
    /// Folded stacks have a number and no unit.
    package var hasClock: Bool { periodNanoseconds > 0 || durationNanoseconds > 0 }
}
