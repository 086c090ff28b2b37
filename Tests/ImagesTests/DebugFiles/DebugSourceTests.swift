// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Images

/// A program with debug information, and ways to take it away.
@Suite struct DebugSourceTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try directory.makeDirectories("root/opt")
        try directory.makeDirectories("empty")
        let file = try directory.write(Array("int main(void) { return 0; }\n".utf8), to: "a.c")
        _ = try lines(of: "gcc -g -w -Wl,--build-id=sha1 -o '\(program)' '\(file)'")
    }

    private var program: String { directory.path("root/opt/a") }

    private func buildID() throws -> BuildID {
        try #require(Image.read(from: ImageFile.open(program, expecting: nil)).buildID)
    }

    /// The file with the debug information, as its inode; 0 where there is none.
    private func find(_ roots: [String], _ buildID: BuildID) throws -> UInt64 {
        let source = try DebugSource.find(path: "/opt/a", roots: roots, buildID: buildID)
        guard let source else { return 0 }
        let hasCode = source.segments.loads.contains { $0.isExecutable }
        #expect(hasCode)
        return source.withDescriptor { descriptor in
            var status = stat()
            return fstat(descriptor, &status) == 0 ? UInt64(status.st_ino) : 0
        }
    }

    private func inode(_ path: String) throws -> UInt64 {
        try ImageFile.open(path, expecting: nil).identity.inode
    }

    @Test func aProgramThatHasItIsItsOwnSource() throws {
        let roots = [directory.path("empty"), directory.path("root")]
        #expect(try find(roots, buildID()) == inode(program))
    }

    @Test func anotherBuildIsRefused() throws {
        let other = try #require(BuildID([1, 2, 3]))
        #expect(throws: ImageFailure.replaced) { try find([directory.path("root")], other) }
        #expect(throws: ImageFailure.absent) { try find([directory.path("empty")], other) }
        #expect(throws: ImageFailure.absent) { try find([], other) }
    }

    @Test func aStrippedProgramHasOneWithItsDebugFileOnly() throws {
        let roots = [directory.path("root")]
        let identity = try buildID()
        _ = try lines(of: "objcopy --only-keep-debug '\(program)' '\(directory.path("a.debug"))'")
        _ = try lines(of: "strip '\(program)'")
        #expect(try find(roots, identity) == 0)

        let path = try #require(DebugFileSearch.path(of: identity))
        let parent = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        try directory.makeDirectories("root" + parent)
        let kept = try directory.write(
            contents(of: directory.path("a.debug")),
            to: "root" + path
        )
        #expect(try find(roots, identity) == inode(kept))

        // A debug file whose debug information was taken away in turn.
        _ = try lines(of: "strip --strip-debug '\(kept)'")
        #expect(try find(roots, identity) == 0)
    }
}
