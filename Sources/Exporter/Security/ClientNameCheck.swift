// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore
import NIOSSL

/// Lets a connection be used if its client's certificate has an alternative name of a list.
///
/// The library has verified the certificate by then. What a client sends before its name was found
/// to be in the list goes nowhere.
final class ClientNameCheck: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let allowed: Set<String>
    private var isAdmitted = false

    init(allowed: Set<String>) { self.allowed = allowed }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if !isAdmitted {
            // There is data, so the handshake is over and the certificate is here.
            let pipeline = context.pipeline.syncOperations
            let certificate = try? pipeline.nioSSL_peerCertificate()
            guard let certificate, !allowed.isDisjoint(with: Self.names(of: certificate)) else {
                context.close(promise: nil)
                return
            }
            isAdmitted = true
        }
        context.fireChannelRead(data)
    }

    /// The DNS names, mail addresses, addresses and URIs that a certificate is for.
    static func names(of certificate: NIOSSLCertificate) -> Set<String> {
        var names: Set<String> = []
        for name in certificate._subjectAlternativeNames() {
            let bytes = name.contents.withUnsafeBufferPointer { Array($0) }
            switch name.nameType {
            case .dnsName, .email, .uri:
                names.insert(String(decoding: bytes, as: UTF8.self))
            case .ipAddress:
                if let address = address(bytes) { names.insert(address) }
            default: break
            }
        }
        return names
    }

    private static func address(_ bytes: [UInt8]) -> String? {
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

@available(*, unavailable)
extension ClientNameCheck: Sendable {}
