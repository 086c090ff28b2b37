// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles
internal import SystemPackage

/// A thread whose stop was seen: it is stopped for as long as this value exists, and runs when it
/// ends.
///
/// It can't be copied, stored in a collection or sent away, so dropping a stopped target does not
/// compile: every path either resumes it and hears how that went, or lets `deinit` do it.
package struct StoppedThread: ~Copyable {
    package let thread: ThreadID
    package let kind: StopKind
    let method: StopMethod

    init(thread: ThreadID, kind: StopKind, method: StopMethod) {
        self.thread = thread
        self.kind = kind
        self.method = method
    }

    /// The signal that the detach must hand back: one that was on its way, else none.
    ///
    /// Under PTRACE_ATTACH our own SIGSTOP counts as an interrupt and is swallowed.
    private var signalOwed: Int32 {
        guard case .signal(let signal) = kind else { return 0 }
        return signal
    }

    /// Lets the thread run on, with the signal it was about to receive.
    consuming func resume() -> Resumed {
        let thread = thread
        let signal = signalOwed
        discard self
        return Self.detach(thread, delivering: signal)
    }

    deinit { _ = Self.detach(thread, delivering: signalOwed) }

    private static func detach(_ thread: ThreadID, delivering signal: Int32) -> Resumed {
        do {
            try Ptrace.detach(thread, delivering: signal)
            return .running
        } catch {
            // ESRCH: killed while stopped. Its exit comes to us and is owed to its real parent.
            return .dying
        }
    }
}

@available(*, unavailable)
extension StoppedThread: Sendable {}

/// How a detach went.
enum Resumed: Equatable {
    case running
    /// Killed while stopped; its exit is still to be reaped.
    case dying
}
