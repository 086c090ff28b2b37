// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct FrameIndexTests {
    /// Three functions, not in the order of their addresses, and their header.
    private func fixture() throws -> (writer: FrameWriter, table: FrameHeaderTable) {
        var writer = FrameWriter()
        writer.addCommon()
        let functions: [(start: UInt64, record: Int)] = [0x3000, 0x1000, 0x2000].map {
            ($0, writer.addFunction(at: $0, byteCount: 0x100))
        }
        let header = writer.header(of: functions.sorted { $0.start < $1.start })
        return (writer, try #require(FrameHeaderTable(header, at: ImageAddress(0x8_0000))))
    }

    @Test func theWalkAndTheHeaderAgree() throws {
        let (writer, table) = try fixture()
        let walked = FrameIndex(writer.section)
        let found = FrameIndex(writer.section, table: table)
        #expect(walked.count == 3)
        #expect(found.count == 3)
        for index in 0..<3 {
            #expect(walked.start(at: index) == UInt64(index + 1) * 0x1000)
            #expect(walked.start(at: index) == found.start(at: index))
            #expect(walked.record(at: index) == found.record(at: index))
        }
        #expect(found.isFromHeader)
        #expect(found.byteCount == 12 + 3 * 8)
        #expect(!walked.isFromHeader)
        #expect(walked.byteCount >= 3 * 12)
    }

    @Test(
        arguments: [
            (0xfff, 0), (0x1000, 1), (0x1fff, 1), (0x2000, 2), (0x3000, 3), (UInt64.max, 3),
        ]
            as [(UInt64, Int)]
    )
    func countsStarts(address: UInt64, expected: Int) throws {
        let (writer, table) = try fixture()
        #expect(FrameIndex(writer.section).countOfStarts(upTo: address) == expected)
        let found = FrameIndex(writer.section, table: table)
        #expect(found.countOfStarts(upTo: address) == expected)
    }

    @Test func aHeaderOfAnotherSectionIsNotUsed() throws {
        let (writer, table) = try fixture()
        let moved = FrameSection(
            kind: .ehFrame,
            address: ImageAddress(writer.address + 8),
            bytes: writer.bytes
        )
        #expect(!FrameIndex(moved, table: table).isFromHeader)
    }

    @Test func anEmptySectionHasNoFunctions() {
        let index = FrameIndex(FrameWriter().section)
        #expect(index.count == 0)
        #expect(index.countOfStarts(upTo: UInt64.max) == 0)
    }
}
