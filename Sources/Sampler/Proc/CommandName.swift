// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The name of a thread or process, as the kernel keeps it (`comm`, proc(5)).
enum CommandName {
    /// What the kernel keeps of a name: its first 15 bytes (`TASK_COMM_LEN`).
    static func kept(of name: String) -> String {
        String(decoding: name.utf8.prefix(15), as: UTF8.self)
    }

    /// The name from `stat` or `status`, where a newline is `\n` and a backslash is `\\`.
    ///
    /// The kernel writes these two escapes and no others (`proc_task_name`, Linux,
    /// `fs/proc/array.c`). A name is at most 15 bytes (64 for kernel workers); `limit` bounds
    /// what any other kernel writes.
    static func unescaped(
        _ range: Range<Int>,
        in bytes: Span<UInt8>,
        limit: Int = 64
    ) -> String {
        var hasEscape = false
        for index in range where bytes[index] == .backslash { hasEscape = true }
        guard hasEscape else {
            return bytes.text(range.lowerBound..<min(range.upperBound, range.lowerBound + limit))
        }
        var plain: [UInt8] = []
        plain.reserveCapacity(limit)
        var index = range.lowerBound
        while index < range.upperBound, plain.count < limit {
            let next = index + 1 < range.upperBound ? bytes[index + 1] : 0
            switch (bytes[index], next) {
            case (.backslash, UInt8(ascii: "n")):
                plain.append(.newline)
                index += 2
            case (.backslash, .backslash):
                plain.append(.backslash)
                index += 2
            default:
                plain.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }
}
