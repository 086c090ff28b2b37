// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore

/// Why the web server could not start; its description is a line for the user.
package enum WebServerError: Error, Equatable, CustomStringConvertible {
    case addressInUse(ListenAddress)
    case addressNotAvailable(ListenAddress)
    case notPermitted(ListenAddress)
    case unknownHost(ListenAddress)

    /// Another error of the kernel, by its number (errno(3)).
    case system(ListenAddress, errorNumber: Int32)

    /// What an error means that came from binding the socket; nil if it is of another kind.
    init?(_ error: any Error, listenAddress: ListenAddress) {
        switch error {
        case let error as IOError:
            self.init(errorNumber: error.errnoCode, listenAddress: listenAddress)
        case is SocketAddressError:
            self = .unknownHost(listenAddress)
        default:
            return nil
        }
    }

    init(errorNumber: Int32, listenAddress: ListenAddress) {
        self =
            switch errorNumber {
            case EADDRINUSE: .addressInUse(listenAddress)
            case EADDRNOTAVAIL: .addressNotAvailable(listenAddress)
            case EACCES, EPERM: .notPermitted(listenAddress)
            default: .system(listenAddress, errorNumber: errorNumber)
            }
    }

    package var description: String {
        switch self {
        case .addressInUse(let address):
            "cannot listen on \(address): the port is in use; "
                + "stop the program that has it, or choose another with --web.listen-address"
        case .addressNotAvailable(let address):
            "cannot listen on \(address): this host has no such address; "
                + "give one that it has with --web.listen-address"
        case .notPermitted(let address) where address.port < 1024:
            "cannot listen on \(address): ports below 1024 need CAP_NET_BIND_SERVICE; "
                + "choose a higher one with --web.listen-address"
        case .notPermitted(let address):
            "cannot listen on \(address): not permitted; "
                + "a security module or a socket policy of the service forbids it"
        case .unknownHost(let address):
            "cannot listen on \(address): the host name is not known; "
                + "give an address of this host with --web.listen-address"
        case .system(let address, let errorNumber):
            "cannot listen on \(address): \(String(cString: strerror(errorNumber)))"
        }
    }
}
