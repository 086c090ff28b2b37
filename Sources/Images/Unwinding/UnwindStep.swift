// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What a file's rules say about the caller of a frame.
package enum UnwindStep: Hashable, Sendable {
    /// The registers are now the caller's.
    ///
    /// - Parameter isSignalFrame: whether the frame *left* was the kernel's for a signal: then the
    ///   caller was interrupted, and its program counter is no return address.
    case caller(isSignalFrame: Bool)
    /// The rule says that there is no caller (an undefined return address).
    case outermost
    /// The function goes on on another stack than its callers', or is about to.
    case stackSwitch
    /// The file has no rule for this place.
    case noRule
    /// The caller's frame needs a word that was not copied.
    case notCopied(address: UInt64)
    /// A rule needs a register that is not known in this frame.
    case unknownRegister(Int)
    /// A rule contradicts the format, or exceeds a limit of its evaluation.
    case malformed
}
