// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

/// A file for another program to read, gone with the value.
struct TemporaryFile: ~Copyable {
    let path: String

    init(_ bytes: [UInt8]) throws { path = try Self.write(bytes) }

    private static func write(_ bytes: [UInt8]) throws -> String {
        var template = Array("/tmp/ptarmigan-test-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        try #require(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
        let name = template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: name, as: UTF8.self)
    }

    deinit { unlink(path) }
}
