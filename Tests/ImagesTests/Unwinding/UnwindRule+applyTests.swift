// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite("UnwindRule applied") struct UnwindRuleApplyTests {
    private let stack = StackFixture()

    /// The registers after a rule, for a frame whose stack pointer is 0x7080.
    private func apply(
        _ rule: UnwindRule,
        isInterrupted: Bool = true,
        to registers: RegisterFile? = nil
    ) -> (step: UnwindStep, registers: RegisterFile) {
        var registers = registers ?? .innermost(stackPointer: 0x7080)
        let step = stack.with {
            rule.apply(to: &registers, stack: $0, isInterrupted: isInterrupted)
        }
        return (step, registers)
    }

    private func rule(
        _ kind: UnwindRule.Kind = .register,
        register: UInt8 = 7,
        offset: Int32 = 32,
        addend: Int32 = 0,
        framePointer: UnwindRule.Saved = .same,
        base: UnwindRule.Saved = .same
    ) -> UnwindRule {
        UnwindRule(
            kind,
            register: register,
            offset: offset,
            addend: addend,
            framePointer,
            base,
            unchanged: 0b0100
        )
    }

    @Test func knowsOnlyWhatTheRuleProves() {
        let (step, registers) = apply(rule(framePointer: .atFrameAddress(-16)))
        #expect(step == .caller(isSignalFrame: false))
        #expect(registers.programCounter == 0x7098)
        #expect(registers[7] == 0x70a0)
        #expect(registers[6] == 0x7090)
        #expect(registers[3] == 0xaa03)
        #expect(registers[14] == 0xaa0e)
        #expect(registers.knownNumbers == [3, 6, 7, 14])
    }

    @Test func forgetsWhatIsLost() {
        let (_, registers) = apply(rule(framePointer: .lost, base: .atRegister(8)))
        #expect(registers[6] == nil)
        #expect(registers[3] == 0x7088)
    }

    @Test func loadsTheFrameAddress() {
        let (step, registers) = apply(rule(.load, offset: 8, addend: 24))
        #expect(step == .caller(isSignalFrame: false))
        #expect(registers[7] == 0x70a0)
        #expect(registers.programCounter == 0x7098)
    }

    @Test(arguments: [(0x1000, 0x7088), (0x100a, 0x7088), (0x100b, 0x7090), (0x100f, 0x7090)])
    func countsWhatALinkageTableHasPushed(programCounter: UInt64, expected: UInt64) {
        let (_, registers) = apply(
            rule(.linkageTable, offset: 8, addend: 11),
            to: .innermost(stackPointer: 0x7080, programCounter: programCounter)
        )
        #expect(registers[7] == expected)
        #expect(registers.programCounter == expected - 8)
    }

    @Test func leavesTheRegistersWhereItFails() {
        var unknown = RegisterFile.innermost(stackPointer: 0x7080)
        unknown[6] = nil
        for (rule, failure) in [
            (rule(register: 6), .unknownRegister(6)),
            (rule(offset: 0x8000), .notCopied(address: 0xf078)),
            (rule(.load, offset: -0x100), .notCopied(address: 0x6f80)),
            (rule(.load, offset: 0, addend: 0x8000), .notCopied(address: 0xf078)),
        ] as [(UnwindRule, UnwindStep)] {
            let (step, registers) = apply(rule, to: unknown)
            #expect(step == failure)
            #expect(registers.programCounter == 0x1000)
            #expect(registers.knownNumbers == unknown.knownNumbers)
        }
    }

    @Test func poppedSlotsHoldTheirValueOnlyWhereNothingWasCalled() {
        // After `pop rbp` the rule still names the slot below the stack pointer.
        let popped = rule(offset: 8, framePointer: .atFrameAddress(-16))
        #expect(apply(popped).registers[6] == 0x7078)
        #expect(apply(popped, isInterrupted: false).registers[6] == nil)
        let saved = rule(offset: 16, framePointer: .atFrameAddress(-16))
        #expect(apply(saved, isInterrupted: false).registers[6] == 0x7080)
    }

    @Test func forgetsASlotThatWasNotCopied() {
        let (step, registers) = apply(rule(framePointer: .atFrameAddress(-0x1000)))
        #expect(step == .caller(isSignalFrame: false))
        #expect(registers[6] == nil)
    }

    @Test func wrapsAroundTheAddressSpace() {
        var registers = RegisterFile.innermost(stackPointer: UInt64.max)
        registers[6] = 4
        #expect(apply(rule(), to: registers).step == .notCopied(address: 23))
        #expect(
            apply(rule(register: 6, offset: -8), to: registers).step
                == .notCopied(address: UInt64.max - 11)
        )
    }
}
