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

    @Test func saysWhatCannotBeWritten() {
        #expect(!FileBytes.write([1], to: -1))
        #expect(FileBytes.read(-1, from: 0, upTo: 3) == [])
    }
}
