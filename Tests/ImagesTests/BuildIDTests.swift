// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct BuildIDTests {
    @Test func isWrittenInLowerCaseHexadecimal() {
        #expect(BuildID([0x00, 0x1f, 0xa0, 0xff])?.description == "001fa0ff")
    }

    @Test func hasOneTo64Bytes() {
        #expect(BuildID([]) == nil)
        #expect(BuildID([7]) != nil)
        #expect(BuildID([UInt8](repeating: 1, count: 64)) != nil)
        #expect(BuildID([UInt8](repeating: 1, count: 65)) == nil)
    }

    @Test(
        arguments: [
            ("0a", [0x0a]), ("ff00", [0xff, 0]), ("", nil), ("0", nil), ("0G", nil), ("0A", nil),
            (" 0", nil),
        ] as [(String, [UInt8]?)]
    )
    func isReadAsItIsWritten(text: String, bytes: [UInt8]?) {
        #expect(BuildID(hexadecimal: text)?.bytes == bytes)
    }
}
