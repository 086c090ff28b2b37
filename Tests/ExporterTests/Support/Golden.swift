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
}
