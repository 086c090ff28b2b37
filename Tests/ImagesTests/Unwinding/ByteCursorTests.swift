// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct ByteCursorTests {
    private func cursor(_ bytes: [UInt8]) -> ByteCursor {
        ByteCursor(ByteReader(bytes), from: 0, to: UInt64(bytes.count))
    }

    @Test func readsOneValueAfterTheOther() {
        var cursor = cursor([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
        #expect(cursor.uint8() == 1)
        #expect(cursor.uint16() == 0x0302)
        #expect(cursor.uint32() == 0x0706_0504)
        #expect(cursor.uint64() == 0x0f0e_0d0c_0b0a_0908)
        #expect(cursor.isAtEnd)
        #expect(cursor.isSound)
    }

    @Test func staysUnsoundAfterOneReadTooMany() {
        var cursor = cursor([1, 2, 3])
        #expect(cursor.uint32() == 0)
        #expect(!cursor.isSound)
        #expect(cursor.uint8() == 0)
        #expect(cursor.offset == 0)
        #expect(!cursor.isSound)
    }

    @Test func readsNothingBeyondItsOwnEnd() {
        var cursor = ByteCursor(ByteReader([1, 2, 3, 4]), within: 1..<3)
        #expect(cursor.uint16() == 0x0302)
        #expect(cursor.uint8() == 0)
        #expect(!cursor.isSound)
    }

    @Test(arguments: [(0, 5), (5, 5), (UInt64.max, UInt64.max), (3, 2)] as [(UInt64, UInt64)])
    func isUnsoundOutsideTheBytes(from: UInt64, to: UInt64) {
        var cursor = ByteCursor(ByteReader([1, 2, 3, 4]), from: from, to: to)
        #expect(!cursor.isSound)
        #expect(cursor.uint8() == 0)
        cursor.skip(UInt64.max)
        cursor.skip(to: UInt64.max)
        #expect(!cursor.isSound)
    }

    @Test(arguments: [0, 1, 127, 128, 624_485, UInt64(Int64.max), 1 << 63, UInt64.max])
    func readsUnsignedNumbers(value: UInt64) {
        var cursor = cursor(uleb(value))
        #expect(cursor.uleb() == value)
        #expect(cursor.isSound && cursor.isAtEnd)
    }

    @Test(arguments: [0, 1, -1, 63, 64, -64, -65, -123_456, Int64.max, Int64.min])
    func readsSignedNumbers(value: Int64) {
        var cursor = cursor(sleb(value))
        #expect(cursor.sleb() == value)
        #expect(cursor.isSound && cursor.isAtEnd)
    }

    @Test func acceptsPaddedNumbers() {
        var unsigned = cursor([0x85, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00])
        #expect(unsigned.uleb() == 5)
        #expect(unsigned.isSound)
        var signed = cursor([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f])
        #expect(signed.sleb() == -1)
        #expect(signed.isSound)
    }

    @Test func rejectsNumbersOfMoreThan64Bits() {
        var cursor = cursor([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x03])
        #expect(cursor.uleb() == 0)
        #expect(!cursor.isSound)
    }

    @Test func rejectsNumbersWithoutAnEnd() {
        var short = cursor([0x80, 0x80])
        #expect(short.uleb() == 0)
        #expect(!short.isSound)
        let endless = [UInt8](repeating: 0x80, count: 100)
        var unsigned = cursor(endless)
        _ = unsigned.uleb()
        #expect(!unsigned.isSound)
        var signed = cursor(endless)
        _ = signed.sleb()
        #expect(!signed.isSound)
    }

    @Test func skipsForwardOnly() {
        var cursor = cursor([1, 2, 3, 4])
        cursor.skip(2)
        #expect(cursor.uint8() == 3)
        cursor.skip(to: 2)
        #expect(!cursor.isSound)
    }
}
