// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("Base64")
struct Base64Tests {
    @Test(
        "reads the examples of RFC 4648",
        arguments: [
            ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"),
            ("Zm9vYmE=", "fooba"), ("Zm9vYmFy", "foobar"),
        ]
    )
    func examples(text: String, expected: String) {
        #expect(Base64.decode(text[...].utf8) == Array(expected.utf8))
    }

    @Test("reads each digit")
    func digits() {
        let text = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        let bytes = Base64.decode(text[...].utf8) ?? []
        #expect(bytes.count == 48)
        #expect(base64(bytes) == text)
    }

    @Test(
        "refuses what is not base 64",
        arguments: [
            "Z", "Zg", "Zg=", "Zg===", "====", "A===", "=Zg=", "Zg=g", "Zm9v\n", "Zm 9", "Zm-_",
            // Bits behind the last byte.
            "Zh==", "Zm9=",
        ]
    )
    func malformed(text: String) {
        #expect(Base64.decode(text[...].utf8) == nil)
    }
}
