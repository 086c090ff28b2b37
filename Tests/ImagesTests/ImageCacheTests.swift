// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Images

@Suite struct ImageCacheTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @discardableResult
    private func write(
        _ name: String,
        buildID: [UInt8]? = nil,
        function: String = "f"
    ) throws
        -> String
    {
        var writer = ELFWriter()
        writer.add(symbols: [.init(name: function, address: 0x1000, size: 16)])
        if let buildID { writer.add(buildID: buildID) }
        return try directory.write(writer.bytes(), to: name)
    }

    private func name(_ result: Result<Image, ImageFailure>) throws -> String? {
        try result.get().symbol(atFileOffset: 0x1000).symbol?.name
    }

    @Test func readsAFileOnce() throws {
        var cache = ImageCache(byteLimit: 1 << 20)
        let path = try write("a")
        let first = try cache.image(at: path, expecting: nil).get()
        let second = try cache.image(at: path, expecting: nil).get()
        #expect(first === second)
        #expect(cache.counters.lookups == 2)
        #expect(cache.counters.hits == 1)
        #expect(cache.counters.entries == 1)
        #expect(cache.counters.bytes > first.byteCount)
    }

    @Test func readsAllAgainAfterItWasEmptied() throws {
        var cache = ImageCache(byteLimit: 1 << 20)
        let path = try write("a")
        let first = try cache.image(at: path, expecting: nil).get()
        cache.empty()
        #expect(cache.counters.entries == 0)
        #expect(cache.counters.bytes == 0)
        #expect(cache.counters.evictions == 1)
        #expect(try cache.image(at: path, expecting: nil).get() !== first)
    }

    @Test func readsAFileAgainThatChanged() throws {
        var cache = ImageCache(byteLimit: 1 << 20)
        let path = try write("a", function: "before")
        #expect(try name(cache.image(at: path, expecting: nil)) == "before")
        // As long as before, with the old times: only the time of the change tells.
        var status = stat()
        try #require(stat(path, &status) == 0)
        try write("a", function: "beyond")
        var times = [status.st_atim, status.st_mtim]
        try #require(utimensat(AT_FDCWD, path, &times, 0) == 0)
        #expect(try name(cache.image(at: path, expecting: nil)) == "beyond")
        #expect(cache.counters.hits == 0)
    }

    @Test func copiesOfABuildShareOneImage() throws {
        var cache = ImageCache(byteLimit: 1 << 20)
        let first = try cache.image(at: write("a", buildID: [1, 2]), expecting: nil).get()
        let copy = try cache.image(at: write("b", buildID: [1, 2]), expecting: nil).get()
        let other = try cache.image(at: write("c", buildID: [1, 3]), expecting: nil).get()
        let longer = try cache.image(
            at: write("d", buildID: [1, 2], function: "longer"),
            expecting: nil
        ).get()
        #expect(first === copy)
        #expect(first !== other)
        #expect(first !== longer)
        #expect(cache.counters.shares == 1)
        #expect(cache.counters.entries == 4)
        #expect(
            cache.counters.bytes == 4 * ImageCache.entryBytes + first.byteCount + other.byteCount
                + longer.byteCount
        )
    }

    @Test(.enabled(if: getuid() == 0, "only root can give files away"))
    func copiesOfOtherOwnersShareNothing() throws {
        var cache = ImageCache(byteLimit: 1 << 20)
        let mine = try cache.image(at: write("a", buildID: [1, 2]), expecting: nil).get()
        let path = try write("b", buildID: [1, 2])
        try #require(chown(path, 65_534, 65_534) == 0)
        let theirs = try cache.image(at: path, expecting: nil).get()
        #expect(mine !== theirs)
        #expect(cache.counters.shares == 0)
    }

    @Test func remembersFilesThatAreNoImage() throws {
        var cache = ImageCache(byteLimit: 1 << 20)
        let path = try directory.write([1, 2, 3], to: "text")
        for _ in 0..<3 {
            #expect(throws: ImageFailure.notELF) {
                try cache.image(at: path, expecting: nil).get()
            }
        }
        #expect(cache.counters.lookups == 3)
        #expect(cache.counters.hits == 2)
        #expect(cache.counters.failures == [.notELF: 1])
    }

    @Test func countsPathsThatDoNotOpen() throws {
        var cache = ImageCache(byteLimit: 1 << 20)
        for _ in 0..<2 {
            #expect(throws: ImageFailure.absent) {
                try cache.image(at: directory.path("missing"), expecting: nil).get()
            }
        }
        let path = try write("a")
        #expect(throws: ImageFailure.replaced) {
            try cache.image(at: path, expecting: ExpectedFile(device: nil, inode: 0)).get()
        }
        #expect(cache.counters.lookups == 3)
        #expect(cache.counters.hits == 0)
        #expect(cache.counters.failures == [.absent: 2, .replaced: 1])
        #expect(cache.counters.entries == 0)
    }

    @Test func countsWhatImagesLack() throws {
        var cache = ImageCache(byteLimit: 1 << 20)
        var writer = ELFWriter()
        writer.add(symbols: [.init(name: "outside", address: 0x9000, size: 16)])
        writer.add(symbols: [], dynamic: true)
        writer.sections[3].flags = 0x800
        let path = try directory.write(writer.bytes(), to: "a")
        _ = cache.image(at: path, expecting: nil)
        _ = cache.image(at: path, expecting: nil)
        #expect(cache.counters.partialFailures == [.compressedSection: 1])
        #expect(cache.counters.symbolDrops == [.outsideCode: 1])
    }

    @Test func evictsWhatWasUsedLongestAgo() throws {
        var cache = ImageCache(byteLimit: 1 << 20, entryLimit: 2)
        for name in ["a", "b", "c"] { try write(name) }
        let a = try cache.image(at: directory.path("a"), expecting: nil).get()
        _ = cache.image(at: directory.path("b"), expecting: nil)
        #expect(try cache.image(at: directory.path("a"), expecting: nil).get() === a)
        _ = cache.image(at: directory.path("c"), expecting: nil)
        #expect(cache.counters.evictions == 1)
        #expect(cache.counters.entries == 2)
        #expect(try cache.image(at: directory.path("a"), expecting: nil).get() === a)
        let hits = cache.counters.hits
        _ = cache.image(at: directory.path("b"), expecting: nil)
        #expect(cache.counters.hits == hits)
    }

    @Test func keepsWithinItsBytes() throws {
        var probe = ImageCache(byteLimit: 1 << 20)
        _ = probe.image(at: try write("probe"), expecting: nil)
        let one = probe.counters.bytes
        var cache = ImageCache(byteLimit: one * 3 + one / 2)
        var images: [Image] = []
        for index in 0..<10 {
            images.append(try cache.image(at: write("f\(index)"), expecting: nil).get())
            #expect(cache.counters.bytes <= cache.byteLimit)
            // An array's capacity is what the allocator had, so equal files may differ a little.
            let held = images.suffix(cache.counters.entries)
            #expect(
                cache.counters.bytes
                    == held.reduce(0) { $0 + $1.byteCount + ImageCache.entryBytes }
            )
        }
        #expect(cache.counters.entries == 3)
        #expect(cache.counters.evictions == 7)
    }

    @Test func keepsAnImageUntilItsLastCopyGoes() throws {
        var cache = ImageCache(byteLimit: 1 << 20, entryLimit: 2)
        let image = try cache.image(at: write("a", buildID: [1]), expecting: nil).get()
        _ = try cache.image(at: write("b", buildID: [1]), expecting: nil).get()
        let other = try cache.image(at: write("c", buildID: [2]), expecting: nil).get()
        #expect(cache.counters.evictions == 1)
        #expect(try cache.image(at: directory.path("b"), expecting: nil).get() === image)
        #expect(
            cache.counters.bytes == 2 * ImageCache.entryBytes + image.byteCount + other.byteCount
        )
        // The last copies go, and nothing of them may be counted any more.
        _ = cache.image(at: try directory.write([1], to: "d"), expecting: nil)
        _ = cache.image(at: try directory.write([2], to: "e"), expecting: nil)
        #expect(cache.counters.bytes == 2 * ImageCache.entryBytes)
        #expect(try cache.image(at: directory.path("a"), expecting: nil).get() !== image)
    }

    @Test func givesAnImageThatDoesNotFitButDoesNotKeepIt() throws {
        var cache = ImageCache(byteLimit: 600)
        let path = try write("a")
        #expect(try name(cache.image(at: path, expecting: nil)) == "f")
        #expect(cache.counters.bytes == 0)
        #expect(cache.counters.entries == 0)
    }

    @Test func givesSymbolTablesNoMoreThanItsBytes() throws {
        var cache = ImageCache(byteLimit: 40)
        let image = try cache.image(at: write("a"), expecting: nil).get()
        #expect(image.partialFailures == [.symbolTableTooLarge])
    }
}
