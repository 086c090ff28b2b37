// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore
import Testing

@testable import Exporter

@Suite("AdminServerError")
struct AdminServerErrorTests {
    @Test("names the path and the reason")
    func descriptions() {
        let cases: [(AdminServerError.Problem, String)] = [
            (.inUse, "another agent listens"), (.noSocket, "no socket"), (.tooLong, "107 bytes"),
            (.system(EACCES), "Permission denied"), (.other("odd"), "odd"),
        ]
        for (problem, text) in cases {
            let description = AdminServerError(problem, path: "/run/x\u{1b}").description
            #expect(description.hasPrefix("cannot listen on /run/x\u{fffd}: "))
            #expect(description.contains(text))
        }
    }

    @Test("tells errors of the kernel from others")
    func kinds() {
        let kernel = IOError(errnoCode: EROFS, reason: "bind")
        #expect(AdminServerError(kernel, path: "x").problem == .system(EROFS))
        let long = SocketAddressError.unixDomainSocketPathTooLong
        #expect(AdminServerError(long, path: "x").problem == .tooLong)
        #expect(AdminServerError(CancellationError(), path: "x").problem != .tooLong)
    }
}
