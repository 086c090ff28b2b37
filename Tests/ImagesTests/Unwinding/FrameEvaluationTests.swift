// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct FrameEvaluationTests {
    /// One step over a function with these instructions after those of its entry.
    private func step(
        _ instructions: [UInt8],
        _ registers: inout RegisterFile,
        augmentation: String = "zR",
        stack: StackFixture = StackFixture(),
        isInnermost: Bool = true
    ) -> UnwindStep {
        var writer = FrameWriter()
        writer.addCommon(augmentation: augmentation)
        writer.addFunction(at: 0x1000, byteCount: 0x100, instructions: instructions)
        let table = UnwindTable(writer)
        return stack.with { copy in
            table.evaluate(
                at: ImageAddress(0x1010),
                &registers,
                copy,
                isInterrupted: isInnermost
            )
        }
    }

    @Test(
        "Both ways agree where both can go",
        arguments: [
            [], [0x0e, 16, 0x86, 2], [0x0e, 48, 0x86, 2, 0x83, 3, 0x8c, 4, 0x8f, 5],
            [0x0c, 6, 16, 0x86, 2, 0x83, 3], [0x07, 6], [0x07, 16], [0x0e, 16, 0x08, 6],
            [0x0f, 3, 0x76, 0x78, 0x06, 0x10, 6, 2, 0x76, 0, 0x10, 3, 2, 0x76, 0x68],
            [0x0f, 11, 0x77, 8, 0x80, 0, 0x3f, 0x1a, 0x3b, 0x2a, 0x33, 0x24, 0x22],
            [0x0e, 8, 0x86, 2], [0x0e] + uleb(0x4000),
        ] as [[UInt8]],
        [true, false]
    )
    func agrees(instructions: [UInt8], isInnermost: Bool) {
        var registers = RegisterFile.innermost(stackPointer: 0x7080)
        registers[6] = 0x70c0
        var fast = registers
        var slow = registers
        var writer = FrameWriter()
        writer.addCommon()
        writer.addFunction(at: 0x1000, byteCount: 0x100, instructions: instructions)
        let table = UnwindTable(writer)
        let step = StackFixture().step(table, at: 0x1010, &fast, isInnermost: isInnermost)
        #expect(table.counts.slowSteps == 0)
        let full = self.step(instructions, &slow, isInnermost: isInnermost)
        #expect(step == full)
        #expect(fast.programCounter == slow.programCounter)
        for number in [3, 6, 7] { #expect(fast[number] == slow[number]) }
        // The fast way may forget more, and never knows better.
        for number in fast.knownNumbers { #expect(fast[number] == slow[number]) }
    }

    @Test func everyKindOfRule() {
        var registers = RegisterFile.innermost(stackPointer: 0x7080)
        let step = step(
            [
                0x0e, 32, 0x8c, 2, 0x14, 13, 3, 0x09, 14, 0, 0x10, 15, 2, 0x23, 8,
                0x16, 6, 2, 0x23, 16, 0x08, 5, 0x07, 3,
            ],
            &registers
        )
        #expect(step == .caller(isSignalFrame: false))
        #expect(registers.programCounter == 0x7098)
        #expect(registers[7] == 0x70a0)
        #expect(registers[12] == 0x7090)
        #expect(registers[13] == 0x7088)
        #expect(registers[14] == 0xaa00)
        #expect(registers[15] == 0x70a8)
        #expect(registers[6] == 0x70b0)
        #expect(registers[5] == 0xaa05)
        #expect(registers.knownNumbers == [5, 6, 7, 12, 13, 14, 15])
    }

    @Test func aReturnAddressInARegister() {
        // vfork keeps it in rdi while the child runs on the same stack.
        var registers = RegisterFile.innermost(stackPointer: 0x7080)
        #expect(step([0x0e, 0, 0x09, 16, 5], &registers) == .caller(isSignalFrame: false))
        #expect(registers.programCounter == 0xaa05)
        #expect(registers[7] == 0x7080)
        // Only the frame itself has it: in its caller rdi is not known.
        #expect(step([0x09, 16, 5], &registers) == .unknownRegister(5))
        #expect(registers.programCounter == 0xaa05)
    }

    @Test func theKernelsFrameForASignal() {
        // As glibc writes it: the CFA and every register by where the kernel saved them.
        var rules: [UInt8] = [0x0f, 4, 0x77] + sleb(160) + [0x06]
        let offsets: [(UInt8, Int64)] = [
            (8, 40), (9, 48), (10, 56), (11, 64), (12, 72), (13, 80), (14, 88), (15, 96), (5, 104),
            (4, 112), (6, 120), (3, 128), (1, 136), (0, 144), (2, 152), (7, 160), (16, 168),
        ]
        for (number, offset) in offsets {
            let expression = [0x77] + sleb(offset)
            rules += [0x10, number, UInt8(expression.count)] + expression
        }
        var registers = RegisterFile()
        registers[7] = 0x7000
        var trampoline = registers
        #expect(step(rules, &registers, augmentation: "zRS") == .caller(isSignalFrame: true))
        #expect(registers.knownNumbers == Array(0..<16))
        _ = StackFixture().with { SignalTrampoline.step(&trampoline, stack: $0) }
        for number in 0..<16 { #expect(registers[number] == trampoline[number]) }
        #expect(registers.programCounter == trampoline.programCounter)
    }

    @Test(
        "Why there is no caller",
        arguments: [
            ([0x07, 16], .outermost), ([0x07, 7], .unknownRegister(7)),
            ([0x08, 16], .unknownRegister(16)), ([0x0c, 12, 8], .unknownRegister(12)),
            ([0x0c] + uleb(40) + [8], .unknownRegister(40)),
            ([0x09, 16, 12], .unknownRegister(12)),
            ([0x0e] + uleb(0x4000), .notCopied(address: 0xb078)),
            ([0x0f, 3, 0x77, 0x78, 0x06], .caller(isSignalFrame: false)),
            ([0x10, 16, 3, 0x23] + uleb(0x2000), .notCopied(address: 0x9088)),
            ([0x87] + uleb(0x2000), .notCopied(address: UInt64(bitPattern: -0x8f78))),
            ([0x0f, 3, 0x2f, 0xfd, 0xff], .malformed), ([0x0f, 0], .malformed),
            ([0x16, 16, 1, 0x13], .malformed), ([0x3f], .malformed), ([0x0e], .malformed),
        ] as [([UInt8], UnwindStep)]
    )
    func reasons(instructions: [UInt8], expected: UnwindStep) {
        var registers = RegisterFile.innermost(stackPointer: 0x7080)
        registers[12] = nil
        #expect(step(instructions, &registers) == expected)
        if case .caller = expected { return }
        #expect(registers.programCounter == 0x1000)
        #expect(registers[7] == 0x7080)
    }

    @Test func aColumnThatIsNotKeptIsNoReturnAddress() {
        var writer = FrameWriter()
        writer.addCommon(returnAddress: 99)
        writer.addFunction(at: 0x1000, byteCount: 0x100)
        var registers = RegisterFile.innermost(stackPointer: 0x7080)
        #expect(StackFixture().step(UnwindTable(writer), at: 0x1000, &registers) == .malformed)
    }

    @Test func aFrameAddressThatNobodyGaveIsMalformed() {
        var writer = FrameWriter()
        writer.addCommon(instructions: [0x90, 1])
        writer.addFunction(at: 0x1000, byteCount: 0x100)
        var registers = RegisterFile.innermost(stackPointer: 0x7080)
        #expect(StackFixture().step(UnwindTable(writer), at: 0x1000, &registers) == .malformed)
    }

    @Test func forgetsWhatItCannotRead() {
        var registers = RegisterFile.innermost(stackPointer: 0x7080)
        #expect(step([0x83] + uleb(0x2000), &registers) == .caller(isSignalFrame: false))
        #expect(registers[3] == nil)
        #expect(registers.knownNumbers == [6, 7, 12, 13, 14, 15])
    }
}
