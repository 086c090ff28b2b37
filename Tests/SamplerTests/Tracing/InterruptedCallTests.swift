// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

#if arch(x86_64)
import CPtrace
import Glibc
import Testing

@testable import Sampler

struct InterruptedCallTests {
    private func registers(call: Int, result: Int, first: UInt = 0) -> RegisterSet {
        var registers = RegisterSet()
        registers.raw.orig_rax = UInt64(bitPattern: Int64(call))
        registers.raw.rax = UInt64(bitPattern: Int64(result))
        registers.raw.rdi = UInt64(first)
        return registers
    }

    @Test(
        "Waits that can be begun again are",
        arguments: [
            SYS_epoll_wait, SYS_epoll_pwait, SYS_epoll_pwait2, SYS_semop, SYS_semtimedop,
            SYS_rt_sigtimedwait, SYS_io_getevents, SYS_io_pgetevents, SYS_io_uring_enter,
            SYS_recvfrom,
            SYS_recvmsg, SYS_recvmmsg, SYS_sendto, SYS_sendmsg, SYS_sendmmsg, SYS_accept,
            SYS_accept4,
        ]
    )
    func restartable(call: Int32) {
        #expect(
            InterruptedCall(registers(call: Int(call), result: -Int(EINTR))) == .restartable
        )
    }

    @Test("Other calls are left alone", arguments: [SYS_close, SYS_pause, SYS_connect, SYS_futex])
    func notListed(call: Int32) {
        #expect(InterruptedCall(registers(call: Int(call), result: -Int(EINTR))) == .notListed)
    }

    @Test("Reads and writes depend on their descriptor")
    func sockets() {
        for call in [SYS_read, SYS_readv, SYS_write, SYS_writev] {
            let registers = registers(call: Int(call), result: -Int(EINTR), first: 5)
            #expect(InterruptedCall(registers) == .restartableIfSocket(descriptor: 5))
        }
    }

    @Test(
        "Nothing else is a failure to repair",
        arguments: [
            (Int(SYS_epoll_wait), -Int(EAGAIN)), (Int(SYS_epoll_wait), 0),
            (Int(SYS_epoll_wait), -512),
            (Int(SYS_epoll_wait), -514), (-1, -Int(EINTR)),
        ]
    )
    func intact(call: Int, result: Int) {
        #expect(InterruptedCall(registers(call: call, result: result)) == .intact)
    }

    @Test("A restart by restart_syscall is told apart")
    func restartBlock() {
        let registers = registers(call: Int(SYS_clock_nanosleep), result: -516)
        #expect(InterruptedCall(registers) == .restartBlock)
    }
}
#endif
