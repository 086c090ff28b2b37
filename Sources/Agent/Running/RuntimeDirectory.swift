// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles

/// Where a running agent and `ptarmigan release` meet: files that only their user may write.
///
/// `/run/ptarmigan` for root, else `$XDG_RUNTIME_DIR/ptarmigan`; systemd's `$RUNTIME_DIRECTORY`
/// comes first. A request to let a process alone is a file `let-alone-PID` that holds seconds; the
/// agent takes it away within a second, which is its answer.
struct RuntimeDirectory: Sendable {
    /// A request to let a process alone for a time.
    struct Request: Sendable, Equatable {
        let process: ProcessID
        let seconds: UInt64
    }

    let path: String

    /// Longest time that a request may ask for, and most requests taken at once.
    static let maximumSeconds: UInt64 = 86_400
    static let requestLimit = 256

    private static let requestPrefix = "let-alone-"
    private static let pagePrefix = "in-hand-"

    /// Finds the directory and makes it if it is missing.
    ///
    /// - Throws: `Failure` if there is no place for it, or the place is somebody else's.
    static func open() throws -> RuntimeDirectory {
        guard let path = candidate() else {
            throw Failure(
                .failed,
                "no directory for requests: set XDG_RUNTIME_DIR or RUNTIME_DIRECTORY"
            )
        }
        mkdir(path, 0o700)
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
            status.st_uid == geteuid() || geteuid() == 0, status.st_mode & 0o022 == 0
        else {
            throw Failure(.failed, "\(path) must be a directory that only its user can write")
        }
        return RuntimeDirectory(path: path)
    }

    /// Where an agent listens for its users' requests unless it is told otherwise.
    var adminSocketPath: String { "\(path)/\(Self.adminSocketName)" }

    /// Where a client looks for such a socket: that of its own user's agent, then the host's.
    static var adminSocketCandidates: [String] {
        let own = candidate()
        let paths = own == hostPath ? [hostPath] : [own, hostPath].compactMap { $0 }
        return paths.map { "\($0)/\(adminSocketName)" }
    }

    private static let adminSocketName = "admin.sock"
    private static let hostPath = "/run/ptarmigan"

    private static func candidate() -> String? {
        if let given = getenv("RUNTIME_DIRECTORY") { return String(cString: given) }
        if geteuid() == 0 { return hostPath }
        return getenv("XDG_RUNTIME_DIR").map { String(cString: $0) + "/ptarmigan" }
    }

    /// Makes the page in which an agent names the targets in hand; -1 if it can't.
    func createPage(_ name: String) -> Int32 {
        Glibc.open(
            "\(path)/\(Self.pagePrefix)\(getpid())",
            O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
            0o600
        )
    }

    /// Takes the page away when the agent ends in order.
    func removePage() { unlink("\(path)/\(Self.pagePrefix)\(getpid())") }

    /// The pages of agents that have died, with the agent's number.
    func abandonedPages() -> [(agent: ProcessID, path: String)] {
        entries().compactMap { name in
            guard name.hasPrefix(Self.pagePrefix),
                let agent = Int32(name.dropFirst(Self.pagePrefix.count)),
                kill(agent, 0) != 0, errno == ESRCH
            else { return nil }
            return (ProcessID(agent), "\(path)/\(name)")
        }
    }

    /// Asks the running agent to let a process alone.
    ///
    /// - Returns: whether the request could be written.
    func request(_ request: Request) -> Bool {
        let file = Glibc.open(
            requestPath(request.process),
            O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
            0o644
        )
        guard file >= 0 else { return false }
        defer { close(file) }
        var text = String(request.seconds)
        return text.withUTF8 { write(file, $0.baseAddress, $0.count) } > 0
    }

    /// Whether a request is still there, which means that no agent has taken it.
    func isPending(_ process: ProcessID) -> Bool { access(requestPath(process), F_OK) == 0 }

    func withdraw(_ process: ProcessID) { unlink(requestPath(process)) }

    /// Takes the requests that are there; called by the agent.
    func takeRequests() -> [Request] {
        var requests: [Request] = []
        for name in entries() where name.hasPrefix(Self.requestPrefix) {
            guard requests.count < Self.requestLimit,
                let number = Int32(name.dropFirst(Self.requestPrefix.count)), number > 0
            else { continue }
            let process = ProcessID(number)
            if let seconds = read(requestPath(process)) {
                requests.append(
                    Request(process: process, seconds: min(seconds, Self.maximumSeconds))
                )
            }
            unlink(requestPath(process))
        }
        return requests
    }

    private func requestPath(_ process: ProcessID) -> String {
        "\(path)/\(Self.requestPrefix)\(process)"
    }

    private func read(_ path: String) -> UInt64? {
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        return withUnsafeTemporaryAllocation(byteCount: 32, alignment: 1) { buffer in
            let count = Glibc.read(file, buffer.baseAddress, buffer.count)
            guard count > 0 else { return nil }
            return UInt64(String(decoding: buffer[..<count], as: UTF8.self))
        }
    }

    private func entries() -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while names.count < 4_096, let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
            }
            names.append(name)
        }
        return names
    }
}
