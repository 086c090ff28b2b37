// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("BasicCredentials")
struct BasicCredentialsTests {
    private func header(_ text: String) -> String {
        "Basic " + base64(Array(text.utf8))
    }

    @Test(
        "reads a name and a password, which may have colons",
        arguments: [
            ("Aladdin:open sesame", "Aladdin", "open sesame"), ("a:b:c", "a", "b:c"),
            (":", "", ""), ("a:", "a", ""), ("é:ü", "é", "ü"),
        ]
    )
    func reads(text: String, user: String, password: String) {
        let credentials = BasicCredentials(header: header(text))
        #expect(credentials?.user == user)
        #expect(credentials?.password == Array(password.utf8))
    }

    @Test("takes the scheme in any case and more than one blank")
    func scheme() {
        #expect(BasicCredentials(header: "bAsIc   YTpi")?.user == "a")
    }

    @Test(
        "refuses what is malformed",
        arguments: [
            "", "Basic", "Basic ", "Basic !", "Basic YQ==", "Bearer YTpi", "YTpi",
            "Basic YTpi YTpi",
            "Basic YTpi, Basic YTpi", "Basic YTpi\t",
        ]
    )
    func malformed(header: String) {
        #expect(BasicCredentials(header: header) == nil)
    }

    @Test("refuses control characters, and names that are no text")
    func characters() {
        #expect(BasicCredentials(header: header("a:b\0c")) == nil)
        #expect(BasicCredentials(header: header("a\n:b")) == nil)
        #expect(BasicCredentials(header: header("a:\u{7f}")) == nil)
        #expect(
            BasicCredentials(header: "Basic " + base64([0xff, UInt8(ascii: ":"), 0x61])) == nil
        )
    }

    @Test("bounds names and passwords")
    func bounds() {
        func text(_ user: Int, _ password: Int) -> String {
            String(repeating: "u", count: user) + ":" + String(repeating: "p", count: password)
        }
        #expect(BasicCredentials(header: header(text(255, 511))) != nil)
        #expect(BasicCredentials(header: header(text(256, 1))) == nil)
        #expect(BasicCredentials(header: header(text(1, 512))) == nil)
        #expect(BasicCredentials(header: header(text(1, 100_000))) == nil)
    }
}
