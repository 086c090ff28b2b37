// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What a thread waits in, as a metric names it.
package struct WaitKey: Hashable, Sendable {
    /// The system call's name, or `none` for a wait outside of any: a page fault, a stop.
    package let call: String
    /// The first function outside of the C library that the wait was entered from.
    package let function: FunctionKey

    package init(call: String?, function: FunctionKey) {
        self.call = call ?? "none"
        self.function = function
    }
}

extension WaitKey: WindowKey {
    /// Waits have no such part: it goes where the rest goes that is not known.
    package static var kernel: WaitKey { unsampled }
    /// Waits that no look has found.
    package static let unsampled = WaitKey(call: "unknown", function: .unknown)
    /// Everything that has no series of its own.
    package static let other = WaitKey(call: "other", function: .other)
}
