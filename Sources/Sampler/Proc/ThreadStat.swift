// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import Profiles

/// The fields of `/proc/PID/stat` or `/proc/PID/task/TID/stat` that sampling needs (proc(5)).
///
/// In the file of a process the times and fault counts are those of all its threads, in the file
/// of a thread its own.
package struct ThreadStat: Hashable, Sendable {
    /// The thread's name, unescaped; bytes that are not UTF-8 are U+FFFD.
    package let command: String

    package let state: TaskState

    package let parent: ProcessID

    /// The kernel's `PF_*` word (Linux, `include/linux/sched.h`).
    package let flags: UInt64

    package let minorFaults: UInt64

    package let majorFaults: UInt64

    /// Time in user mode, in ticks of `sysconf(_SC_CLK_TCK)` a second.
    package let userTicks: UInt64

    /// Time in kernel mode, in ticks of `sysconf(_SC_CLK_TCK)` a second.
    package let systemTicks: UInt64

    package let threadCount: UInt64

    package let startTime: StartTime

    /// The size of the address space in bytes; 0 for a kernel thread.
    package let virtualBytes: UInt64

    /// Resident memory in bytes, approximate as the kernel says; 0 for a kernel thread.
    package let residentBytes: UInt64

    /// The CPU the thread last ran on.
    package let processor: Int32

    /// Whether this is a thread of the kernel itself (`PF_KTHREAD`).
    package var isKernelThread: Bool { flags & 0x0020_0000 != 0 }

    /// Reads the bytes of the file; nil if a field up to `processor` (39) is missing or no number.
    ///
    /// The name lies between the first `(` and the last `)`, as it may hold both, blanks, and
    /// (where a kernel does not escape it) a line end.
    package static func parse(_ bytes: Span<UInt8>) -> ThreadStat? {
        guard let open = (0..<bytes.count).first(where: { bytes[$0] == UInt8(ascii: "(") }),
            let close = (0..<bytes.count).last(where: { bytes[$0] == UInt8(ascii: ")") }),
            open < close
        else { return nil }
        var scanner = ByteScanner(at: close + 1)
        guard let state = scanner.field(in: bytes), state.count == 1,
            let parent = signed(&scanner, bytes).flatMap({ Int32(exactly: $0) }),
            scanner.skipFields(4, in: bytes),  // pgrp, session, tty_nr, tpgid
            let flags = unsigned(&scanner, bytes), let minorFaults = unsigned(&scanner, bytes),
            scanner.skipFields(1, in: bytes),  // cminflt
            let majorFaults = unsigned(&scanner, bytes),
            scanner.skipFields(1, in: bytes),  // cmajflt
            let userTicks = unsigned(&scanner, bytes), let systemTicks = unsigned(&scanner, bytes),
            scanner.skipFields(4, in: bytes),  // cutime, cstime, priority, nice
            let threadCount = unsigned(&scanner, bytes),
            scanner.skipFields(1, in: bytes),  // itrealvalue
            let startTicks = unsigned(&scanner, bytes),
            let virtualBytes = unsigned(&scanner, bytes),
            let residentPages = signed(&scanner, bytes),
            scanner.skipFields(14, in: bytes),  // rsslim to exit_signal
            let processor = signed(&scanner, bytes).flatMap({ Int32(exactly: $0) })
        else { return nil }
        return ThreadStat(
            command: CommandName.unescaped(open + 1..<close, in: bytes),
            state: TaskState(letter: bytes[state.lowerBound]),
            parent: ProcessID(parent),
            flags: flags,
            minorFaults: minorFaults,
            majorFaults: majorFaults,
            userTicks: userTicks,
            systemTicks: systemTicks,
            threadCount: threadCount,
            startTime: StartTime(ticks: startTicks),
            virtualBytes: virtualBytes,
            residentBytes: UInt64(clamping: residentPages) &* pageBytes,
            processor: processor
        )
    }

    /// The file counts resident memory in pages.
    private static let pageBytes = UInt64(sysconf(Int32(_SC_PAGESIZE)))

    private static func unsigned(_ scanner: inout ByteScanner, _ bytes: Span<UInt8>) -> UInt64? {
        scanner.skipBlanks(in: bytes)
        guard let value = scanner.decimal(in: bytes), endsField(scanner, bytes) else { return nil }
        return value
    }

    private static func signed(_ scanner: inout ByteScanner, _ bytes: Span<UInt8>) -> Int64? {
        scanner.skipBlanks(in: bytes)
        guard let value = scanner.signedDecimal(in: bytes), endsField(scanner, bytes) else {
            return nil
        }
        return value
    }

    /// A number that the end of the bytes cuts is not trusted: another digit may be missing.
    private static func endsField(_ scanner: ByteScanner, _ bytes: Span<UInt8>) -> Bool {
        scanner.position < bytes.count && bytes[scanner.position].endsField
    }
}
