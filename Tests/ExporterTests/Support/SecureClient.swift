// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A client of TLS that asks a server on loopback for one page.
struct SecureClient {
    /// What came back.
    struct Answer {
        /// Nil if nothing did.
        let statusLine: String?
        /// The server's.
        let certificate: NIOSSLCertificate?
    }

    /// The authority that the server must be from.
    var authority = "ca"
    /// Whose certificate it shows; nil for none.
    var name: String?
    var versions: ClosedRange<Int> = 12...13

    /// Asks for metrics.
    ///
    /// - Throws: whatever ends the connection before there is an answer.
    func ask(port: Int, headers: [String] = []) async throws -> Answer {
        let context = try context()
        let shown = ShownCertificate()
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        NIOSSLClientHandler(context: context, serverHostname: "localhost")
                    )
                    try channel.pipeline.syncOperations.addHandler(shown)
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel
                    )
                }
            }
        let lines = ["GET /metrics HTTP/1.1", "Host: localhost", "Connection: close"] + headers
        let request = lines.map { $0 + "\r\n" }.joined() + "\r\n"
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            var answer = ByteBuffer()
            var iterator = inbound.makeAsyncIterator()
            guard let first = try await iterator.next() else {
                return Answer(statusLine: nil, certificate: nil)
            }
            answer.writeImmutableBuffer(first)
            while var part = try await iterator.next() { answer.writeBuffer(&part) }
            let text = String(buffer: answer)
            return Answer(
                statusLine: text.split(separator: "\r\n").first.map(String.init),
                certificate: shown.certificate
            )
        }
    }

    private func context() throws -> NIOSSLContext {
        let certificates = try TestCertificates.shared.get()
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates(
            try NIOSSLCertificate.fromPEMBytes(try certificates.bytes("\(authority).crt"))
        )
        configuration.minimumTLSVersion = versions.lowerBound == 12 ? .tlsv12 : .tlsv13
        configuration.maximumTLSVersion = versions.upperBound == 12 ? .tlsv12 : .tlsv13
        if let name {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMBytes(
                try certificates.bytes("\(name).crt")
            ).map { .certificate($0) }
            configuration.privateKey = .privateKey(
                try NIOSSLPrivateKey(bytes: try certificates.bytes("\(name).key"), format: .pem)
            )
        }
        return try NIOSSLContext(configuration: configuration)
    }
}

/// Keeps the certificate of a server while there is a connection to it.
private final class ShownCertificate: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let state = Mutex<NIOSSLCertificate?>(nil)

    var certificate: NIOSSLCertificate? { state.withLock { $0 } }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let found = try? context.pipeline.syncOperations.nioSSL_peerCertificate()
        if let found { state.withLock { $0 = found } }
        context.fireChannelRead(data)
    }
}
