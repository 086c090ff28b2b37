// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Stacks by how they ended.
package struct StackEndCounts: Sendable {
    package private(set) var complete: UInt64 = 0
    package private(set) var truncated = ReasonCounts<StackTruncation>()
    package private(set) var broken = ReasonCounts<StackBreak>()

    package init() {}

    /// All stacks.
    package var total: UInt64 { complete &+ truncated.total &+ broken.total }

    /// Counts one stack.
    package mutating func count(_ end: StackEnd) {
        switch end {
        case .complete: complete &+= 1
        case .truncated(let reason): truncated.increment(reason)
        case .broken(let reason): broken.increment(reason)
        }
    }
}
