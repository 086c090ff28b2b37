// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Images

@Suite struct ImageFileTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// Why a path does not open, or nil if it does.
    private func failure(
        _ path: String,
        _ links: ImageFile.SymbolicLinks = .refuse,
        expecting: ExpectedFile? = nil,
        limits: ImageLimits = .standard
    ) -> ImageFailure? {
        do throws(ImageFailure) {
            _ = try ImageFile.open(
                path,
                symbolicLinks: links,
                expecting: expecting,
                limits: limits
            )
            return nil
        } catch {
            return error
        }
    }

    @Test func readsWhatItIsAskedFor() throws {
        let file = try ImageFile.open(directory.write([1, 2, 3, 4], to: "f"), expecting: nil)
        #expect(file.byteCount == 4)
        #expect(file.owner == getuid())
        #expect(try file.read(at: 0, count: 4) == [1, 2, 3, 4])
        #expect(try file.read(at: 1, count: 2) == [2, 3])
        #expect(try file.read(at: 4, count: 0) == [])
    }

    @Test(
        arguments: [(UInt64, Int)](
            arrayLiteral: (0, 5),
            (4, 1),
            (5, 0),
            (UInt64.max, 1),
            (1, Int.max),
            (0, -1)
        )
    )
    func hasNothingBeyondItsEnd(offset: UInt64, count: Int) throws {
        let file = try ImageFile.open(directory.write([1, 2, 3, 4], to: "f"), expecting: nil)
        #expect(throws: ImageFailure.truncated) { try file.read(at: offset, count: count) }
    }

    @Test func reportsThatAFileWasCutShort() throws {
        let path = try directory.write([1, 2, 3, 4], to: "f")
        let file = try ImageFile.open(path, expecting: nil)
        let isUnchanged = file.isUnchanged()
        #expect(isUnchanged)
        try #require(truncate(path, 2) == 0)
        #expect(throws: ImageFailure.changed) { try file.read(at: 0, count: 4) }
        let isUnchangedAfterwards = file.isUnchanged()
        #expect(!isUnchangedAfterwards)
    }

    @Test func reportsWhatIsNotThere() {
        #expect(failure(directory.path("missing")) == .absent)
        #expect(failure(directory.path("missing/below")) == .absent)
    }

    @Test func doesNotWaitForAPipeNorTouchIt() throws {
        let path = directory.path("pipe")
        try #require(mkfifo(path, 0o600) == 0)
        #expect(failure(path) == .notRegular)
    }

    @Test func reportsDirectoriesDevicesAndLinks() throws {
        #expect(failure(directory.path) == .notRegular)
        #expect(failure("/dev/null") == .notRegular)
        let target = try directory.write([1], to: "target")
        try #require(symlink(target, directory.path("link")) == 0)
        #expect(failure(directory.path("link"), .refuse) == .notRegular)
        #expect(failure(directory.path("link"), .follow) == nil)
        try #require(symlink(directory.path("loop"), directory.path("loop")) == 0)
        #expect(failure(directory.path("loop"), .follow) == .notRegular)
    }

    @Test func reportsFilesThatTookThePlaceOfAnother() throws {
        let path = try directory.write([1], to: "f")
        var status = stat()
        try #require(stat(path, &status) == 0)
        let mapped = ExpectedFile(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        #expect(failure(path, expecting: mapped) == nil)
        try directory.write([1], to: "newer")
        try #require(rename(directory.path("newer"), path) == 0)
        #expect(failure(path, expecting: mapped) == .replaced)
    }

    @Test func boundsTheLength() throws {
        var limits = ImageLimits.standard
        limits.fileBytes = 3
        #expect(failure(try directory.write([1, 2, 3], to: "f"), limits: limits) == nil)
        #expect(failure(try directory.write([1, 2, 3, 4], to: "g"), limits: limits) == .tooLarge)
        let sparse = try directory.write([], to: "sparse")
        try #require(truncate(sparse, 4 << 30 + 1) == 0)
        #expect(failure(sparse) == .tooLarge)
    }

    @Test func reportsWhatIsNotPermitted() async {
        // Another process, because a user id is one for all threads.
        await #expect(processExitsWith: .success) {
            let directory = try TemporaryDirectory()
            let path = try directory.write([1], to: "secret")
            try #require(chmod(path, 0) == 0)
            let isRoot = geteuid() == 0
            if isRoot { try #require(seteuid(65_534) == 0) }
            #expect(throws: ImageFailure.notPermitted) {
                _ = try ImageFile.open(path, expecting: nil)
            }
            if isRoot { try #require(seteuid(0) == 0) }
        }
    }

    @Test func closesItsDescriptors() async {
        // Another process, because the limit is one for all tests.
        await #expect(processExitsWith: .success) {
            let directory = try TemporaryDirectory()
            let path = try directory.write([1], to: "f")
            var limit = rlimit(rlim_cur: 64, rlim_max: 64)
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            for _ in 0..<200 {
                let file = try ImageFile.open(path, expecting: nil)
                try #require(file.byteCount == 1)
                _ = try? ImageFile.open(path, expecting: ExpectedFile(device: nil, inode: 0))
                _ = try? ImageFile.open(directory.path, expecting: nil)
            }
        }
    }
}
