// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Exporter

@Suite("JSONText")
struct JSONTextTests {
    @Test(
        "quotes, control characters and < are escaped",
        arguments: [
            ("", #""""#), ("a\"b\\c", #""a\"b\\c""#), ("\u{0}\n\u{7f}", ##""\u0000\u000a\u007f""##),
            ("</script>", #""\u003c/script>""#), ("é🐦", "\"é🐦\""),
        ]
    )
    func quoted(text: String, expected: String) {
        #expect(JSONText.quoted(text) == expected)
    }

    @Test("any text reads back the same")
    func readsBack() throws {
        for text in SampleProfiles.hostileNames {
            let json = Data(JSONText.quoted(text).utf8)
            let read = try JSONSerialization.jsonObject(with: json, options: .fragmentsAllowed)
            #expect(read as? String == text)
        }
    }
}
