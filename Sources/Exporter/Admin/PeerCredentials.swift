// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
package import NIOCore

/// Who has connected to a UNIX socket, as the kernel says (`SO_PEERCRED`, unix(7)): a client can't
/// say anything else.
package struct PeerCredentials: Hashable, Sendable {
    /// 0 where its number means nothing here.
    package let process: Int32
    package let user: UInt32
    package let group: UInt32

    package init(process: Int32, user: UInt32, group: UInt32) {
        self.process = process
        self.user = user
        self.group = group
    }

    /// `struct ucred`.
    private struct Kernel: Sendable {
        let process: pid_t
        let user: uid_t
        let group: gid_t
    }

    /// Asks the kernel; nil for a channel that is no UNIX socket.
    package static func of(_ channel: any Channel) async -> PeerCredentials? {
        guard case .unixDomainSocket? = channel.localAddress,
            let socket = channel as? any SocketOptionProvider
        else { return nil }
        let found: EventLoopFuture<Kernel> = socket.unsafeGetSocketOption(
            level: SocketOptionLevel(SOL_SOCKET),
            name: SocketOptionName(SO_PEERCRED)
        )
        guard let kernel = try? await found.get() else { return nil }
        return PeerCredentials(
            process: kernel.process,
            user: kernel.user,
            group: kernel.group
        )
    }
}
