// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct SignalTrampolineTests {
    #if arch(x86_64)
    @Test(
        arguments: [
            [0xb8, 0x0f, 0, 0, 0, 0x0f, 0x05], [0x48, 0xc7, 0xc0, 0x0f, 0, 0, 0, 0x0f, 0x05],
        ] as [[UInt8]]
    )
    func isFoundAtBothOfItsInstructions(pattern: [UInt8]) {
        let code = [0xc3, 0x90] + pattern + [0xc3]
        let found = code.indices.filter { SignalTrampoline.contains($0, of: code) }
        #expect(found == [2, pattern.count])
        for index in pattern.indices {
            var changed = code
            changed[2 + index] ^= 0x80
            #expect(!changed.indices.contains { SignalTrampoline.contains($0, of: changed) })
        }
        #expect(!SignalTrampoline.contains(2, of: Array(code.prefix(1 + pattern.count))))
    }

    @Test(arguments: [-1, 0, 1, Int.max, Int.min])
    func isNotWhereThereIsNoCode(offset: Int) {
        #expect(!SignalTrampoline.contains(offset, of: [0x90]))
        #expect(!SignalTrampoline.contains(offset, of: []))
    }

    @Test func restoresEveryRegister() {
        var registers = RegisterFile()
        registers[7] = 0x7000
        let step = StackFixture().with { SignalTrampoline.step(&registers, stack: $0) }
        #expect(step == .caller(isSignalFrame: true))
        #expect(registers.knownNumbers == Array(0..<16))
        // The layout that glibc's own rules state: rip at 168, rbp at 120, rbx at 128.
        #expect(registers.programCounter == 0x70a8)
        #expect(registers[6] == 0x7078)
        #expect(registers[3] == 0x7080)
        #expect(registers[7] == 0x70a0)
        #expect(registers[8] == 0x7028)
        #expect(registers[15] == 0x7060)
        #expect(registers[0] == 0x7090)
    }

    @Test func isLikelyWhereTheKernelHasPutAContext() {
        var registers = RegisterFile()
        registers[7] = 0x7000
        var context = StackFixture()
        context[0x7000] = 7
        context[0x7008] = 0
        context[0x70b8] = 0x002b_0000_0000_0033
        #expect(context.with { SignalTrampoline.isLikely(registers, stack: $0) })
        for (address, value) in [(0x7000, 0x100), (0x7008, 1), (0x70b8, 0x23)] as [(UInt64, UInt64)]
        {
            var other = context
            other[address] = value
            #expect(!other.with { SignalTrampoline.isLikely(registers, stack: $0) })
        }
        var short = context
        short.words.removeLast(short.words.count - 23)
        #expect(!short.with { SignalTrampoline.isLikely(registers, stack: $0) })
        #expect(!context.with { SignalTrampoline.isLikely(RegisterFile(), stack: $0) })
    }

    @Test func leavesTheRegistersWhereTheContextWasNotCopied() {
        var registers = RegisterFile.innermost(stackPointer: 0x7000)
        let step = StackFixture(count: 21).with { SignalTrampoline.step(&registers, stack: $0) }
        #expect(step == .notCopied(address: 0x70a8))
        #expect(registers.programCounter == 0x1000)
        #expect(registers[7] == 0x7000)
        var unknown = RegisterFile()
        let failed = StackFixture().with { SignalTrampoline.step(&unknown, stack: $0) }
        #expect(failed == .unknownRegister(7))
    }
    #else
    @Test func isKnownOnOneMachineOnly() {
        #expect(!SignalTrampoline.contains(0, of: [0xb8, 0x0f, 0, 0, 0, 0x0f, 0x05]))
    }
    #endif
}
