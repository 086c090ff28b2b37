// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What a thread has read and written since its start: `/proc/PID/task/TID/io` (proc(5)).
///
/// The kernel counts a call of `read`, `write` and their kin once it got as far as the file, and
/// also one that then failed (Linux, fs/read_write.c, `inc_syscr`); sockets' own calls it does not.
package struct TransferCounts: Hashable, Sendable {
    package let readBytes: UInt64
    package let writtenBytes: UInt64
    package let readCalls: UInt64
    package let writeCalls: UInt64

    package init(readBytes: UInt64, writtenBytes: UInt64, readCalls: UInt64, writeCalls: UInt64) {
        self.readBytes = readBytes
        self.writtenBytes = writtenBytes
        self.readCalls = readCalls
        self.writeCalls = writeCalls
    }

    package var calls: UInt64 { readCalls &+ writeCalls }

    /// What was added since an earlier reading of the same thread; nil if it is another thread's.
    package func since(_ earlier: TransferCounts) -> TransferCounts? {
        guard readBytes >= earlier.readBytes, writtenBytes >= earlier.writtenBytes,
            readCalls >= earlier.readCalls, writeCalls >= earlier.writeCalls
        else { return nil }
        return TransferCounts(
            readBytes: readBytes - earlier.readBytes,
            writtenBytes: writtenBytes - earlier.writtenBytes,
            readCalls: readCalls - earlier.readCalls,
            writeCalls: writeCalls - earlier.writeCalls
        )
    }

    /// Reads the first four lines of the file; nil if they are others.
    package static func parse(_ bytes: Span<UInt8>) -> TransferCounts? {
        var scanner = ByteScanner()
        guard let readBytes = value("rchar: ", &scanner, bytes),
            let writtenBytes = value("wchar: ", &scanner, bytes),
            let readCalls = value("syscr: ", &scanner, bytes),
            let writeCalls = value("syscw: ", &scanner, bytes)
        else { return nil }
        return TransferCounts(
            readBytes: readBytes,
            writtenBytes: writtenBytes,
            readCalls: readCalls,
            writeCalls: writeCalls
        )
    }

    private static func value(
        _ key: StaticString,
        _ scanner: inout ByteScanner,
        _ bytes: Span<UInt8>
    ) -> UInt64? {
        guard bytes.hasPrefix(key, at: scanner.position) else { return nil }
        scanner.position += key.utf8CodeUnitCount
        guard let value = scanner.decimal(in: bytes), scanner.take(.newline, in: bytes) else {
            return nil
        }
        return value
    }
}
