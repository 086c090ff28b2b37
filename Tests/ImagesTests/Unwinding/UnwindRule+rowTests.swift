// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite("UnwindRule of a row") struct UnwindRuleRowTests {
    /// The rule at the end of a function with these instructions after those of its entry.
    private func rule(
        _ instructions: [UInt8],
        augmentation: String = "zR",
        returnAddress: UInt8 = 16,
        common: [UInt8] = FrameWriter.entryRules
    ) -> UnwindRule {
        var writer = FrameWriter()
        writer.addCommon(
            augmentation: augmentation,
            returnAddress: returnAddress,
            instructions: common
        )
        writer.addFunction(at: 0x1000, byteCount: 0x100, instructions: instructions)
        return UnwindTable(writer).rule(at: ImageAddress(0x10ff))
    }

    @Test func theEntryOfAFunction() {
        let rule = rule([])
        #expect(rule.kind == .register)
        #expect(rule.register == 7)
        #expect(rule.offset == 8)
        #expect(rule.framePointer == .same)
        #expect(rule.base == .same)
        #expect(rule.unchanged == 0xf000)
    }

    @Test func savedRegisters() {
        let rule = rule([0x86, 2, 0x83, 3, 0x8c, 4, 0x07, 13, 0x08, 14])
        #expect(rule.framePointer == .atFrameAddress(-16))
        #expect(rule.base == .atFrameAddress(-24))
        #expect(rule.unchanged == 0xc000)
        #expect(self.rule([0x07, 6]).framePointer == .lost)
        #expect(self.rule([0x86, 2, 0x08, 6]).framePointer == .same)
    }

    @Test func aRealignedStack() {
        // CFA is the word at rbp-8; rbp was saved at rbp, rbx at rbp-24.
        let rule = rule([0x0f, 3, 0x76, 0x78, 0x06, 0x10, 6, 2, 0x76, 0, 0x10, 3, 2, 0x76, 0x68])
        #expect(rule.kind == .load)
        #expect(rule.register == 6)
        #expect(rule.offset == -8)
        #expect(rule.framePointer == .atRegister(0))
        #expect(rule.base == .atRegister(-24))
    }

    @Test func aLinkageTable() {
        let rule = rule([0x0f, 11, 0x77, 8, 0x80, 0, 0x3f, 0x1a, 0x3b, 0x2a, 0x33, 0x24, 0x22])
        #expect(rule.kind == .linkageTable)
        #expect(rule.addend == 11)
    }

    @Test func theEndOfTheStack() {
        #expect(rule([0x07, 16]).kind == .outermost)
    }

    @Test(
        "What does not fit is slow",
        arguments: [
            [0x90, 2],  // the return address elsewhere
            [0x09, 16, 5], [0x08, 16], [0x16, 16, 2, 0x77, 0],
            [0x87, 2],  // an own rule for the stack pointer
            [0x0e] + uleb(1 << 40),
            [0x0f, 4, 0x77, 8, 0x33, 0x22],  // another expression
            [0x0f, 9, 0x77, 8, 0x06, 0x23] + uleb(1 << 32),
            [0x86] + uleb(10_000),  // further from the CFA than 32 KiB
            [0x14, 6, 2], [0x09, 3, 12], [0x16, 3, 2, 0x76, 0],
            [0x10, 6, 2, 0x73, 0],  // saved at another register than that of the CFA
            [0x10, 6, 3, 0x77, 0, 0x06],
        ] as [[UInt8]]
    )
    func slow(instructions: [UInt8]) {
        #expect(rule(instructions).kind == .slow)
    }

    @Test func framesOfSignalsAreSlow() {
        #expect(rule([], augmentation: "zRS").kind == .slow)
        #expect(rule([], returnAddress: 15).kind == .slow)
        #expect(rule([], common: [0x90, 1]).kind == .slow)
        #expect(rule([], common: [0x0c, 7, 8]).kind == .slow)
    }
}
