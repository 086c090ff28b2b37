// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc
internal import Profiles

/// What to do about a system call that a stop interrupted.
///
/// The stop makes a few waits fail with EINTR in the program though no signal came. Where such a
/// call can be begun again without harm, its result is turned into ERESTARTNOHAND, and the kernel
/// itself then restarts it if no handler runs, or returns EINTR if one does: what would have
/// happened without us (arch/x86/kernel/signal.c, `arch_do_signal_or_restart`). No argument
/// register and no memory is touched: compilers keep values in them across the call.
enum InterruptedCall: Equatable {
    /// Nothing to repair.
    case intact
    /// EINTR out of a call that may be begun again.
    case restartable
    /// EINTR out of read, write or their kin: restartable if the descriptor is a socket, where a
    /// timeout (SO_RCVTIMEO, SO_SNDTIMEO) makes the kernel answer EINTR rather than restart.
    case restartableIfSocket(descriptor: Int32)
    /// The kernel wants to restart by restart_syscall(2), which a seccomp filter may kill for.
    case restartBlock
    /// EINTR out of a call that is not to be repeated.
    case notListed

    /// `ERESTARTNOHAND` and `ERESTART_RESTARTBLOCK` of include/linux/errno.h: kernel-internal.
    static let restartNoHandler: Int32 = 514
    static let restartByBlock: Int32 = 516

    /// Reads the registers of a thread at its stop.
    init(_ registers: borrowing RegisterSet) {
        guard let call = registers.systemCall, let error = registers.pendingError else {
            self = .intact
            return
        }
        switch error {
        case Self.restartByBlock: self = .restartBlock
        case EINTR: self = Self.interrupted(call, registers)
        default: self = .intact
        }
    }

    private static func interrupted(
        _ call: SystemCallNumber,
        _ registers: borrowing RegisterSet
    ) -> InterruptedCall {
        let number = Int(call.rawValue)
        #if arch(x86_64)
        if number == SYS_epoll_wait { return .restartable }
        #endif
        switch number {
        case Int(SYS_epoll_pwait), Int(SYS_epoll_pwait2),
            Int(SYS_semop), Int(SYS_semtimedop), Int(SYS_rt_sigtimedwait),
            Int(SYS_io_getevents), Int(SYS_io_pgetevents), Int(SYS_io_uring_enter),
            Int(SYS_recvfrom), Int(SYS_recvmsg), Int(SYS_recvmmsg),
            Int(SYS_sendto), Int(SYS_sendmsg), Int(SYS_sendmmsg),
            Int(SYS_accept), Int(SYS_accept4):
            return .restartable
        case Int(SYS_read), Int(SYS_readv), Int(SYS_write), Int(SYS_writev):
            return .restartableIfSocket(
                descriptor: Int32(truncatingIfNeeded: registers.argument(0))
            )
        default:
            return .notListed
        }
    }
}
