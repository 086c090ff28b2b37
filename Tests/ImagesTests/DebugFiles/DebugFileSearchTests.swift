// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Images

/// A program whose functions were moved to a debug file, as distributions do.
@Suite struct DebugFileSearchTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try directory.makeDirectories("root/opt/bin/.debug")
        let source =
            "static __attribute__((noinline)) int hidden(int n) { return n + 1; }\n"
            + "int main(int n, char **v) { return hidden(n); }\n"
        let file = try directory.write(Array(source.utf8), to: "a.c")
        let full = directory.path("full")
        _ = try lines(of: "gcc -O1 -w -Wl,--build-id=sha1 -o '\(full)' '\(file)'")
        _ = try lines(of: "objcopy --only-keep-debug '\(full)' '\(directory.path("a.debug"))'")
        _ = try lines(
            of: "cd '\(directory.path)' && objcopy --strip-all --add-gnu-debuglink=a.debug full"
                + " root/opt/bin/a"
        )
    }

    private var program: String { directory.path("root/opt/bin/a") }

    private var search: DebugFileSearch {
        DebugFileSearch(roots: [directory.path("root")], imagePath: "/opt/bin/a")
    }

    private func image(_ search: DebugFileSearch?) throws -> Image {
        try Image.read(from: ImageFile.open(program, expecting: nil), debugFiles: search)
    }

    /// Whether the image names the function that was stripped, where it is.
    private func isWhole(_ image: Image) throws -> Bool {
        let listed = try lines(of: "nm '\(directory.path("full"))'").first {
            $0.hasSuffix(" hidden")
        }
        let address = try #require(listed.flatMap { UInt64($0.prefix { $0 != " " }, radix: 16) })
        return image.symbol(at: ImageAddress(address)).symbol?.name == "hidden"
    }

    private func install(_ path: String, _ bytes: [UInt8]? = nil) throws {
        let parent = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        try directory.makeDirectories("root" + parent)
        try directory.write(try bytes ?? contents(of: directory.path("a.debug")), to: "root" + path)
    }

    private func buildIDPath() throws -> String {
        let buildID = try #require(try image(nil).buildID)
        return try #require(DebugFileSearch.path(of: buildID))
    }

    @Test func withoutADebugFileTheFunctionsAreMissing() throws {
        #expect(try !isWhole(image(nil)))
        let image = try image(search)
        #expect(try !isWhole(image))
        #expect(image.partialFailures.isEmpty)
    }

    @Test func findsTheFileByTheBuildID() throws {
        try install(try buildIDPath())
        let image = try image(DebugFileSearch(roots: [directory.path("root")], imagePath: nil))
        #expect(try isWhole(image))
        #expect(image.partialFailures.isEmpty)
    }

    @Test func looksBelowEachRoot() throws {
        try install(try buildIDPath())
        try directory.makeDirectories("empty")
        let roots = [directory.path("missing"), directory.path("empty"), directory.path("root")]
        #expect(try isWhole(image(DebugFileSearch(roots: roots, imagePath: nil))))
    }

    @Test(arguments: [
        "/opt/bin/a.debug", "/opt/bin/.debug/a.debug", "/usr/lib/debug/opt/bin/a.debug",
    ])
    func findsTheFileByItsName(path: String) throws {
        try install(path)
        #expect(try isWhole(image(search)))
    }

    @Test func passesOverAFileOfAnotherBuild() throws {
        try install(try buildIDPath(), contents(of: "/bin/ls"))
        try install("/opt/bin/.debug/a.debug")
        let image = try image(search)
        #expect(try isWhole(image))
        #expect(image.partialFailures == [.debugFileMismatch])
    }

    @Test func withoutABuildIDTheChecksumDecides() throws {
        for name in ["root/opt/bin/a", "a.debug"] {
            _ = try lines(
                of: "objcopy --remove-section=.note.gnu.build-id '\(directory.path(name))'"
            )
        }
        try install("/opt/bin/a.debug")
        let other = try image(search)
        // The checksum in the program is that of the debug file as it was.
        #expect(other.partialFailures == [.debugFileMismatch])
        _ = try lines(
            of: "cd '\(directory.path)' && objcopy --remove-section=.gnu_debuglink root/opt/bin/a"
                + " && objcopy --add-gnu-debuglink=a.debug root/opt/bin/a"
        )
        #expect(try isWhole(image(search)))
    }

    @Test func aProgramThatNamesItselfIsNoDebugFile() throws {
        let paths = DebugFileSearch.paths(
            of: try #require(DebugLink(parsing: Array("a\0\0\0".utf8) + little(UInt32(1)))),
            imagePath: "/opt/bin/a"
        )
        #expect(paths == ["/opt/bin/a", "/opt/bin/.debug/a", "/usr/lib/debug/opt/bin/a"])
        _ = try lines(
            of: "cd '\(directory.path)/root/opt/bin' && cp a b && objcopy"
                + " --remove-section=.gnu_debuglink a && objcopy --add-gnu-debuglink=b a && mv b c"
                + " && ln a b"
        )
        let image = try image(search)
        #expect(image.partialFailures.isEmpty)
        #expect(try !isWhole(image))
    }

    @Test func aFileOfAnotherUserDoesNotCount() throws {
        // Root's files count for all, so this needs a user who can give files away.
        guard geteuid() == 0 else { return }
        let path = try buildIDPath()
        try install(path)
        try #require(chown(directory.path("root" + path), 65_534, 65_534) == 0)
        #expect(try image(search).partialFailures == [.debugFileMismatch])
        try #require(chown(program, 65_534, 65_534) == 0)
        #expect(try isWhole(image(search)))
    }

    @Test func theCacheLooksForThemToo() throws {
        try install(try buildIDPath())
        var cache = ImageCache(byteLimit: 1 << 20)
        let image = try cache.image(at: program, expecting: nil, debugFiles: search).get()
        #expect(try isWhole(image))
    }

    /// The packed symbols of stripped files, made as the distributions that have them do.
    @Test func readsPackedSymbols() throws {
        let path = directory.path
        _ = try lines(
            of: "cd '\(path)' && nm full | awk '$2 ~ /^[tT]$/ {print $3}' > keep"
                + " && objcopy -S --remove-section .gdb_index --remove-section .comment"
                + " --keep-symbols=keep a.debug mini"
        )
        let packed = try directory.write(xz(contents(of: directory.path("mini"))), to: "mini.xz")
        _ = try lines(of: "objcopy --add-section .gnu_debugdata='\(packed)' '\(program)'")
        let whole = try image(nil)
        #expect(whole.partialFailures.isEmpty)
        #expect(try isWhole(whole))
        try directory.write(Array(try contents(of: packed).dropLast(8)), to: "mini.xz")
        _ = try lines(of: "objcopy --update-section .gnu_debugdata='\(packed)' '\(program)'")
        let cut = try image(nil)
        #expect(cut.partialFailures == [.malformedCompression])
        #expect(try !isWhole(cut))
    }
}
