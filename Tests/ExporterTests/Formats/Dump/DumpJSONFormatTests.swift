// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Testing

@Suite struct DumpJSONFormatTests {
    @Test func givesTheGoldenBytes() throws {
        try Golden.expect(DumpJSONFormat.encode(SampleDumps.three), in: "dump.json")
    }

    @Test func isOneLine() {
        let bytes = DumpJSONFormat.encode(SampleDumps.three)
        #expect(bytes.count { $0 == UInt8(ascii: "\n") } == 1)
        #expect(bytes.last == UInt8(ascii: "\n"))
    }
}
