// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Testing

@Suite struct DumpTextFormatTests {
    @Test func givesTheGoldenBytes() throws {
        try Golden.expect(DumpTextFormat.encode(SampleDumps.three), in: "dump.txt")
    }

    @Test func namesCannotMoveTheCursor() {
        let bytes = DumpTextFormat.encode(SampleDumps.three)
        #expect(bytes.allSatisfy { $0 >= 0x20 || $0 == UInt8(ascii: "\n") })
    }
}
