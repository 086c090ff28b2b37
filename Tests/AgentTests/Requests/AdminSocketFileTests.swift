// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc
import Testing

@testable import Agent

@Suite struct AdminSocketFileTests {
    /// A socket that is bound to a path; closed with the value.
    private struct Bound: ~Copyable {
        private let file: Int32

        init(_ path: String, listens: Bool) throws {
            file = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
            let result = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(file, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            try #require(result == 0)
            if listens { try #require(listen(file, 4) == 0) }
        }

        deinit { close(file) }
    }

    private func problem(_ path: String) -> AdminServerError.Problem? {
        do throws(AdminServerError) {
            try AdminSocketFile(path: path, isRequired: true).check()
            return nil
        } catch {
            return error.problem
        }
    }

    @Test func theOptionDecidesAndElseTheRuntimeDirectory() {
        let runtime = RuntimeDirectory(path: "/run/x")
        let usual = AdminSocketFile(path: "/run/x/admin.sock", isRequired: false)
        #expect(AdminSocketFile(option: nil, runtime: runtime) == usual)
        #expect(AdminSocketFile(option: nil, runtime: nil) == nil)
        #expect(AdminSocketFile(option: "", runtime: runtime) == nil)
        let named = AdminSocketFile(path: "/tmp/y", isRequired: true)
        #expect(AdminSocketFile(option: "/tmp/y", runtime: runtime) == named)
    }

    @Test func aFreePlaceAndADeadSocketAreGood() throws {
        let directory = try ScratchDirectory()
        let path = "\(directory.path)/admin.sock"
        #expect(problem(path) == nil)
        do {
            let bound = try Bound(path, listens: true)
            #expect(problem(path) == .inUse)
            _ = consume bound
        }
        #expect(access(path, F_OK) == 0)
        #expect(problem(path) == nil)
    }

    @Test func whatIsNoSocketIsLeftAlone() throws {
        let directory = try ScratchDirectory()
        #expect(problem(try directory.write("file", [1])) == .noSocket)
        #expect(problem(directory.path) == .noSocket)
        #expect(problem("/nonexistent/admin.sock") == nil)
        #expect(problem("/dev/null/admin.sock") == .system(ENOTDIR))
        #expect(problem("/" + String(repeating: "x", count: 107)) == .tooLong)
    }
}
