// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// Where the environment of a process's last exec lies in its memory.
package struct EnvironmentRange: Hashable, Sendable {
    package let start: Address

    /// Above 0.
    package let byteCount: UInt64

    /// Reads the fields 50 and 51 of `/proc/PID/stat` (proc(5)), `env_start` and `env_end`.
    ///
    /// nil where they are missing, or not shown: the kernel writes zeros to whom it would not let
    /// read the process's memory.
    package static func parse(_ stat: Span<UInt8>) -> EnvironmentRange? {
        // The name may hold anything; see `ThreadStat.parse`.
        guard let close = (0..<stat.count).last(where: { stat[$0] == UInt8(ascii: ")") }) else {
            return nil
        }
        var scanner = ByteScanner(at: close + 1)
        guard scanner.skipFields(47, in: stat), let start = scanner.decimal(in: stat) else {
            return nil
        }
        scanner.skipBlanks(in: stat)
        guard let end = scanner.decimal(in: stat), start > 0, end > start else { return nil }
        return EnvironmentRange(start: Address(start), byteCount: end - start)
    }
}
