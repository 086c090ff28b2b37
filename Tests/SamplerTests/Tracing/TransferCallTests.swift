// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

#if arch(x86_64)
import CPtrace
import Profiles
import Testing

@testable import Sampler

struct TransferCallTests {
    private func registers(_ call: Int32, _ result: Int64, _ arguments: [UInt64]) -> RegisterSet {
        var registers = RegisterSet()
        registers.raw.orig_rax = UInt64(call)
        registers.raw.rax = UInt64(bitPattern: result)
        registers.raw.rdi = arguments[0]
        registers.raw.rsi = arguments[1]
        registers.raw.rdx = arguments[2]
        registers.raw.r10 = arguments[3]
        return registers
    }

    @Test("A write that moved less than asked is short, and one that moved all is not")
    func writes() {
        let short = TransferCall(registers(SYS_write, 10, [1, 0, 100, 0]))
        #expect(short == .short(asked: 100, moved: 10))
        #expect(TransferCall(registers(SYS_write, 100, [1, 0, 100, 0])) == .none)
        #expect(TransferCall(registers(SYS_write, -4, [1, 0, 100, 0])) == .none)
        #expect(TransferCall(registers(SYS_write, 0, [1, 0, 100, 0])) == .none)
    }

    @Test("A short read depends on its descriptor, a receive on its flags")
    func reads() {
        #expect(
            TransferCall(registers(SYS_read, 10, [3, 0, 100, 0]))
                == .shortUnlessStream(descriptor: 3, asked: 100, moved: 10)
        )
        #expect(TransferCall(registers(SYS_recvfrom, 10, [3, 0, 100, 0])) == .none)
        #expect(
            TransferCall(registers(SYS_recvfrom, 10, [3, 0, 100, 0x100]))
                == .short(asked: 100, moved: 10)
        )
    }

    @Test("Lengths are where each call has them")
    func lengths() {
        #expect(
            TransferCall(registers(SYS_getrandom, 10, [0, 100, 0, 0]))
                == .short(asked: 100, moved: 10)
        )
        #expect(
            TransferCall(registers(SYS_sendfile, 10, [1, 2, 0, 100]))
                == .short(asked: 100, moved: 10)
        )
        #expect(TransferCall(registers(SYS_getpid, 10, [0, 100, 100, 100])) == .none)
    }

    @Test("Each known call has its kind")
    func kinds() {
        #expect(TransferCall.kind(of: registers(SYS_read, 1, [0, 0, 0, 0])) == .read)
        #expect(TransferCall.kind(of: registers(SYS_sendfile, 1, [0, 0, 0, 0])) == .copy)
        #expect(TransferCall.kind(of: registers(SYS_getpid, 1, [0, 0, 0, 0])) == nil)
    }
}
#endif
