// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

/// A directory of its own for one test, removed with what it holds when it is let go.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/ptarmigan-images-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit { Self.remove(path) }

    /// Removes a directory and what it holds; links are removed and not followed.
    private static func remove(_ path: String) {
        if let listing = opendir(path) {
            while let entry = readdir(listing) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name == "." || name == ".." { continue }
                let below = path + "/" + name
                if unlink(below) != 0, errno == EISDIR { remove(below) }
            }
            closedir(listing)
        }
        _ = rmdir(path)
    }

    /// Makes directories within each other: `usr/lib/debug`.
    func makeDirectories(_ name: String) throws {
        var parts = ""
        for part in name.split(separator: "/") {
            parts += "/" + part
            try #require(mkdir(path + parts, 0o755) == 0 || errno == EEXIST)
        }
    }

    /// The path of a name in the directory.
    func path(_ name: String) -> String { path + "/" + name }

    /// Writes a file, and returns its path.
    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let file = open(path(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        try #require(file >= 0)
        defer { close(file) }
        var done = 0
        while done < bytes.count {
            let written = bytes[done...].withUnsafeBytes {
                Glibc.write(file, $0.baseAddress, $0.count)
            }
            try #require(written > 0)
            done += written
        }
        return path(name)
    }
}

/// All bytes of a file.
func contents(of path: String) throws -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    try #require(file >= 0, "cannot open \(path)")
    defer { close(file) }
    var status = stat()
    try #require(fstat(file, &status) == 0)
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    try #require(read(file, &bytes, bytes.count) == bytes.count)
    return bytes
}

/// Runs a shell command that must succeed, and returns the lines that it prints.
func lines(of command: String) throws -> [Substring] {
    let pipe = try #require(popen(command + " 2>&1", "re"))
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = fread(&buffer, 1, buffer.count, pipe)
        if count == 0 { break }
        output += buffer[..<count]
    }
    let text = String(decoding: output, as: UTF8.self)
    try #require(pclose(pipe) == 0, "\(command): \(text.prefix(2000))")
    return text.split(separator: "\n")
}
