// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// Everything that was counted, at one moment: what exports are made from.
package struct AggregateSnapshot: Sendable {
    package var groups: [GroupTable.Group] = []
    /// Nil before the tracer's first batch.
    package var tracer: TracerStatus?
    package var overflows = LabelOverflows()
    package var names = NameCounts()
    package var windowEnds = ReasonCounts<CallWindowEnd>()
    package var unwatched = ReasonCounts<UnwatchedReason>()
    package var stacks = StackEndCounts()
    /// Memory that symbols and unwind tables take.
    package var codeBytes = 0
    package var memory = MemoryBudget()
    package var profiles = ProfileCounts()
    /// Processes that are sampled now.
    package var processCount = 0

    package init() {}
}
