// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore

/// Why the admin socket can't be had; its description is a line for the user.
package struct AdminServerError: Error, Equatable, CustomStringConvertible {
    package enum Problem: Equatable, Sendable {
        /// Another agent answers there.
        case inUse
        /// There is something else, which is nobody's to take away.
        case noSocket
        case tooLong
        /// An error of the kernel (errno(3)).
        case system(Int32)
        case other(String)
    }

    package let path: String
    package let problem: Problem

    package init(_ problem: Problem, path: String) {
        self.problem = problem
        self.path = path
    }

    init(_ error: any Error, path: String) {
        let problem: Problem =
            switch error {
            case let error as IOError: .system(error.errnoCode)
            case is SocketAddressError: .tooLong
            default: .other("\(error)")
            }
        self.init(problem, path: path)
    }

    package var description: String {
        let reason =
            switch problem {
            case .inUse: "another agent listens there; give this one another --admin.socket"
            case .noSocket: "there is a file that is no socket"
            case .tooLong: "the path of a socket has at most \(Self.longestPath) bytes"
            case .system(let number): String(cString: strerror(number))
            case .other(let text): text
            }
        return "cannot listen on \(VisibleText(replacingControlsIn: path)): \(reason)"
    }

    /// unix(7): `sun_path` has 108 bytes, and the last one is zero.
    package static let longestPath = 107
}
