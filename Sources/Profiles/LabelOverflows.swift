// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How often amounts went into `other` for want of a series of their own, by label.
///
/// These are the agent's own counts: they never fall, whatever series vanish.
package struct LabelOverflows: Hashable, Sendable {
    package var groups: UInt64
    package var functions: UInt64
    package var systemCalls: UInt64
    package var waits: UInt64

    package init(
        groups: UInt64 = 0,
        functions: UInt64 = 0,
        systemCalls: UInt64 = 0,
        waits: UInt64 = 0
    ) {
        self.groups = groups
        self.functions = functions
        self.systemCalls = systemCalls
        self.waits = waits
    }

    package static func + (left: Self, right: Self) -> Self {
        Self(
            groups: left.groups &+ right.groups,
            functions: left.functions &+ right.functions,
            systemCalls: left.systemCalls &+ right.systemCalls,
            waits: left.waits &+ right.waits
        )
    }

    package static func += (left: inout Self, right: Self) { left = left + right }
}
