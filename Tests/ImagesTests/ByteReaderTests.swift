// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct ByteReaderTests {
    private let reader = ByteReader([1, 2, 3, 4, 5, 6, 7, 8, 9])

    @Test func readsTheLowestByteFirst() {
        #expect(reader.uint8(at: 8) == 9)
        #expect(reader.uint16(at: 1) == 0x0302)
        #expect(reader.uint32(at: 3) == 0x0706_0504)
        #expect(reader.uint64(at: 1) == 0x0908_0706_0504_0302)
    }

    @Test(arguments: [2, 3, 8, 9, 10, UInt64(Int.max), UInt64.max - 7, UInt64.max])
    func hasNothingBeyondItsEnd(offset: UInt64) {
        #expect(reader.uint64(at: offset) == nil)
        #expect(reader.bytes(at: offset, count: 8) == nil)
    }

    @Test func hasEveryByteUpToItsEnd() {
        #expect(reader.uint16(at: 7) == 0x0908)
        #expect(reader.uint16(at: 8) == nil)
        #expect(reader.bytes(at: 9, count: 0) == [])
        #expect(reader.bytes(at: 8, count: 1) == [9])
        #expect(reader.bytes(at: 0, count: UInt64.max) == nil)
    }

    @Test func measuresStrings() {
        let reader = ByteReader([0x61, 0x62, 0, 0x63, 0x64])
        #expect(reader.stringLength(at: 0, limit: 10) == .length(2))
        #expect(reader.stringLength(at: 0, limit: 2) == .length(2))
        #expect(reader.stringLength(at: 0, limit: 1) == .tooLong)
        #expect(reader.stringLength(at: 2, limit: 10) == .length(0))
        #expect(reader.stringLength(at: 3, limit: 10) == .unterminated)
        #expect(reader.stringLength(at: 3, limit: 2) == .unterminated)
        #expect(reader.stringLength(at: 3, limit: 1) == .tooLong)
        #expect(reader.stringLength(at: 5, limit: 10) == .outside)
        #expect(reader.stringLength(at: UInt64.max, limit: 10) == .outside)
    }

    @Test func hasNothingWhenEmpty() {
        #expect(ByteReader([]).uint8(at: 0) == nil)
        #expect(ByteReader([]).stringLength(at: 0, limit: 1) == .outside)
    }
}
