// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A TCP socket that listens already, made by whoever started this process.
package struct ListeningSocket: Hashable, Sendable {
    /// The descriptor; the server that serves it closes it.
    package let descriptor: Int32

    /// The address that it is bound to; `0.0.0.0` and `::` are every address.
    package let address: ListenAddress

    /// Asks the kernel what a descriptor is (socket(7), getsockname(2)).
    ///
    /// - Throws: `ListeningSocketError`, which says what it is instead.
    package init(descriptor: Int32) throws(ListeningSocketError) {
        let type = try Self.option(SO_TYPE, of: descriptor)
        guard type == Int32(SOCK_STREAM.rawValue) else {
            throw ListeningSocketError(descriptor: descriptor, problem: .notStream)
        }
        guard try Self.option(SO_ACCEPTCONN, of: descriptor) != 0 else {
            throw ListeningSocketError(descriptor: descriptor, problem: .notListening)
        }
        self.descriptor = descriptor
        address = try Self.address(of: descriptor)
    }

    private static func option(
        _ name: Int32,
        of descriptor: Int32
    ) throws(ListeningSocketError) -> Int32 {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout.size(ofValue: value))
        guard getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 else {
            throw ListeningSocketError(descriptor: descriptor, problem: .noSocket(errno: errno))
        }
        return value
    }

    private static func address(
        of descriptor: Int32
    ) throws(ListeningSocketError) -> ListenAddress {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout.size(ofValue: storage))
        let answer = withUnsafeMutableBytes(of: &storage) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { pointer in
                getsockname(descriptor, pointer.baseAddress, &length)
            }
        }
        guard answer == 0 else {
            throw ListeningSocketError(descriptor: descriptor, problem: .noSocket(errno: errno))
        }
        let read = withUnsafeBytes(of: &storage) { bytes -> (host: String, port: UInt16)? in
            switch Int32(bytes.loadUnaligned(as: sa_family_t.self)) {
            case AF_INET:
                let address = bytes.loadUnaligned(as: sockaddr_in.self)
                let host = IPLiteral.text(of: address.sin_addr, family: AF_INET)
                return (host, UInt16(bigEndian: address.sin_port))
            case AF_INET6:
                let address = bytes.loadUnaligned(as: sockaddr_in6.self)
                let host = IPLiteral.text(of: address.sin6_addr, family: AF_INET6)
                return (host, UInt16(bigEndian: address.sin6_port))
            default:
                return nil
            }
        }
        guard let read else {
            throw ListeningSocketError(descriptor: descriptor, problem: .notInternet)
        }
        let isEvery = read.host == "0.0.0.0" || read.host == "::"
        return ListenAddress(host: isEvery ? "" : read.host, port: read.port)
    }
}

/// Why a descriptor that was handed over cannot be served; its description is a line for the user.
package struct ListeningSocketError: Error, Equatable, CustomStringConvertible {
    package enum Problem: Equatable, Sendable {
        /// What the kernel answered, by its number (errno(3)).
        case noSocket(errno: Int32)
        case notStream
        case notListening
        case notInternet
    }

    package let descriptor: Int32
    package let problem: Problem

    package init(descriptor: Int32, problem: Problem) {
        self.descriptor = descriptor
        self.problem = problem
    }

    package var description: String {
        let reason =
            switch problem {
            case .noSocket(let number): String(cString: strerror(number))
            case .notStream: "it takes no connections, as a datagram socket"
            case .notListening: "it does not listen, as the socket of one connection"
            case .notInternet: "it is no TCP socket"
            }
        return "descriptor \(descriptor) cannot be served: \(reason); "
            + "the socket unit needs ListenStream= with an address and a port, and Accept=no"
    }
}
