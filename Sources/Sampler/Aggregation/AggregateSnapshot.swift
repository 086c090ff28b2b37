// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Images
package import Profiles

/// Everything that was counted, at one moment: what exports are made from.
package struct AggregateSnapshot: Sendable {
    package var groups: [GroupTable.Group] = []
    /// Nil before the tracer's first batch.
    package var tracer: TracerStatus?
    package var groupOverflows: UInt64 = 0
    package var functionOverflows: UInt64 = 0
    package var syscallOverflows: UInt64 = 0
    package var locator = CodeLocator.Counts()
    package var images: ImageCacheCounters?
    package var memory = MemoryBudget()
    /// Processes that are sampled now.
    package var processCount = 0
    /// Of them, those that used CPU time in the latest window.
    package var activeProcessCount = 0

    package init() {}
}
