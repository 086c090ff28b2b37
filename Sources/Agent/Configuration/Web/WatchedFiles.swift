// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter

/// Reads files and keeps which they were, also of those that could not be read.
struct WatchedFiles {
    /// Most bytes of a file.
    static let maximumBytes = 1 << 20

    private(set) var all: [WatchedFile] = []

    /// Reads all of a file.
    ///
    /// - Throws: `Failure`, with the file and what is wrong.
    mutating func read(_ path: String) throws(Failure) -> [UInt8] {
        do throws(Failure) {
            let contents = try RegularFile.read(path, upTo: Self.maximumBytes)
            all.append(WatchedFile(path: path, stamp: contents.stamp))
            return contents.bytes
        } catch {
            all.append(WatchedFile(path: path, stamp: FileStamp(path: path)))
            throw error
        }
    }
}
