// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc
import Testing

@Suite("ListeningSocket")
struct ListeningSocketTests {
    @Test("an address of IPv4, and its port")
    func version4() throws {
        let socket = TestSocket(AF_INET, SOCK_STREAM)
        try #require(socket.bound(to: "127.0.0.1") && socket.listening())
        let read = try ListeningSocket(descriptor: socket.descriptor)
        #expect(read.address.host == "127.0.0.1")
        #expect(read.address.port > 0)
        #expect(read.address.isLoopback)
    }

    @Test("an address of IPv6")
    func version6() throws {
        let socket = TestSocket(AF_INET6, SOCK_STREAM)
        try #require(socket.boundToVersion6("::1") && socket.listening())
        let read = try ListeningSocket(descriptor: socket.descriptor)
        #expect(read.address.host == "::1")
        #expect(read.address.port > 0)
        #expect(read.address.isLoopback)
    }

    @Test("every address is an empty host, which is not loopback")
    func everyAddress() throws {
        let version4 = TestSocket(AF_INET, SOCK_STREAM)
        try #require(version4.bound(to: "0.0.0.0") && version4.listening())
        let version6 = TestSocket(AF_INET6, SOCK_STREAM)
        try #require(version6.boundToVersion6("::") && version6.listening())
        for descriptor in [version4.descriptor, version6.descriptor] {
            let address = try ListeningSocket(descriptor: descriptor).address
            #expect(address.host.isEmpty)
            #expect(!address.isLoopback)
        }
    }

    @Test("what is no listening TCP socket is refused by what it is")
    func refused() throws {
        let datagram = TestSocket(AF_INET, SOCK_DGRAM)
        let silent = TestSocket(AF_INET, SOCK_STREAM)
        try #require(silent.bound(to: "127.0.0.1"))
        let local = TestSocket(AF_UNIX, SOCK_STREAM)
        try #require(local.boundToNothing() && local.listening())
        let file = open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer { close(file) }
        for (descriptor, problem) in [
            (datagram.descriptor, ListeningSocketError.Problem.notStream),
            (silent.descriptor, .notListening),
            (local.descriptor, .notInternet),
            (file, .noSocket(errno: ENOTSOCK)),
            (-1, .noSocket(errno: EBADF)),
        ] {
            let expected = ListeningSocketError(descriptor: descriptor, problem: problem)
            #expect(throws: expected) { try ListeningSocket(descriptor: descriptor) }
        }
    }

    @Test("an error says what the unit needs")
    func text() {
        let error = ListeningSocketError(descriptor: 3, problem: .notStream)
        #expect(
            error.description == "descriptor 3 cannot be served: it takes no connections, as a "
                + "datagram socket; the socket unit needs ListenStream= with an address and a "
                + "port, and Accept=no"
        )
    }
}
