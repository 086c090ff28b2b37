// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Images

@Suite struct RootedPathTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try directory.makeDirectories("root/a/b")
        try directory.write([1], to: "root/a/b/file")
        try directory.write([2], to: "outside")
    }

    private func link(_ name: String, to target: String) throws {
        try #require(symlink(target, directory.path("root/" + name)) == 0)
    }

    /// The first byte of what a path names, or why there is none.
    private func read(_ path: String) -> Result<UInt8, ImageFailure> {
        do throws(ImageFailure) {
            let file = try ImageFile.open(path, below: directory.path("root"))
            return .success(try file.read(at: 0, count: 1)[0])
        } catch {
            return .failure(error)
        }
    }

    @Test(arguments: ["/a/b/file", "a/b/file", "/a//./b/../b/file", "/../../a/b/file"])
    func findsPathsBelowTheRoot(path: String) { #expect(read(path) == .success(1)) }

    @Test func linksStayBelowTheRoot() throws {
        try link("absolute", to: "/a/b/file")
        try link("relative", to: "a/../a/b/file")
        try link("above", to: "../../../a/b/file")
        try link("a/directory", to: "/a/b")
        for path in ["/absolute", "/relative", "/above", "/a/directory/file"] {
            #expect(read(path) == .success(1))
        }
        try link("escape", to: "../outside")
        try link("host", to: directory.path("outside"))
        try link("magic", to: "/proc/self/root/etc/passwd")
        for path in ["/escape", "/host", "/magic", "/../outside"] {
            #expect(read(path) == .failure(.absent))
        }
    }

    @Test func loopsAndMazesEnd() throws {
        try link("loop", to: "loop")
        #expect(read("/loop") == .failure(.notRegular))
        try link("growing", to: "growing/growing/growing")
        #expect(read("/growing") == .failure(.notRegular))
        let deep = String(repeating: "a/b/../../", count: 100) + "a/b/file"
        #expect(read(deep) == .success(1))
        try link("long", to: String(repeating: "./../", count: 300) + "a")
        #expect(read("/long/b/file") == .failure(.notRegular))
    }

    @Test func reportsWhatIsNoFile() throws {
        #expect(read("/missing") == .failure(.absent))
        #expect(read("/a/b/file/below") == .failure(.absent))
        #expect(read("/a") == .failure(.notRegular))
        #expect(read("/") == .failure(.notRegular))
        #expect(read("") == .failure(.notRegular))
        try #require(mkfifo(directory.path("root/pipe"), 0o600) == 0)
        #expect(read("/pipe") == .failure(.notRegular))
        #expect(throws: ImageFailure.absent) {
            _ = try ImageFile.open("/a", below: directory.path("missing"))
        }
    }

    @Test func closesItsDescriptors() async {
        // Another process, because the limit is one for all tests.
        await #expect(processExitsWith: .success) {
            let tests = try RootedPathTests()
            try tests.link("absolute", to: "/a/b/file")
            var limit = rlimit(rlim_cur: 64, rlim_max: 64)
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            for _ in 0..<200 {
                try #require(tests.read("/absolute") == .success(1))
                try #require(tests.read("/missing") == .failure(.absent))
                try #require(tests.read("/a/../a") == .failure(.notRegular))
            }
        }
    }
}
