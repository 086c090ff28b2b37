// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite
struct RegisterFileTests {
    @Test func knowsOnlyWhatWasSet() {
        var registers = RegisterFile()
        #expect(registers[7] == nil)
        registers[7] = 0x10
        #expect(registers[7] == 0x10)
        registers[7] = nil
        #expect(registers[7] == nil)
    }

    @Test(arguments: [-1, RegisterFile.count, 64, Int.max, Int.min])
    func hasNoOtherRegisters(number: Int) {
        var registers = RegisterFile()
        registers[number] = 1
        #expect(registers[number] == nil)
    }

    @Test func forgetsAllButAMask() {
        var registers = RegisterFile()
        for number in 0..<RegisterFile.count { registers[number] = UInt64(number) }
        registers.keepOnly(1 << 7 | 1 << 6)
        #expect((0..<RegisterFile.count).filter { registers[$0] != nil } == [6, 7])
    }
}
