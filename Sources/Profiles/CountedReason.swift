// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A closed set of reasons, each exported from 0 under its own label value.
///
/// The raw value is the label value: lower case, words joined by `_`. A set has at most
/// `ReasonCounts.capacity` cases.
package protocol CountedReason: CaseIterable, Hashable, RawRepresentable, Sendable
where RawValue == String {}
