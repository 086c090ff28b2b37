// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The answer to a health question.
package enum HealthState: Sendable, Equatable {
    case healthy

    /// Not healthy or not ready, with one line for the operator that says why.
    case unhealthy(reason: String)
}
