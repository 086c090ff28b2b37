// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Exporter

@Suite("FileStamp")
struct FileStampTests {
    @Test("is equal while a file is, and another after each change")
    func changes() throws {
        let file = try TemporaryFile([1])
        let first = try #require(FileStamp(path: file.path))
        #expect(FileStamp(path: file.path) == first)
        // The length, the file that is there, and the time of its last change.
        truncate(file.path, 5)
        let longer = try #require(FileStamp(path: file.path))
        #expect(longer != first)
        let other = try TemporaryFile([0, 0, 0, 0, 0])
        rename(other.path, file.path)
        let replaced = try #require(FileStamp(path: file.path))
        #expect(replaced != longer)
        let times = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 1)]
        #expect(utimensat(AT_FDCWD, file.path, times, 0) == 0)
        #expect(FileStamp(path: file.path) != replaced)
    }

    @Test("is none for what is not there, which is a state of a watched file as well")
    func absent() throws {
        #expect(FileStamp(path: "/nonexistent") == nil)
        #expect(WatchedFile(path: "/nonexistent", stamp: nil).isUnchanged)
        let file = try TemporaryFile([1])
        #expect(!WatchedFile(path: file.path, stamp: nil).isUnchanged)
        #expect(WatchedFile(path: file.path, stamp: FileStamp(path: file.path)).isUnchanged)
    }
}
