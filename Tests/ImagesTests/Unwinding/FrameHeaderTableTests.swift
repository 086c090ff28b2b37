// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct FrameHeaderTableTests {
    private let writer = FrameWriter()
    private let functions: [(start: UInt64, record: Int)] = [(0x1000, 0x20), (0x2000, 0x40)]
    private let address = ImageAddress(0x8_0000)

    @Test func namesTheSectionAndEveryFunction() throws {
        let table = try #require(FrameHeaderTable(writer.header(of: functions), at: address))
        #expect(table.sectionAddress == writer.address)
        #expect(table.count == 2)
        for (index, function) in functions.enumerated() {
            #expect(table.start(at: index) == function.start)
            #expect(table.record(at: index) == writer.address + UInt64(function.record))
        }
    }

    @Test func truncatedAtEveryLength() {
        let header = writer.header(of: functions)
        for count in 0..<header.count {
            #expect(FrameHeaderTable(Array(header.prefix(count)), at: address) == nil)
        }
    }

    @Test func hasNoTableInAnotherEncoding() throws {
        for (index, value) in [(3, 0x1b), (3, 0xff), (2, 0xff)] as [(Int, UInt8)] {
            var header = writer.header(of: functions)
            header[index] = value
            let table = try #require(FrameHeaderTable(header, at: address))
            #expect(table.sectionAddress == writer.address)
            #expect(table.count == 0)
        }
    }

    @Test func rejectsOtherVersionsAndSections() {
        for (index, value) in [(0, 2), (1, 0xff), (1, 0x9b)] as [(Int, UInt8)] {
            var header = writer.header(of: functions)
            header[index] = value
            #expect(FrameHeaderTable(header, at: address) == nil)
        }
    }

    @Test func boundsTheCount() {
        var header = writer.header(of: functions)
        header.replaceSubrange(8..<12, with: little(UInt32(3)))
        #expect(FrameHeaderTable(header, at: address) == nil)
        header.replaceSubrange(8..<12, with: little(UInt32.max))
        #expect(FrameHeaderTable(header, at: address) == nil)
    }
}
