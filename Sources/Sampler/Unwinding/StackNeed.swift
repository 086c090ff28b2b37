// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How much of a thread's stack one stack of it calls for.
package struct StackNeed: Sendable, Equatable {
    /// What that stack takes, with some to spare.
    package let bytes: Int
    /// What was copied for it.
    package let copiedBytes: Int

    package init(bytes: Int, copiedBytes: Int) {
        self.bytes = bytes
        self.copiedBytes = copiedBytes
    }

    /// How many bytes to copy from now on.
    ///
    /// What a deep stack has asked for is given up slowly, with each stack that needs less:
    /// programs that recurse go up and down.
    ///
    /// - Parameter before: what stacks have asked for since the copied bytes were asked for; a
    ///   batch has many stacks that were all copied alike.
    package func nextByteCount(after before: Int?) -> Int {
        let kept = before ?? copiedBytes
        return StackCopy.clamped(max(bytes, kept - kept / 128))
    }
}
