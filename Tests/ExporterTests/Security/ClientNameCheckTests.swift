// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOEmbedded
import NIOSSL
import Testing

@testable import Exporter

@Suite("ClientNameCheck")
struct ClientNameCheckTests {
    @Test("finds the alternative names of a certificate, addresses as they are written")
    func names() throws {
        let bytes = try TestCertificates.shared.get().bytes("client.crt")
        let certificate = try #require(try NIOSSLCertificate.fromPEMBytes(bytes).first)
        #expect(
            ClientNameCheck.names(of: certificate) == [
                "scraper.example", "192.0.2.7", "2001:db8::7", "a@b.example",
            ]
        )
        let own = try TestCertificates.shared.get().bytes("ca.crt")
        let authority = try #require(try NIOSSLCertificate.fromPEMBytes(own).first)
        #expect(ClientNameCheck.names(of: authority).isEmpty)
    }

    @Test("lets nothing through that comes without a certificate, and closes")
    func closes() throws {
        let channel = EmbeddedChannel()
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        try channel.pipeline.syncOperations.addHandler(ClientNameCheck(allowed: ["a"]))
        channel.pipeline.fireChannelRead(ByteBuffer(string: "GET"))
        #expect(try channel.readInbound(as: ByteBuffer.self) == nil)
        #expect(!channel.isActive)
    }
}
