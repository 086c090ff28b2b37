// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

#if arch(x86_64)
import CPtrace
import Images
import Testing

@testable import Sampler

@Suite struct RegisterFileX86Tests {
    @Test func hasTheRegistersByTheirDwarfNumbers() {
        var set = RegisterSet()
        set.raw.rax = 0
        set.raw.rdx = 1
        set.raw.rcx = 2
        set.raw.rbx = 3
        set.raw.rsi = 4
        set.raw.rdi = 5
        set.raw.rbp = 6
        set.raw.rsp = 7
        set.raw.r8 = 8
        set.raw.r9 = 9
        set.raw.r10 = 10
        set.raw.r11 = 11
        set.raw.r12 = 12
        set.raw.r13 = 13
        set.raw.r14 = 14
        set.raw.r15 = 15
        set.raw.rip = 16
        let registers = RegisterFile(set)
        for number in 0...16 { #expect(registers[number] == UInt64(number)) }
        #expect(registers[17] == nil)
        #expect(registers.programCounter == 16)
    }
}
#endif
