// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct FrameProgramTests {
    /// The rows of a function at `0x1000..<0x1100`, and how they end.
    private func run(
        _ instructions: [UInt8],
        codeAlignment: UInt8 = 1,
        instructionLimit: Int = 1000,
        initial: [UInt8] = FrameWriter.entryRules
    ) throws -> (rows: [(Range<UInt64>, FrameRow)], last: FrameProgram.Step, isCut: Bool) {
        var writer = FrameWriter()
        writer.addCommon(codeAlignment: codeAlignment, instructions: initial)
        writer.addFunction(at: 0x1000, byteCount: 0x100, instructions: instructions)
        let table = FrameTable(writer.section)
        var cache = InitialRowCache()
        let function = try #require(table.function(at: 0, &cache))
        var program = FrameProgram(
            writer.section,
            function.entry,
            after: function.initial,
            instructionLimit: instructionLimit
        )
        var rows: [(Range<UInt64>, FrameRow)] = []
        var step = program.next()
        while case .row(let range) = step {
            rows.append((range, program.row))
            step = program.next()
        }
        return (rows, step, program.isCut)
    }

    @Test func oneRowWithoutInstructions() throws {
        let (rows, last, _) = try run([])
        #expect(rows.map(\.0) == [0x1000..<0x1100])
        #expect(rows[0].1.frameAddress == .register(7, 8))
        #expect(rows[0].1[16] == .offset(-8))
        #expect(last == .end)
    }

    @Test func aRowForEachAdvance() throws {
        // advance_loc 1, def_cfa_offset 16, offset rbp at CFA-16; advance_loc1, loc2 and loc4.
        let (rows, last, _) = try run([
            0x41, 0x0e, 16, 0x86, 2, 0x02, 0x10, 0x0e, 24, 0x03, 0x20, 0, 0x0e, 32, 0x04, 1, 0, 0,
            0,
            0x0e, 40,
        ])
        #expect(
            rows.map(\.0) == [
                0x1000..<0x1001, 0x1001..<0x1011, 0x1011..<0x1031, 0x1031..<0x1032, 0x1032..<0x1100,
            ]
        )
        #expect(rows.map(\.1.frameAddress) == [8, 16, 24, 32, 40].map { .register(7, $0) })
        #expect(rows[0].1[6] == .unspecified)
        #expect(rows[1].1[6] == .offset(-16))
        #expect(last == .end)
    }

    @Test func advancesByTheCodeAlignment() throws {
        #expect(try run([0x41, 0x0e, 16], codeAlignment: 4).rows[0].0 == 0x1000..<0x1004)
    }

    @Test func severalRulesAtOnePlaceAreOneRow() throws {
        let (rows, _, _) = try run([0x40, 0x0e, 16, 0x40, 0x0e, 24])
        #expect(rows.count == 1)
        #expect(rows[0].1.frameAddress == .register(7, 24))
    }

    @Test func rowsEndWithTheFunction() throws {
        let (rows, last, _) = try run([0x03, 0xff, 0xff, 0x0e, 16])
        #expect(rows.map(\.0) == [0x1000..<0x1100])
        #expect(last == .end)
    }

    @Test func remembersWholeRows() throws {
        let (rows, _, _) = try run([
            0x0e, 16, 0x0a, 0x41, 0x0c, 6, 32, 0x83, 3, 0x41, 0x0b, 0x41, 0x0e, 99,
        ])
        #expect(rows[1].1.frameAddress == .register(6, 32))
        #expect(rows[1].1[3] == .offset(-24))
        #expect(rows[2].1.frameAddress == .register(7, 16))
        #expect(rows[2].1[3] == .unspecified)
    }

    @Test(
        "What contradicts the format ends the rows where it stands",
        arguments: [
            [0x41, 0x0b],  // nothing was remembered
            [0x41] + [UInt8](repeating: 0x0a, count: FrameProgram.rememberLimit + 1),
            [0x41, 0x3f],  // no such instruction
            [0x41, 0x0e],  // no operand
            [0x41, 0x0e, 0x80],  // half an operand
            [0x41, 0x10, 3, 5, 0x77],  // an expression that is too long
            [0x41, 0x10, 3] + uleb(UInt64.max),
            [0x41, 0x0f, 1, 0x77, 0x0e, 8],  // an offset without a register
            [0x41, 0x0f, 1, 0x77, 0x0d, 6],
            [0x41, 0x1d] + little(UInt64.max),  // beyond the address space
            [0x41, 0x01] + little(Int32(-0x10_0000)),  // backwards
        ] as [[UInt8]]
    )
    func malformed(instructions: [UInt8]) throws {
        let (rows, last, isCut) = try run(instructions)
        #expect(rows.map(\.0) == [0x1000..<0x1001])
        #expect(last == .malformed(from: 0x1001))
        #expect(!isCut)
    }

    @Test func boundsTheInstructions() throws {
        let endless = [UInt8](repeating: 0, count: 99)
        #expect(try run(endless, instructionLimit: 99).last == .end)
        let (rows, last, isCut) = try run(endless, instructionLimit: 98)
        #expect(rows.isEmpty)
        #expect(last == .malformed(from: 0x1000))
        #expect(isCut)
    }

    @Test func aMalformedCommonEntrySpoilsItsFunctions() throws {
        for initial in [[0x3f], [0x41], [UInt8](repeating: 0, count: 1000)] as [[UInt8]] {
            #expect(try run([], initial: initial).last == .malformed(from: 0x1000))
        }
    }
}
