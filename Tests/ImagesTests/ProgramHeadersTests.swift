// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct ProgramHeadersTests {
    private func headers(_ segments: [ELFWriter.Segment]) throws -> ProgramHeaders {
        var writer = ELFWriter()
        writer.segments = segments
        let table = Array(writer.bytes()[64..<(64 + 56 * segments.count)])
        return try ProgramHeaders(parsing: table, pageBytes: 4096)
    }

    @Test func translatesThroughTheSegmentThatHoldsTheByte() throws {
        let headers = try headers([
            .init(flags: 4, offset: 0, address: 0x40_0000, bytes: 0x1000),
            .init(flags: 5, offset: 0x1000, address: 0x40_2000, bytes: 0x800),
        ])
        #expect(headers.address(atFileOffset: 0)?.rawValue == 0x40_0000)
        #expect(headers.address(atFileOffset: 0x1000)?.rawValue == 0x40_2000)
        #expect(headers.address(atFileOffset: 0x17ff)?.rawValue == 0x40_27ff)
        #expect(headers.address(atFileOffset: 0x1800) == nil)
        #expect(headers.address(atFileOffset: UInt64.max) == nil)
        #expect(headers.lowestAddress?.rawValue == 0x40_0000)
    }

    @Test func prefersCodeWhereSegmentsShareAPage() throws {
        // As lld lays files out: no padding, each segment one page further in memory.
        let headers = try headers([
            .init(flags: 4, offset: 0, address: 0, bytes: 0x1234),
            .init(flags: 5, offset: 0x1234, address: 0x2234, bytes: 0x500),
            .init(flags: 6, offset: 0x1734, address: 0x3734, bytes: 0x100),
        ])
        #expect(headers.address(atFileOffset: 0x1234)?.rawValue == 0x2234)
        #expect(headers.address(atFileOffset: 0x1733)?.rawValue == 0x2733)
        #expect(headers.address(atFileOffset: 0x1200)?.rawValue == 0x2200)
        #expect(headers.address(atFileOffset: 0xfff)?.rawValue == 0xfff)
        #expect(headers.address(atFileOffset: 0x1734)?.rawValue == 0x3734)
    }

    @Test func findsNotes() throws {
        let headers = try headers([
            .init(type: 4, flags: 4, offset: 0x200, address: 0x200, bytes: 36, alignment: 4),
            .init(type: 6, flags: 4, offset: 0x40, address: 0x40, bytes: 112),
        ])
        #expect(headers.notes == [NoteExtent(fileOffset: 0x200, byteCount: 36, alignment: 4)])
        #expect(headers.loads.isEmpty)
        #expect(headers.lowestAddress == nil)
        #expect(headers.address(atFileOffset: 0x200) == nil)
    }

    @Test func findsTheSearchTableOfUnwindRecords() throws {
        let table = ELFWriter.Segment(
            type: 0x6474_e550,
            flags: 4,
            offset: 0x300,
            address: 0x1300,
            bytes: 40
        )
        let found = try headers([.init(offset: 0, address: 0x1000, bytes: 0x800), table])
        #expect(found.loads.count == 1)
        #expect(found.unwindHeader?.fileOffset == 0x300)
        #expect(found.unwindHeader?.address.rawValue == 0x1300)
        #expect(found.unwindHeader?.fileBytes == 40)
        #expect(try headers([.init(offset: 0, address: 0, bytes: 1)]).unwindHeader == nil)
    }

    @Test func refusesSegmentsThatWrapAround() {
        #expect(throws: ImageFailure.malformedHeader) {
            try headers([.init(offset: UInt64.max - 1, address: 0, bytes: 4)])
        }
        #expect(throws: ImageFailure.malformedHeader) {
            try headers([.init(offset: 0, address: UInt64.max - 1, bytes: 4)])
        }
    }

    @Test func refusesEveryPartOfAHeader() {
        for count in 1..<ProgramHeaders.entryBytes {
            #expect(throws: ImageFailure.truncated) {
                try ProgramHeaders(parsing: [UInt8](repeating: 0, count: count), pageBytes: 4096)
            }
        }
    }
}
