// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct PunycodeTests {
    private func decode(_ basic: String, _ encoded: String) -> String? {
        Punycode.decode(basic: Array(basic.utf8)[...], encoded: Array(encoded.utf8)[...])
    }

    @Test(arguments: [
        // RFC 3492, 7.1: Arabic, Czech, Hebrew and Japanese with ASCII.
        ("", "egbpdaj6bu4bxfgehfvwxn", "ليهمابتكلموشعربي؟"),
        ("Proprostnemluvesky", "uyb24dma41a", "Pročprostěnemluvíčesky"),
        ("", "4dbcagdahymbxekheh6e0a7fei0b", "למההםפשוטלאמדבריםעברית"),
        ("MajiKoi5", "783gue6qz075azm5e", "MajiでKoiする5秒前"), ("gre", "6ka8i", "größe"),
    ])
    func readsWhatTheSpecificationGives(basic: String, encoded: String, text: String) {
        #expect(decode(basic, encoded) == text)
    }

    @Test(arguments: ["A", "-", "z", "99999999", "zzzzzzzzzzzzzzzz", "6ka8", "\u{0}"])
    func refusesWhatIsMalformed(encoded: String) { #expect(decode("gre", encoded) == nil) }

    @Test func boundsTheCharacters() {
        #expect(decode(String(repeating: "a", count: 127), "a")?.unicodeScalars.count == 128)
        #expect(decode(String(repeating: "a", count: 128), "a") == nil)
        #expect(decode("", String(repeating: "a", count: 1000)) == nil)
    }
}
