// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import SystemPackage
import Testing

@testable import Sampler

@Suite struct ProcFileTests {
    @Test func closesItsDescriptor() throws {
        let descriptor: Int32
        do {
            let file = try ProcFile.open(.process(ProcessID(getpid()), .stat), in: ProcRoot())
            descriptor = file.descriptor
            #expect(fcntl(descriptor, F_GETFD) == FD_CLOEXEC)
            _ = consume file
        }
        // Another test may have the number by now, but not for the same file.
        var path = [CChar](repeating: 0, count: 256)
        let length = readlink("/proc/self/fd/\(descriptor)", &path, 255)
        let target = path.prefix(max(length, 0)).map { UInt8(bitPattern: $0) }
        #expect(String(decoding: target, as: UTF8.self) != "/proc/\(getpid())/stat")
    }

    @Test func namesTheError() throws {
        let tree = try FixtureTree()
        #expect(throws: Errno.noSuchFileOrDirectory) {
            _ = try ProcFile.open(.process(ProcessID(1), .stat), in: tree.root).descriptor
        }
    }

    @Test func tellsTheOwner() throws {
        let tree = try FixtureTree()
        try tree.write("1/status", "")
        let owner = try ProcFile.open(.process(ProcessID(1), .status), in: tree.root).owner()
        #expect(owner.user == geteuid())
    }
}
