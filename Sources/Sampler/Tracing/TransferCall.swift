// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc
internal import Profiles

/// A system call that moves bytes and that a stop can cut short.
///
/// The stop can't be undone for it: some bytes have moved and the program is told how many. Such
/// cases are counted, and the thread is left alone for a time.
enum TransferCall: Equatable {
    case none
    /// Fewer bytes than asked for, in a call that moves all of them unless disturbed.
    case short(asked: UInt64, moved: UInt64)
    /// Fewer bytes than asked for by a read: normal for a pipe or socket, else the stop's doing.
    case shortUnlessStream(descriptor: Int32, asked: UInt64, moved: UInt64)

    /// Reads the registers of a thread at its stop.
    init(_ registers: borrowing RegisterSet) {
        guard let call = registers.systemCall, registers.returnValue > 0 else {
            self = .none
            return
        }
        let moved = UInt64(registers.returnValue)
        let number = Int(call.rawValue)
        let asked: UInt64
        switch number {
        case Int(SYS_write), Int(SYS_pwrite64), Int(SYS_sendto), Int(SYS_read), Int(SYS_pread64),
            Int(SYS_recvfrom):
            asked = registers.argument(2)
        case Int(SYS_sendfile): asked = registers.argument(3)
        case Int(SYS_splice), Int(SYS_copy_file_range): asked = registers.argument(4)
        case Int(SYS_tee): asked = registers.argument(2)
        case Int(SYS_getrandom): asked = registers.argument(1)
        default:
            self = .none
            return
        }
        guard moved < asked else {
            self = .none
            return
        }
        switch number {
        case Int(SYS_read), Int(SYS_pread64):
            self = .shortUnlessStream(
                descriptor: Int32(truncatingIfNeeded: registers.argument(0)),
                asked: asked,
                moved: moved
            )
        case Int(SYS_recvfrom) where registers.argument(3) & Self.waitAll == 0:
            self = .none
        default:
            self = .short(asked: asked, moved: moved)
        }
    }

    /// The kind under which a short transfer is counted; nil if the call is none of the known ones.
    static func kind(of registers: borrowing RegisterSet) -> ShortTransferKind? {
        guard let call = registers.systemCall else { return nil }
        switch Int(call.rawValue) {
        case Int(SYS_read), Int(SYS_pread64): return .read
        case Int(SYS_write), Int(SYS_pwrite64): return .write
        case Int(SYS_recvfrom): return .receive
        case Int(SYS_sendto): return .send
        case Int(SYS_sendfile), Int(SYS_splice), Int(SYS_tee), Int(SYS_copy_file_range):
            return .copy
        case Int(SYS_getrandom): return .random
        default: return nil
        }
    }

    /// The kind of transfer of a stopped thread that the stop has cut short; nil if it cut none.
    static func shortKind(
        of thread: ThreadID,
        _ registers: borrowing RegisterSet
    ) -> ShortTransferKind? {
        switch TransferCall(registers) {
        case .none: return nil
        case .short: break
        case .shortUnlessStream(let descriptor, _, _):
            if ProcProbe.isStream(descriptor, of: thread) { return nil }
        }
        return kind(of: registers)
    }

    /// MSG_WAITALL (include/linux/socket.h).
    private static let waitAll: UInt64 = 0x100
}
