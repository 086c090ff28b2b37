// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Testing

@Suite("ListenAddress")
struct ListenAddressTests {
    @Test(
        "reads what a command line gives",
        arguments: [
            ("127.0.0.1:10187", "127.0.0.1", 10187, true),
            (":9100", "", 9100, false),
            ("[::1]:80", "::1", 80, true),
            ("[::]:0", "::", 0, false),
            ("localhost:65535", "localhost", 65535, true),
            ("0.0.0.0:1", "0.0.0.0", 1, false),
            ("127.evil.example:1", "127.evil.example", 1, false),
            ("node_1.example-host:1", "node_1.example-host", 1, false),
        ] as [(String, String, UInt16, Bool)]
    )
    func good(text: String, host: String, port: UInt16, isLoopback: Bool) throws {
        let address = try ListenAddress(parsing: text)
        #expect(address == ListenAddress(host: host, port: port))
        #expect(address.description == text)
        #expect(address.isLoopback == isLoopback)
    }

    @Test(
        "says what is wrong",
        arguments: [
            ("", ListenAddressError.Problem.noPort), ("10187", .noPort), ("host", .noPort),
            ("host:", .badPort), ("host:65536", .badPort), ("host:-1", .badPort),
            ("host:+1", .badPort), ("host:http", .badPort), ("[::1]", .badPort),
            ("::1:80", .noBrackets), ("[host]:80", .badHost), ("[]:80", .badHost),
            ("a b:80", .badHost), ("http://host:80", .badHost), ("h\u{f6}st:80", .badHost),
            ("h\n:80", .badHost), (String(repeating: "a", count: 254) + ":80", .badHost),
        ]
    )
    func bad(text: String, problem: ListenAddressError.Problem) {
        let error = #expect(throws: ListenAddressError.self) {
            try ListenAddress(parsing: text)
        }
        #expect(error?.problem == problem)
        #expect(error?.description.contains("127.0.0.1:10187") == true)
        #expect(error?.description.contains("\n") == false)
    }

    @Test("only this host can connect unless told otherwise")
    func standard() {
        #expect(ListenAddress.standard.description == "127.0.0.1:10187")
        #expect(ListenAddress.standard.isLoopback)
    }
}
