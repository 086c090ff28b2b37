// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite("RegisterFile columns") struct RegisterFileColumnsTests {
    #if arch(x86_64)
    @Test func calleesPreserveSixRegisters() {
        let numbers = (0..<64).filter { RegisterFile.preserved & (1 << UInt64($0)) != 0 }
        #expect(numbers == [3, 6, 12, 13, 14, 15])
    }

    @Test func theLastColumnIsTheProgramCounter() {
        var registers = RegisterFile()
        registers.programCounter = 0x1234
        registers[7] = 0x7000
        #expect(registers.value(ofColumn: 16) == 0x1234)
        #expect(registers.value(ofColumn: 7) == 0x7000)
        #expect(registers.value(ofColumn: 6) == nil)
        #expect(registers.value(ofColumn: Int.max) == nil)
    }
    #else
    @Test func calleesPreserveElevenRegisters() {
        let numbers = (0..<64).filter { RegisterFile.preserved & (1 << UInt64($0)) != 0 }
        #expect(numbers == Array(19...29))
    }
    #endif
}
