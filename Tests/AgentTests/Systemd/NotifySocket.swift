// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import SystemPackage

/// The service manager's end of sd_notify(3): a datagram socket in a directory of its own.
struct NotifySocket: ~Copyable {
    let path: String
    private let directory: String
    private let descriptor: Int32

    /// A socket to which messages can be sent.
    static func listening() throws(Errno) -> NotifySocket {
        let socket = NotifySocket(directory: try temporaryDirectory())
        try socket.listen()
        return socket
    }

    private init(directory: String) {
        self.directory = directory
        path = directory + "/socket"
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | O_CLOEXEC, 0)
    }

    deinit {
        close(descriptor)
        unlink(path)
        rmdir(directory)
    }

    /// Every message that has arrived, in order; a sent datagram is here before `sendmsg` returns.
    func messages() -> [String] {
        var found: [String] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            guard count >= 0 else { return found }
            found.append(String(decoding: buffer[..<count], as: UTF8.self))
        }
    }

    private func listen() throws(Errno) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0 else { throw Errno(rawValue: errno) }
    }

    private static func temporaryDirectory() throws(Errno) -> String {
        var template = Array("/tmp/ptarmigan-notify.XXXXXX".utf8CString)
        let path = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        guard let path else { throw Errno(rawValue: errno) }
        return path
    }
}
