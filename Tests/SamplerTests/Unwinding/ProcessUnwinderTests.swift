// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Images
import Profiles
import Testing

@testable import Sampler

@Suite struct ProcessUnwinderTests {
    @Test func unwindsByTheMappingsOfItsProcess() throws {
        var unwinder = try #require(ProcessUnwinder(of: ProcessID(getpid())))
        // The first instruction of a function of libc: its return address is on top of the stack,
        // and leads nowhere.
        let function = try #require(dlsym(nil, "malloc"))
        let start = UInt64(UInt(bitPattern: function))
        var registers = RegisterFile()
        registers.programCounter = start
        registers[RegisterFile.Number.stackPointer] = 0x7000
        registers[RegisterFile.Number.framePointer] = 0
        let words: [UInt64] = [0x11, 0]
        let end = words.withUnsafeBytes {
            unwinder.unwind(registers, StackBytes(base: Address(0x7000), bytes: $0))
        }

        #expect(unwinder.addresses == [start, 0x10])
        #expect(unwinder.frameCount == 2)
        #expect(end == .broken(.unmapped))
    }

    @Test func hasNothingOfAProcessThatIsNot() {
        // Above the largest number that the kernel gives (`pid_max` in proc(5)).
        #expect(ProcessUnwinder(of: ProcessID(0x7fff_fff0)) == nil)
    }
}
