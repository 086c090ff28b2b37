// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Reads that the engine does through kept descriptors, without allocating.
enum RunningProbe {
    /// Whether a thread's `syscall` file says `running`; true without a descriptor.
    static func isRunning(_ systemCall: Int32) -> Bool {
        guard systemCall >= 0 else { return true }
        return withUnsafeTemporaryAllocation(byteCount: 8, alignment: 8) { buffer in
            let count = pread(systemCall, buffer.baseAddress, buffer.count, 0)
            return count > 0 && buffer[0] == UInt8(ascii: "r")
        }
    }
}

extension InlineArray where Element == UInt8 {
    /// Fills the array from the start of a kept descriptor; 0 bytes on an error or without one.
    mutating func fill(from descriptor: Int32) -> Int {
        guard descriptor >= 0 else { return 0 }
        return withUnsafeMutableBytes(of: &self) { buffer in
            max(0, pread(descriptor, buffer.baseAddress, buffer.count, 0))
        }
    }
}
