// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Images

@Suite struct PerfMapReaderTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try directory.makeDirectories("tmp")
    }

    private func write(_ text: String) throws {
        try directory.write(Array(text.utf8), to: "tmp/perf-7.map")
    }

    private func append(_ text: String) throws {
        let file = open(directory.path("tmp/perf-7.map"), O_WRONLY | O_APPEND | O_CLOEXEC)
        try #require(file >= 0)
        defer { close(file) }
        try #require(Glibc.write(file, text, text.utf8.count) == text.utf8.count)
    }

    private func update(_ reader: inout PerfMapReader, user: UInt32 = getuid()) -> ImageFailure? {
        do throws(ImageFailure) {
            try reader.update(root: directory.path, number: 7, user: user)
            return nil
        } catch {
            return error
        }
    }

    private func name(_ reader: PerfMapReader, _ address: UInt64) -> String? {
        reader.map.function(at: Address(address))?.name
    }

    @Test func readsTheMapAndThenWhatWasAdded() throws {
        var reader = PerfMapReader()
        try write("10 8 first\n20 8 sec")
        #expect(update(&reader) == nil)
        #expect(name(reader, 0x10) == "first")
        #expect(name(reader, 0x20) == nil)
        // A rewrite of the same length is not seen: the start is not read again.
        try append("ond\n30 8 third\n")
        #expect(update(&reader) == nil)
        #expect(name(reader, 0x20) == "second")
        #expect(name(reader, 0x30) == "third")
        #expect(reader.map.count == 3)
        #expect(update(&reader) == nil)
        #expect(reader.map.count == 3)
    }

    @Test func readsAllAgainThatIsAnotherFileOrBecameShorter() throws {
        var reader = PerfMapReader()
        try write("10 8 first\n20 8 second\n")
        #expect(update(&reader) == nil)
        try write("20 8 shorter\n")
        #expect(update(&reader) == nil)
        #expect(name(reader, 0x10) == nil)
        #expect(name(reader, 0x20) == "shorter")
        try directory.write(Array("10 8 other\n30 8 longer than before\n".utf8), to: "tmp/new")
        let path = directory.path("tmp/perf-7.map")
        try #require(rename(directory.path("tmp/new"), path) == 0)
        #expect(update(&reader) == nil)
        #expect(name(reader, 0x10) == "other")
        #expect(name(reader, 0x20) == nil)
    }

    @Test func aFileOfAnotherUserDoesNotCount() throws {
        var reader = PerfMapReader()
        try write("10 8 first\n")
        #expect(update(&reader, user: getuid() + 1) == .foreignOwner)
        #expect(reader.map.count == 0)
    }

    @Test func whatWasReadRemainsWhereNothingCanBeRead() throws {
        var reader = PerfMapReader()
        #expect(update(&reader) == .absent)
        try write("10 8 first\n")
        #expect(update(&reader) == nil)
        let path = directory.path("tmp/perf-7.map")
        try #require(unlink(path) == 0)
        #expect(update(&reader) == .absent)
        #expect(name(reader, 0x10) == "first")
        try #require(mkfifo(path, 0o600) == 0)
        #expect(update(&reader) == .notRegular)
    }

    @Test func boundsTheLengthOfTheFile() throws {
        var reader = PerfMapReader()
        try write("10 8 first\n")
        let path = directory.path("tmp/perf-7.map")
        try #require(truncate(path, off_t(PerfMapReader.byteLimit) + 1) == 0)
        #expect(update(&reader) == .tooLarge)
    }
}
