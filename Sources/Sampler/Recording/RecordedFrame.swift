// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// One frame as a recording keeps it.
enum RecordedFrame: Hashable {
    /// Code; `region` is an index of the recording's regions.
    case code(region: Int32, address: UInt64)
    /// An address that is no code.
    case unmapped(UInt64)
    /// The call that the thread was in or on its way out of.
    case systemCall(SystemCallNumber)
}

/// What a thread's time goes to in a recording: a stack, or a place for time without one.
enum RecordedStack: WindowKey {
    case stack(StackTrie<RecordedFrame>.Node, StackEnd)
    case reserved(Reserved)

    /// Time that has no stack.
    enum Reserved: String {
        case kernel = "[kernel]"
        case unsampled = "[unsampled]"
        case other = "[other]"
        /// Waiting for a CPU.
        case queued = "[queued]"
        /// Waiting where no stack is known.
        case waiting = "[waiting]"
    }

    static let kernel = RecordedStack.reserved(.kernel)
    static let unsampled = RecordedStack.reserved(.unsampled)
    static let other = RecordedStack.reserved(.other)
    static let queued = RecordedStack.reserved(.queued)
    static let waiting = RecordedStack.reserved(.waiting)
}

/// Whom time belongs to in a recording.
struct RecordedOwner: Hashable {
    let process: ProcessID
    /// Nil where threads are not kept apart, and for time of no thread in particular.
    let thread: ThreadID?
}
