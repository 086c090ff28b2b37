// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

@Suite("CallJSONFormat")
struct CallJSONFormatTests {
    @Test("gives the golden bytes")
    func golden() throws {
        try Golden.expect(CallJSONFormat.encode(SampleCalls.timed), in: "calls.json")
    }

    @Test("windows have rates, and what they came to")
    func watched() throws {
        try Golden.expect(CallJSONFormat.encode(SampleCalls.watched), in: "watched-calls.json")
    }

    @Test("what was only counted has no times")
    func counted() {
        let text = String(decoding: CallJSONFormat.encode(SampleCalls.counted), as: UTF8.self)
        #expect(
            text.contains(#"{"name":"openat","calls":1001,"errors":{},"times":null,"rate":null}"#)
        )
        #expect(text.hasSuffix("}\n"))
    }
}
