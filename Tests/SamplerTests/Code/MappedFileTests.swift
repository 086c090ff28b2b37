// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Images
import Profiles
import Testing

@testable import Sampler

@Suite struct MappedFileTests {
    private let process = ProcessID(getpid())

    private func mapping() throws -> ExecutableMapping {
        var reader = ProcReader()
        let read = reader.memoryMaps(through: ThreadID(leaderOf: process), of: process)
        let maps = try #require(read.value)
        return try #require(maps.mappings.first { $0.path.contains("libc.so") })
    }

    private func changed(
        _ mapping: ExecutableMapping,
        path: String,
        inode: UInt64? = nil
    )
        -> ExecutableMapping
    {
        ExecutableMapping(
            start: mapping.start,
            end: mapping.end,
            permissions: mapping.permissions,
            fileOffset: mapping.fileOffset,
            device: mapping.device,
            inode: inode ?? mapping.inode,
            backing: .file(path: Array(path.utf8), isDeleted: false)
        )
    }

    @Test func opensTheFileByItsPath() throws {
        let mapping = try mapping()
        let file = try MappedFile.open(mapping, of: process, root: "/proc")
        #expect(file.identity.inode == mapping.inode)
    }

    @Test func findsAFileThatIsNotAtItsPathAnyMore() throws {
        let mapping = try mapping()
        let moved = changed(mapping, path: "/no/such/file")
        // Through the kernel's own link to the mapping.
        let file = try MappedFile.open(moved, of: process, root: "/proc")
        #expect(file.identity.inode == mapping.inode)
    }

    @Test func refusesAnotherFileAtThePath() throws {
        let other = changed(try mapping(), path: "/proc/self/exe", inode: .max)
        #expect(throws: ImageFailure.replaced) {
            _ = try MappedFile.open(other, of: process, root: "/proc")
        }
    }

    @Test func hasNoFileForOtherMemory() {
        #expect(throws: ImageFailure.absent) {
            _ = try MappedFile.open(anonymousCode(0..<1), of: process, root: "/proc")
        }
    }
}
