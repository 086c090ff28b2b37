// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

@testable import Sampler

/// A directory of files in the place of `/proc`, removed when the value ends.
struct FixtureTree: ~Copyable {
    let path: String

    init() throws {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("ptarmigan-proc-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        path = directory.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var root: ProcRoot { ProcRoot(path) }

    /// Writes a file, and the directories above it.
    func write(_ name: String, _ text: String) throws {
        let file = URL(fileURLWithPath: path).appendingPathComponent(name)
        try makeDirectory(String(name[..<(name.lastIndex(of: "/") ?? name.startIndex)]))
        try Data(text.utf8).write(to: file)
    }

    func makeDirectory(_ name: String) throws {
        let directory = URL(fileURLWithPath: path).appendingPathComponent(name)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: path + "/" + name)
    }
}

/// A line of `stat` with a name and a state letter.
func statLine(
    _ number: Int32 = 12,
    command: String = "worker",
    state: String = "S",
    flags: UInt64 = 0x400000,
    parent: Int32 = 7
) -> String {
    "\(number) (\(command)) \(state) \(parent) 12 12 0 -1 \(flags) 101 102 103 104 205 206 207 "
        + "208 20 0 "
        + "9 0 5551212 1000000 321 18446744073709551615 1 2 3 4 5 6 7 8 9 10 11 12 17 3 0 0 0 0 0 "
        + "0 0 0 0 0 0 0 0\n"
}
