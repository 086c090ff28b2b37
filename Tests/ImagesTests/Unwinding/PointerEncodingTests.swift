// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct PointerEncodingTests {
    /// Reads an address that begins 8 bytes into a section at 0x1000, with data at 0x5000.
    private func address(_ encoding: UInt8, _ bytes: [UInt8], data: UInt64? = 0x5000) -> UInt64? {
        let reader = ByteReader([UInt8](repeating: 0xee, count: 8) + bytes)
        var cursor = ByteCursor(reader, from: 8, to: reader.count)
        let bases = PointerEncoding.Bases(section: 0x1000, data: data)
        let address = PointerEncoding(rawValue: encoding).address(&cursor, bases)
        return cursor.isSound ? address : nil
    }

    @Test(
        arguments: [
            (0x00, little(UInt64(0x1234_5678_9abc)), 0x1234_5678_9abc),
            (0x01, [0x80, 0x01], 0x80), (0x02, little(UInt16(0xfff0)), 0xfff0),
            (0x03, little(UInt32(0xffff_fff0)), 0xffff_fff0),
            (0x04, little(UInt64(7)), 7), (0x09, [0x7f], UInt64.max),
            (0x0a, little(Int16(-2)), UInt64.max - 1), (0x0b, little(Int32(-2)), UInt64.max - 1),
            (0x0c, little(Int64(-2)), UInt64.max - 1),
            // From the place of the value itself, which is at 0x1008.
            (0x1b, little(Int32(-8)), 0x1000), (0x10, little(UInt64(0x10)), 0x1018),
            (0x3b, little(Int32(-0x10)), 0x4ff0),
        ] as [(UInt8, [UInt8], UInt64)]
    )
    func reads(encoding: UInt8, bytes: [UInt8], expected: UInt64) {
        #expect(address(encoding, bytes) == expected)
        #expect(address(encoding, Array(bytes.dropLast())) == nil)
    }

    @Test(arguments: [0x9b, 0x80, 0x20, 0x40, 0x50, 0x05, 0x0f, 0xff] as [UInt8])
    func leavesOutWhatItDoesNotKnow(encoding: UInt8) {
        #expect(address(encoding, [UInt8](repeating: 0, count: 16)) == nil)
    }

    @Test func knowsNoDataWhereThereIsNone() {
        #expect(address(0x3b, little(Int32(1)), data: nil) == nil)
    }

    @Test func wrapsAroundTheAddressSpace() {
        #expect(address(0x10, little(UInt64.max)) == 0x1007)
    }
}
