// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How many columns and rows there are to draw in.
struct ScreenSize: Hashable {
    var columns: Int
    var rows: Int

    /// What terminals have that tell nothing else.
    static let usual = ScreenSize(columns: 80, rows: 24)

    /// For text that is no screen: nothing is cut, and nothing is left out.
    static let unlimited = ScreenSize(columns: .max, rows: .max)

    var isUnlimited: Bool { self == .unlimited }
}
