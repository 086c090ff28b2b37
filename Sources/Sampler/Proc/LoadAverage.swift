// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// The one field of `/proc/loadavg` that discovery needs (proc(5)).
package enum LoadAverage {
    /// The number of the task made last in the reader's PID namespace; nil where none is told
    /// (gVisor writes 0).
    ///
    /// While it stands still, no process and no thread has begun.
    package static func latestTask(_ bytes: Span<UInt8>) -> ThreadID? {
        var scanner = ByteScanner()
        guard scanner.skipFields(4, in: bytes) else { return nil }
        scanner.skipBlanks(in: bytes)
        guard let number = scanner.decimal(in: bytes).flatMap({ Int32(exactly: $0) }), number > 0
        else { return nil }
        return ThreadID(number)
    }
}
