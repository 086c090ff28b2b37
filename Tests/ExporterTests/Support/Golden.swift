// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

/// Files with the exact bytes that an encoder must give.
enum Golden {
    /// The path of a golden file.
    static func path(_ name: String, testFile: String = #filePath) -> String {
        // This file is in Support/, next to Golden/.
        let parts = testFile.split(separator: "/").dropLast(2)
        return "/" + parts.joined(separator: "/") + "/Golden/" + name
    }

    /// The bytes of a golden file.
    static func read(_ name: String) throws -> [UInt8] {
        let path = path(name)
        let file = try #require(fopen(path, "rb"), "\(path) cannot be opened")
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { return bytes }
            bytes += buffer.prefix(count)
        }
    }

    /// Expects a file to hold the bytes; with UPDATE_GOLDEN in the environment, writes them to it
    /// and fails, so that no run both writes a file and approves of it.
    static func expect(
        _ bytes: [UInt8],
        in name: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        guard getenv("UPDATE_GOLDEN") == nil else {
            let file = try #require(fopen(path(name), "wb"))
            defer { fclose(file) }
            try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
            Issue.record("\(name) is written; look at it", sourceLocation: sourceLocation)
            return
        }
        let expected = try read(name)
        // The two in full would be a long message; git diff shows them after an update.
        let isEqual = bytes == expected
        #expect(
            isEqual,
            "\(name) differs; UPDATE_GOLDEN=1 writes it anew",
            sourceLocation: sourceLocation
        )
    }
}
