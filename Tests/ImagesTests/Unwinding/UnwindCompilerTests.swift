// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct UnwindCompilerTests {
    /// The offsets of the frame address in a page, with -1 for gaps and -2 for what is malformed.
    private func compile(
        _ writer: FrameWriter,
        pageAt start: UInt64,
        instructionLimit: Int = 1000
    ) -> (rows: [UInt32: Int32], compiler: UnwindCompiler) {
        var rules = UnwindRuleSet()
        let compiler = UnwindCompiler(
            FrameTable(writer.section),
            pageAt: start,
            instructionLimit: instructionLimit,
            &rules
        )
        var rows: [UInt32: Int32] = [:]
        for row in compiler.page.rows {
            let rule = rules[UInt16(truncatingIfNeeded: row)]
            rows[row >> 16] =
                switch rule.kind {
                case .gap: -1
                case .malformed: -2
                default: rule.offset
                }
        }
        return (rows, compiler)
    }

    private func writer(
        _ functions: [(start: UInt64, byteCount: UInt64, instructions: [UInt8])]
    ) -> FrameWriter {
        var writer = FrameWriter()
        writer.addCommon()
        for function in functions {
            writer.addFunction(
                at: function.start,
                byteCount: function.byteCount,
                instructions: function.instructions
            )
        }
        return writer
    }

    @Test func rowsAndTheGapsBetweenThem() {
        let (rows, compiler) = compile(
            writer([
                (0x2_0010, 0x10, [0x44, 0x0e, 16]), (0x2_0020, 0x10, [0x44, 0x0e, 16]),
                (0x2_0040, 1, []),
            ]),
            pageAt: 0x2_0000
        )
        #expect(
            rows == [
                0: -1, 0x10: 8, 0x14: 16, 0x20: 8, 0x24: 16, 0x30: -1, 0x40: 8, 0x41: -1,
            ]
        )
        #expect(compiler.droppedRecords == 0)
        #expect(!compiler.isCut)
    }

    @Test func aFunctionOfSeveralPages() {
        let writer = writer([
            (
                0x1_fff0, 0x2_0020,
                [0x48, 0x0e, 16, 0x03, 0x08, 0, 0x0e, 24, 0x04, 0, 0, 1, 0, 0x0e, 32]
            )
        ])
        #expect(compile(writer, pageAt: 0x1_0000).rows == [0: -1, 0xfff0: 8, 0xfff8: 16])
        #expect(compile(writer, pageAt: 0x2_0000).rows == [0: 24])
        #expect(compile(writer, pageAt: 0x3_0000).rows == [0: 32])
        #expect(compile(writer, pageAt: 0x4_0000).rows == [0: 32, 0x10: -1])
        #expect(compile(writer, pageAt: 0x5_0000).rows == [0: -1])
    }

    @Test func whatIsMalformedReachesToTheEndOfItsFunction() {
        let writer = writer([(0x1_0000, 0x20, [0x48, 0x3f]), (0x1_0020, 0x10, [])])
        #expect(compile(writer, pageAt: 0x1_0000).rows == [0: 8, 8: -2, 0x20: 8, 0x30: -1])
    }

    @Test func theLaterFunctionCountsWhereTwoOverlap() {
        let writer = writer([(0x1_0000, 0x30, []), (0x1_0010, 0x10, [0x0e, 16])])
        #expect(compile(writer, pageAt: 0x1_0000).rows == [0: 8, 0x10: 16, 0x20: -1])
    }

    @Test func theRestOfAPageIsMalformedBeyondTheLimit() {
        let writer = writer([
            (0x1_0000, 0x10, [0x48, 0x0e, 16]), (0x1_0010, 0x10, [0x48, 0x0e, 16]),
            (0x1_0020, 0x10, []),
        ])
        // Five for each of the first two: the record, two of the CIE, and two of its own.
        for (limit, expected) in [
            (10, [0: 8, 8: 16, 0x10: 8, 0x18: 16, 0x20: -2]),
            (9, [0: 8, 8: -2, 0x10: -2]),
        ] as [(Int, [UInt32: Int32])] {
            let (rows, compiler) = compile(
                writer,
                pageAt: 0x1_0000,
                instructionLimit: limit
            )
            #expect(compiler.isCut)
            #expect(limit == 10 ? rows == expected : rows[0x18] != 16)
        }
        #expect(!compile(writer, pageAt: 0x1_0000, instructionLimit: 14).compiler.isCut)
    }

    @Test func theLastPageOfTheAddressSpace() {
        var writer = FrameWriter(kind: .debugFrame)
        writer.addCommon()
        let start = UInt64.max - 0x20
        writer.addFunction(at: start, byteCount: 0x20)
        let (rows, _) = compile(writer, pageAt: UInt64.max - 0xffff)
        #expect(rows == [0: -1, 0xffdf: 8])
    }
}
