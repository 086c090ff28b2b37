// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

/// What a program ended with.
struct CommandOutcome {
    /// Nil if it did not end by itself.
    let exitCode: Int32?
    let output: String

    /// Runs a line of shell to its end.
    init(of command: String) throws {
        let pipe = try #require(popen(command, "re"))
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 {
            output += buffer.prefix(count)
        }
        let status = pclose(pipe)
        // wait(2): the low seven bits are the signal, the next byte is the exit code.
        exitCode = status & 0x7f == 0 ? (status >> 8) & 0xff : nil
        self.output = String(decoding: output, as: UTF8.self)
    }
}
