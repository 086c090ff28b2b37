// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Images
import Profiles
import Testing

@testable import Sampler

@Suite struct CodeFilesTests {
    private let process = ProcessID(getpid())

    /// The test's own mappings of code.
    private func mappings() throws -> [ExecutableMapping] {
        var reader = ProcReader()
        let maps = reader.memoryMaps(through: ThreadID(leaderOf: process), of: process)
        return try #require(maps.value).mappings
    }

    private func contents(
        of mapping: ExecutableMapping,
        in files: CodeFiles
    ) -> MappedCode.Contents {
        files.contents(
            of: MappedCode(process: process, mapping: mapping) { _ in .none },
            root: "/proc"
        )
    }

    @Test func readsTheKernelsSharedObjectOutOfTheProcess() throws {
        let files = CodeFiles(limits: CodeLimits(imageBytes: 1 << 20, tableBytes: 1 << 20))
        let mapping = try #require(try mappings().first { $0.backing == .vdso })
        let contents = contents(of: mapping, in: files)
        let image = try #require(contents.image)
        #expect(contents.failure == nil)
        #expect(contents.table != nil)
        // It is mapped where it says 0, so its symbols lie between its start and its end.
        let names = (0..<(mapping.end.rawValue - mapping.start.rawValue)).compactMap {
            image.symbol(at: ImageAddress(mapping.start.rawValue + $0 - contents.bias)).symbol?.name
        }
        #expect(Set(names).contains { $0.hasSuffix("clock_gettime") || $0.hasPrefix("__kernel_") })
    }

    @Test func sharesTheTableOfAFile() throws {
        let files = CodeFiles(limits: CodeLimits(imageBytes: 64 << 20, tableBytes: 64 << 20))
        let mapping = try #require(try mappings().first { $0.path.contains("libc.so") })
        let first = try #require(contents(of: mapping, in: files).table)
        #expect(contents(of: mapping, in: files).table === first)
    }

    @Test func keepsTablesWithinTheirBytes() throws {
        let files = CodeFiles(limits: CodeLimits(imageBytes: 64 << 20, tableBytes: 1))
        let mappings = try mappings().filter { $0.path.contains(".so") }.prefix(3)
        try #require(mappings.count > 1)
        let first = try #require(mappings.first)
        var table: UnwindTable? = contents(of: first, in: files).table
        weak let former = table
        #expect(former != nil)
        for mapping in mappings.dropFirst() { _ = contents(of: mapping, in: files) }
        // It was given up here, and is the same as long as a mapping has it.
        #expect(contents(of: first, in: files).table === table)
        for mapping in mappings.dropFirst() { _ = contents(of: mapping, in: files) }
        table = nil
        #expect(former == nil)
    }

    @Test func countsFilesThatCannotBeRead() throws {
        let files = CodeFiles(limits: CodeLimits(imageBytes: 1 << 20, tableBytes: 1 << 20))
        let mapping = ExecutableMapping(
            start: Address(0x1000),
            end: Address(0x2000),
            permissions: [.read, .execute],
            fileOffset: 0,
            device: DeviceNumber(major: 0, minor: 0),
            inode: 1,
            backing: .file(path: Array("/no/such/file".utf8), isDeleted: false)
        )
        #expect(contents(of: mapping, in: files).failure == .absent)
        #expect(files.failures == ["absent": 1])
    }

    @Test func hasNothingForMemoryWithoutAFile() {
        let files = CodeFiles(limits: CodeLimits(imageBytes: 1 << 20, tableBytes: 1 << 20))
        let contents = contents(of: anonymousCode(0x1000..<0x2000), in: files)
        #expect(contents.image == nil && contents.table == nil && contents.failure == nil)
        #expect(files.failures.isEmpty)
    }
}
