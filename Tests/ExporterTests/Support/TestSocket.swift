// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc

/// Sockets as a service manager hands them over; closed at the end unless they are given away.
final class TestSocket {
    let descriptor: Int32

    /// A socket of any kind, bound to nothing.
    init(_ family: Int32, _ type: __socket_type) {
        descriptor = socket(family, Int32(type.rawValue | SOCK_CLOEXEC.rawValue), 0)
    }

    deinit { close(descriptor) }

    /// Binds to an address of IPv4, with a port that the kernel chooses.
    func bound(to host: String) -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else { return false }
        return bind(address)
    }

    /// Binds to an address of IPv6, with a port that the kernel chooses.
    func boundToVersion6(_ host: String) -> Bool {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        guard inet_pton(AF_INET6, host, &address.sin6_addr) == 1 else { return false }
        return bind(address)
    }

    /// Gives a UNIX socket a name of the kernel's (unix(7), autobind).
    func boundToNothing() -> Bool { bind(sa_family_t(AF_UNIX)) }

    func listening() -> Bool { listen(descriptor, 16) == 0 }

    /// A descriptor of the same socket, for a server that will close it.
    func handedOver() -> Int32 { fcntl(descriptor, F_DUPFD_CLOEXEC, 3) }

    private func bind<Address>(_ address: Address) -> Bool {
        withUnsafeBytes(of: address) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { pointer in
                guard let address = pointer.baseAddress else { return false }
                return Glibc.bind(descriptor, address, socklen_t(bytes.count)) == 0
            }
        }
    }
}
