// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Images
import Profiles
import Testing

@testable import Sampler

@Suite struct RegisterFileStackCopyTests {
    @Test func knowsTheTwoPointersOfAWaitingThread() {
        let registers = RegisterFile(.pointers(stack: Address(0x7000), program: Address(0x1234)))
        #expect(registers.programCounter == 0x1234)
        #expect(registers[RegisterFile.Number.stackPointer] == 0x7000)
        #expect(registers[RegisterFile.Number.framePointer] == nil)
    }

    @Test func knowsAllOfAStoppedOne() {
        let registers = RegisterFile(.all(RegisterSet()))
        #expect(registers[RegisterFile.Number.framePointer] == 0)
        #expect(registers[RegisterFile.Number.base] == 0)
    }
}
