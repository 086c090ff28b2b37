// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Profiles

/// What stopped a thread under PTRACE_ATTACH, where every stop looks like a signal.
enum ClassicStop: Equatable {
    /// The SIGSTOP that the attach sent: our interrupt.
    case interrupt
    /// The whole process is stopped by somebody.
    case group(Int32)
    /// The SIGTRAP that the kernel sends a tracee at its exec (kernel: `ptrace_event`).
    ///
    /// Nobody meant it for the program, which would die of it.
    case execTrap
    /// A signal of somebody's, which the thread is to get.
    case signal(Int32)

    /// Asks the kernel where the signal came from.
    init(_ signal: Int32, of thread: ThreadID) {
        guard signal == SIGSTOP || signal == SIGTRAP else {
            self = .signal(signal)
            return
        }
        guard let origin = try? Ptrace.signalOrigin(of: thread) else {
            // A group-stop has no signal information (ptrace(2), "Group-stop").
            self = signal == SIGSTOP ? .group(signal) : .signal(signal)
            return
        }
        self.init(
            signal,
            code: origin.code,
            isFromItself: {
                ProcProbe.isOwnNumber(origin.sender, of: thread)
            }
        )
    }

    /// Tells the kernel's own two signals from others of the same number.
    ///
    /// - Parameter isFromItself: whether the thread's process is named as the sender.
    init(_ signal: Int32, code: Int32, isFromItself: () -> Bool) {
        switch (signal, code) {
        case (SIGSTOP, Int32(SI_KERNEL)): self = .interrupt
        // send_sig(SIGTRAP, current, 0): sent by the thread to itself, as if by kill(2).
        case (SIGTRAP, Int32(SI_USER)) where isFromItself(): self = .execTrap
        default: self = .signal(signal)
        }
    }
}
