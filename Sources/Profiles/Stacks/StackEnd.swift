// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Why the unwinder found no further caller.
package enum StackEnd: Hashable, Sendable {
    /// The outermost frame of the thread was reached.
    case complete
    /// There are more callers, and they were not read.
    case truncated(StackTruncation)
    /// The callers cannot be found from here.
    case broken(StackBreak)

    /// The reason as one word; `complete` has none.
    package var reason: String? {
        switch self {
        case .complete: nil
        case .truncated(let truncation): truncation.rawValue
        case .broken(let cause): cause.rawValue
        }
    }
}

/// Why a stack was not followed to its end though it could have been.
package enum StackTruncation: String, CountedReason {
    /// The copy of the stack ends before the next frame.
    case copyEnd = "copy_end"
    /// The limit of frames was reached.
    case frameLimit = "frame_limit"
    /// The next frame lies on another stack (sigaltstack, a coroutine), which was not copied.
    case otherStack = "other_stack"
}

/// Why the next caller cannot be told.
package enum StackBreak: String, CountedReason {
    /// No mapping holds the program counter.
    case unmapped
    /// The file has no unwind rule for the code, and its frame pointer does not hold.
    case noRule = "no_rule"
    /// The file that holds the code cannot be read.
    case noImage = "no_image"
    /// A rule needs a register whose value in this frame is not known.
    case unknownRegister = "unknown_register"
    /// A rule contradicts itself or the unwind tables' format.
    case malformedRule = "malformed_rule"
    /// The rule leads back down the stack, or round in a circle.
    case noProgress = "no_progress"
    /// A blocked thread's registers beyond SP and PC are not known, and a rule needs them.
    case partialRegisters = "partial_registers"
}
