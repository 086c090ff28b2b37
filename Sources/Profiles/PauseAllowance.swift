// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How long one target may still be held; below zero it is left alone until it has run enough.
package struct PauseAllowance: Hashable, Sendable {
    package internal(set) var nanoseconds = 0.0
    /// Whether it is left alone because its visits last too long.
    package internal(set) var backOff = PauseBackOff()

    package init() {}
}
