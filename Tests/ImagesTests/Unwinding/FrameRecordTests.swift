// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct FrameRecordTests {
    @Test(arguments: [false, true], [FrameSection.Kind.ehFrame, .debugFrame])
    func tellsTheTwoKindsApart(isWide: Bool, kind: FrameSection.Kind) throws {
        var writer = FrameWriter(kind: kind)
        writer.addCommon(isWide: isWide)
        let second = writer.addCommon(isWide: isWide)
        let function = writer.addFunction(
            of: second,
            at: 0x1000,
            byteCount: 16,
            isWide: isWide
        )
        let common = try #require(FrameRecord(writer.section, at: UInt64(second)))
        #expect(common.content == .common)
        #expect(common.body.upperBound == UInt64(function))
        let record = try #require(FrameRecord(writer.section, at: UInt64(function)))
        #expect(record.content == .function(commonAt: UInt64(second)))
        #expect(record.body.upperBound == UInt64(writer.bytes.count))
    }

    private func record(_ bytes: [UInt8]) -> FrameRecord? {
        FrameRecord(FrameSection(kind: .ehFrame, address: ImageAddress(0), bytes: bytes), at: 0)
    }

    @Test func endsAtTheTerminator() {
        #expect(record([0, 0, 0, 0, 1, 2, 3, 4]) == nil)
        #expect(record([]) == nil)
        #expect(record([1, 0, 0]) == nil)
    }

    @Test func rejectsLengthsBeyondTheSection() {
        #expect(record(little(UInt32(4)) + little(UInt32(0))) != nil)
        #expect(record(little(UInt32(5)) + little(UInt32(0))) == nil)
        #expect(record(little(UInt32.max) + little(UInt64.max) + little(UInt32(0))) == nil)
        // No room for the identifier.
        #expect(record(little(UInt32(3)) + [0, 0, 0]) == nil)
    }

    @Test func rejectsAReferenceBeforeTheSection() {
        #expect(record(little(UInt32(4)) + little(UInt32(4))) != nil)
        #expect(record(little(UInt32(4)) + little(UInt32(5))) == nil)
    }
}
