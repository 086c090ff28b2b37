// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// What a window of a thread's CPU time is shared out over.
struct SampledStack: WindowKey {
    /// The function that metrics count it under.
    let function: FunctionKey
    /// Nil where there is none, or no room for it.
    let stack: ArchivedStack?
    /// Which part of the window it was seen in; nil for what is of no part in particular.
    let slice: UInt16?

    static let kernel = SampledStack(function: .kernel, stack: nil, slice: nil)
    static let unsampled = SampledStack(function: .unsampled, stack: nil, slice: nil)
    static let other = SampledStack(function: .other, stack: nil, slice: nil)
}

/// What a window of a thread's waiting is shared out over.
struct WaitedStack: WindowKey {
    /// What metrics count it under.
    let key: WaitKey
    /// Nil where there is none, or no room for it.
    let stack: ArchivedStack?

    static let kernel = WaitedStack(key: .kernel, stack: nil)
    static let unsampled = WaitedStack(key: .unsampled, stack: nil)
    static let other = WaitedStack(key: .other, stack: nil)

    // Thousands of threads wait on in every window, and hashing a number is cheaper than texts.
    func hash(into hasher: inout Hasher) {
        if let stack { hasher.combine(stack) } else { hasher.combine(key) }
    }
}
