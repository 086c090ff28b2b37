// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc

/// The file of the admin socket.
struct AdminSocketFile: Equatable, Sendable {
    let path: String
    /// Whether it was named on the command line, so that the agent does not do without it.
    let isRequired: Bool

    /// The file that an agent listens on; nil for none.
    ///
    /// - Parameter option: what `--admin.socket` says, which is empty for none; nil where it is not
    ///   given.
    init?(option: String?, runtime: RuntimeDirectory?) {
        switch option {
        case ""?: return nil
        case let path?: self.init(path: path, isRequired: true)
        case nil:
            guard let runtime else { return nil }
            self.init(path: runtime.adminSocketPath, isRequired: false)
        }
    }

    init(path: String, isRequired: Bool) {
        self.path = path
        self.isRequired = isRequired
    }

    /// Makes sure that the path is free, or has the socket of an agent that has died.
    ///
    /// Two agents that begin at the same moment could both find that; of a directory that only
    /// their user may write, both are that user's.
    func check() throws(AdminServerError) {
        guard path.utf8.count <= AdminServerError.longestPath else {
            throw AdminServerError(.tooLong, path: path)
        }
        var status = stat()
        guard lstat(path, &status) == 0 else {
            guard errno == ENOENT else { throw AdminServerError(.system(errno), path: path) }
            return
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw AdminServerError(.noSocket, path: path)
        }
        switch connectionError() {
        case ECONNREFUSED, ENOENT: return
        // A live one may be too busy to take the connection.
        case 0, EAGAIN: throw AdminServerError(.inUse, path: path)
        case let number: throw AdminServerError(.system(number), path: path)
        }
    }

    /// What came of an attempt to connect; 0 for a connection.
    private func connectionError() -> Int32 {
        let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        let file = socket(AF_UNIX, Int32(kind), 0)
        guard file >= 0 else { return errno }
        defer { close(file) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { room in
            room.copyBytes(from: path.utf8.prefix(room.count - 1))
        }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(file, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return result == 0 ? 0 : errno
    }
}
