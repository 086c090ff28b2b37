// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The opt-out of a process by its environment: `PTARMIGAN=off` at its last exec.
package enum EnvironmentMark {
    /// The most bytes of `/proc/PID/environ` to read; an entry beyond is not seen.
    package static let maximumBytes = 128 * 1024

    /// Whether one of the entries, each ended by a zero byte (proc(5)), is exactly the mark.
    ///
    /// Of truncated bytes the last entry is cut, so it does not count.
    package static func isOff(_ bytes: Span<UInt8>, isTruncated: Bool = false) -> Bool {
        var entries = ByteScanner()
        while let entry = entries.take(until: 0, in: bytes) {
            if isTruncated, entry.upperBound == bytes.count { return false }
            if bytes.extracting(entry).equals("PTARMIGAN=off") { return true }
        }
        return false
    }
}
