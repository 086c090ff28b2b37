// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct UnwindTableTests {
    /// Functions of 0x100 bytes, one at the start of each page.
    private func writer(pages: Int, kind: FrameSection.Kind = .ehFrame) -> FrameWriter {
        var writer = FrameWriter(kind: kind)
        writer.addCommon()
        for page in 1...pages {
            writer.addFunction(at: UInt64(page) << 16, byteCount: 0x100)
        }
        return writer
    }

    private func kind(_ table: UnwindTable, _ address: UInt64) -> UnwindRule.Kind {
        table.rule(at: ImageAddress(address)).kind
    }

    @Test func compilesWhatIsAskedFor() {
        let table = UnwindTable(writer(pages: 4))
        let before = table.byteCount
        #expect(table.counts == UnwindCounts())
        #expect(table.compiledByteCount == 0)
        #expect(kind(table, 0x2_0000) == .register)
        #expect(kind(table, 0x2_00ff) == .register)
        #expect(kind(table, 0x2_0100) == .gap)
        #expect(table.counts.compiledPages == 1)
        #expect(table.compiledByteCount == 8)
        #expect(table.byteCount >= before + 8)
        #expect(table.ruleCount == 4)
    }

    @Test func hasNoRuleOutsideTheFile() {
        let table = UnwindTable(writer(pages: 2))
        for address in [0, 0xffff, 0x2_0100, 0x3_0000, UInt64.max] as [UInt64] {
            #expect(kind(table, address) == .gap)
        }
        let empty = UnwindTable(UnwindSections(ehFrame: nil))
        #expect(kind(empty, 0) == .gap)
        #expect(kind(empty, 0x1000) == .gap)
    }

    @Test func theOldestPageMakesRoom() {
        var limits = UnwindLimits.standard
        limits.pageBytes = 16
        let table = UnwindTable(writer(pages: 4), limits: limits)
        _ = kind(table, 0x1_0000)
        _ = kind(table, 0x2_0000)
        _ = kind(table, 0x1_0001)
        #expect(table.counts.evictedPages == 0)
        _ = kind(table, 0x3_0000)
        #expect(table.counts.evictedPages == 1)
        #expect(table.compiledByteCount == 16)
        _ = kind(table, 0x1_0002)
        #expect(table.counts.compiledPages == 3)
        _ = kind(table, 0x2_0002)
        #expect(table.counts.compiledPages == 4)
        #expect(kind(table, 0x2_0002) == .register)
    }

    @Test func aPageLargerThanTheLimitStaysUntilTheNext() {
        var limits = UnwindLimits.standard
        limits.pageBytes = 1
        let table = UnwindTable(writer(pages: 2), limits: limits)
        #expect(kind(table, 0x1_0000) == .register)
        #expect(kind(table, 0x2_0000) == .register)
        #expect(table.compiledByteCount == 8)
        #expect(table.counts.evictedPages == 1)
    }

    @Test func givesPagesBack() {
        let table = UnwindTable(writer(pages: 4))
        for page in 1...4 { _ = kind(table, UInt64(page) << 16) }
        table.releasePages(to: 16)
        #expect(table.compiledByteCount == 16)
        table.releasePages(to: -1)
        #expect(table.compiledByteCount == 0)
        #expect(table.counts.evictedPages == 4)
        #expect(kind(table, 0x1_0001) == .register)
    }

    @Test func theDebugSectionCountsWhereTheOtherIsSilent() {
        var debug = FrameWriter(kind: .debugFrame)
        debug.addCommon(instructions: [0x0c, 6, 16, 0x90, 1])
        debug.addFunction(at: 0x1_0000, byteCount: 0x200)
        debug.addFunction(at: 0x5_0000, byteCount: 0x10, instructions: [0x14, 6, 2])
        let table = UnwindTable(
            UnwindSections(ehFrame: writer(pages: 2).section, debugFrame: debug.section)
        )
        #expect(table.rule(at: ImageAddress(0x1_00ff)).register == 7)
        #expect(table.rule(at: ImageAddress(0x1_0100)).register == 6)
        #expect(kind(table, 0x2_0000) == .register)
        var registers = RegisterFile.innermost(stackPointer: 0x7000)
        registers[6] = 0x7010
        #expect(
            StackFixture().step(table, at: 0x5_0000, &registers) == .caller(isSignalFrame: false)
        )
        #expect(registers[6] == 0x7010)
        #expect(table.counts.slowSteps == 1)
    }

    @Test func codeBeyondOneGiBIsOutOfReach() {
        var writer = FrameWriter(kind: .debugFrame)
        writer.addCommon()
        for start in [1 << 16, 1 << 30, 1 << 30 + 1 << 16, UInt64.max - 16] as [UInt64] {
            writer.addFunction(at: start, byteCount: 16)
        }
        let table = UnwindTable(writer)
        #expect(kind(table, 1 << 30) == .register)
        #expect(kind(table, 1 << 30 + 1 << 16) == .gap)
        #expect(kind(table, UInt64.max - 16) == .gap)
        #expect(table.byteCount < 1 << 20)
    }

    @Test func countsWhatItLeavesOut() {
        var writer = writer(pages: 1)
        let unknown = writer.addCommon(version: 9)
        writer.addFunction(of: unknown, at: 0x1_1000, byteCount: 16)
        let walked = UnwindTable(writer)
        #expect(walked.counts.droppedRecords == 1)
        var limits = UnwindLimits.standard
        limits.pageInstructions = 1
        let cut = UnwindTable(self.writer(pages: 1), limits: limits)
        _ = kind(cut, 0x1_0000)
        _ = kind(cut, 0x1_0000)
        #expect(cut.counts.cutPages <= 1)
    }
}
