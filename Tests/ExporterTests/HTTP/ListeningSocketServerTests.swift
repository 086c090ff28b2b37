// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore
import Testing

@testable import Exporter

@Suite("ListeningSocketServer")
struct ListeningSocketServerTests {
    @Test("answers as a server that binds its address does, with the date")
    func answers() async throws {
        let socket = TestSocket(AF_INET, SOCK_STREAM)
        try #require(socket.bound(to: "127.0.0.1") && socket.listening())
        let given = try ListeningSocket(descriptor: socket.handedOver())
        try await Web.serving(socket: given) { port in
            #expect(port == Int(given.address.port))
            let answer = try await Web.exchange(Web.get("/metrics"), port: port)
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.contains("ptarmigan_groups 3\n"))
            #expect(answer.contains(/Date: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\n/))
            let foreign = Web.get("/metrics", host: "evil.example")
            let refused = try await Web.statusLine(of: foreign, port: port)
            #expect(refused == "HTTP/1.1 403 Forbidden")
        }
    }

    @Test("what was asked before the server runs is answered, also by the next one")
    func waits() async throws {
        let socket = TestSocket(AF_INET, SOCK_STREAM)
        try #require(socket.bound(to: "127.0.0.1") && socket.listening())
        for _ in 0..<2 {
            let given = try ListeningSocket(descriptor: socket.handedOver())
            let port = Int(given.address.port)
            // The kernel takes the connection; nobody accepts it yet.
            try await Web.connected(to: port, sending: Web.get("/-/healthy")) { inbound in
                try await Web.serving(socket: given) { _ in
                    var bytes: [UInt8] = []
                    for try await part in inbound { bytes += part.readableBytesView }
                    let answer = String(decoding: bytes, as: UTF8.self)
                    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
                }
            }
        }
    }

    @Test("stops though a connection is open that asks nothing")
    func stops() async throws {
        let socket = TestSocket(AF_INET, SOCK_STREAM)
        try #require(socket.bound(to: "127.0.0.1") && socket.listening())
        let given = try ListeningSocket(descriptor: socket.handedOver())
        let keptOpen = "GET /-/healthy HTTP/1.1\r\nHost: localhost\r\n\r\n"
        let port = Int(given.address.port)
        try await Web.connected(to: port, sending: keptOpen) { inbound in
            try await Web.serving(socket: given) { port in
                // Connections are taken in their order, so the first one is taken by now.
                let line = try await Web.statusLine(of: Web.get("/-/healthy"), port: port)
                #expect(line == "HTTP/1.1 200 OK")
            }
            var bytes: [UInt8] = []
            for try await part in inbound { bytes += part.readableBytesView }
            #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
    }

    @Test("every address is off loopback: no profiles for whoever can connect")
    func everyAddress() throws {
        let socket = TestSocket(AF_INET, SOCK_STREAM)
        try #require(socket.bound(to: "0.0.0.0") && socket.listening())
        var configuration = WebConfiguration()
        #expect(configuration.profileRefusal == nil)
        configuration.socket = try ListeningSocket(descriptor: socket.descriptor)
        #expect(configuration.profileRefusal != nil)
    }
}
