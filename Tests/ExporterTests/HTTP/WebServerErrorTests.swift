// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Exporter

@Suite("WebServerError")
struct WebServerErrorTests {
    @Test(
        "says in one line what failed, where and what to do",
        arguments: [
            (EADDRINUSE, UInt16(10187), "port is in use"),
            (EADDRNOTAVAIL, 10187, "no such address"),
            (EACCES, 80, "CAP_NET_BIND_SERVICE"),
            (EACCES, 10187, "security module"),
            (EMFILE, 10187, "open files"),
        ]
    )
    func description(errorNumber: Int32, port: UInt16, words: String) {
        let error = WebServerError(
            errorNumber: errorNumber,
            listenAddress: ListenAddress(host: "::1", port: port)
        )
        #expect(error.description.hasPrefix("cannot listen on [::1]:\(port): "))
        #expect(error.description.contains(words))
        #expect(!error.description.contains("\n"))
    }
}
