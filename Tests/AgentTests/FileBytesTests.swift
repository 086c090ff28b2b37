// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Glibc
import Testing

@testable import Agent

@Suite struct FileBytesTests {
    @Test func readsBackWhatItWrote() throws {
        let file = cptrace_create_memory_file("file-bytes")
        try #require(file >= 0)
        defer { close(file) }
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
        #expect(FileBytes.write(bytes, to: file))
        #expect(FileBytes.read(file, from: 0, upTo: 1 << 20) == bytes)
        #expect(FileBytes.read(file, from: 99_998, upTo: 1 << 20) == [0x9e, 0x9f])
        #expect(FileBytes.read(file, from: 0, upTo: 3) == [0, 1, 2])
    }

    @Test func replacesAFileAsAWhole() throws {
        let path = "/tmp/ptarmigan-file-bytes.\(getpid())"
        defer { unlink(path) }
        for text in ["first, longer", "second"] {
            try FileBytes.replace(path, with: Array(text.utf8))
            let file = open(path, O_RDONLY)
            defer { close(file) }
            #expect(FileBytes.read(file, from: 0, upTo: 100) == Array(text.utf8))
        }
        #expect(access(FileBytes.temporaryPath(for: path), F_OK) != 0)
    }

    @Test("a pipe is written to, and no file takes its place")
    func pipe() throws {
        let path = "/tmp/ptarmigan-file-bytes-pipe.\(getpid())"
        try #require(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        try FileBytes.replace(path, with: [1, 2, 3])
        var bytes = [UInt8](repeating: 0, count: 8)
        #expect(read(reader, &bytes, 8) == 3)
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    }

    @Test("what a link to a file was longer for is gone, too")
    func link() throws {
        let path = "/tmp/ptarmigan-file-bytes-link.\(getpid())"
        defer { for name in [path, path + ".file"] { unlink(name) } }
        try FileBytes.replace(path + ".file", with: Array("first, longer".utf8))
        try #require(symlink(path + ".file", path) == 0)
        try FileBytes.replace(path, with: Array("second".utf8))
        let file = open(path, O_RDONLY)
        defer { close(file) }
        #expect(FileBytes.read(file, from: 0, upTo: 100) == Array("second".utf8))
    }

    @Test func saysWhatCannotBeWritten() {
        #expect(!FileBytes.write([1], to: -1))
        #expect(FileBytes.read(-1, from: 0, upTo: 3) == [])
    }
}
