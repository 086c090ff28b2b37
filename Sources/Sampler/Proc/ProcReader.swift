// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles
internal import SystemPackage

/// Reads and parses files of processes, opening each anew; for discovery, not for each look.
package struct ProcReader: ~Copyable {
    package let root: ProcRoot
    private var buffer = ReadBuffer()

    /// What a buffer keeps after a large file.
    private static let keptCapacity = 256 * 1024

    /// `Groups:` of `status` may hold 65,536 numbers (credentials(7)).
    private static let statusLimit = 1024 * 1024

    package init(root: ProcRoot = ProcRoot()) { self.root = root }

    /// `PID/stat`.
    package mutating func stat(of process: ProcessID) -> ProcReading<ThreadStat> {
        read(.process(process, .stat), limit: 4096) { bytes, _ in ThreadStat.parse(bytes) }
    }

    /// `PID/task/TID/stat`.
    package mutating func stat(
        of thread: ThreadID,
        in process: ProcessID
    ) -> ProcReading<ThreadStat> {
        read(.thread(thread, in: process, .stat), limit: 4096) { bytes, _ in
            ThreadStat.parse(bytes)
        }
    }

    /// `PID/status`.
    package mutating func status(of process: ProcessID) -> ProcReading<ThreadStatus> {
        read(.process(process, .status), limit: Self.statusLimit) { bytes, _ in
            ThreadStatus.parse(bytes)
        }
    }

    /// `PID/task/TID/status`.
    package mutating func status(
        of thread: ThreadID,
        in process: ProcessID
    ) -> ProcReading<ThreadStatus> {
        read(.thread(thread, in: process, .status), limit: Self.statusLimit) { bytes, _ in
            ThreadStatus.parse(bytes)
        }
    }

    /// `PID/task/TID/io`; the kernel shows it to those who may trace the thread.
    package mutating func transfers(
        of thread: ThreadID,
        in process: ProcessID
    ) -> ProcReading<TransferCounts> {
        read(.thread(thread, in: process, .io), limit: 1024) { bytes, _ in
            TransferCounts.parse(bytes)
        }
    }

    /// `PID/task/TID/schedstat`.
    package mutating func statistics(
        of thread: ThreadID,
        in process: ProcessID
    ) -> ProcReading<SchedulerStatistics> {
        read(.thread(thread, in: process, .schedstat), limit: 128) { bytes, _ in
            SchedulerStatistics.parse(bytes)
        }
    }

    /// `PID/task/TID/maps`; any living thread of the process serves.
    package mutating func memoryMaps(
        through thread: ThreadID,
        of process: ProcessID
    ) -> ProcReading<MemoryMaps> {
        let maps = read(.thread(thread, in: process, .maps), limit: MemoryMaps.maximumBytes) {
            MemoryMaps.parse($0, isTruncated: $1)
        }
        buffer.shrink(to: Self.keptCapacity)
        return maps
    }

    /// `PID/cgroup`.
    package mutating func controlGroup(of process: ProcessID) -> ProcReading<ControlGroup> {
        read(.process(process, .cgroup), limit: ControlGroup.maximumBytes) { bytes, _ in
            ControlGroup.parse(bytes)
        }
    }

    /// `PID/cmdline`; cut where it is very long.
    package mutating func arguments(of process: ProcessID) -> ProcReading<ProcessArguments> {
        read(.process(process, .cmdline), limit: ProcessArguments.maximumBytes) { bytes, _ in
            ProcessArguments.parse(bytes)
        }
    }

    /// Where `PID/exe` leads to, as the process itself would name it; a file that was removed goes
    /// by its former name.
    package func executable(of process: ProcessID) -> ProcReading<String> {
        ProcLink.target(of: .process(process, .exe), in: root)
    }

    /// Whether `PID/environ`, as it was at the last exec, holds `PTARMIGAN=off`.
    package mutating func optOut(of process: ProcessID) -> ProcReading<Bool> {
        read(.process(process, .environ), limit: EnvironmentMark.maximumBytes) {
            EnvironmentMark.isOff($0, isTruncated: $1)
        }
    }

    /// The same out of the process's memory: `environ` is its user's file, which is closed to an
    /// agent with `CAP_SYS_PTRACE` and without `CAP_DAC_READ_SEARCH`, and the memory is not.
    package mutating func optOutInMemory(of process: ProcessID) -> Bool {
        let range = read(.process(process, .stat), limit: 4096) { bytes, _ in
            EnvironmentRange.parse(bytes)
        }
        guard let range = range.value else { return false }
        let count = min(Int(clamping: range.byteCount), EnvironmentMark.maximumBytes)
        let bytes = ProcessMemory.copy(count, from: range.start, of: ThreadID(leaderOf: process))
        return EnvironmentMark.isOff(bytes.span, isTruncated: bytes.count < range.byteCount)
    }

    /// Yama's `ptrace_scope` (Linux, Documentation/admin-guide/LSM/Yama.rst): 0 to 3, or -1 if
    /// the kernel has no Yama.
    package mutating func yamaScope() -> ProcReading<Int32> {
        let scope: ProcReading<Int32> = read(.yamaScope, limit: 64) { bytes, _ in
            var scanner = ByteScanner()
            return scanner.signedDecimal(in: bytes).flatMap { Int32(exactly: $0) }
        }
        if case .gone = scope { return .value(-1) }
        return scope
    }

    /// The task made last; see `LoadAverage.latestTask`.
    package mutating func latestTask() -> ProcReading<ThreadID> {
        read(.loadAverage, limit: 128) { bytes, _ in LoadAverage.latestTask(bytes) }
    }

    /// The owner of `PID/status`: see `ProcFile.owner`.
    ///
    /// Not that of the directory: the kernel shows the effective ids there even when the process
    /// is not dumpable (`task_dump_owner`, Linux, `fs/proc/base.c`).
    package func owner(of process: ProcessID) -> ProcReading<UInt32> {
        do throws(Errno) {
            let file = try ProcFile.open(.process(process, .status), in: root)
            return .value(try file.owner().user)
        } catch {
            return ProcReading(error)
        }
    }

    private mutating func read<Value>(
        _ path: ProcPath,
        limit: Int,
        _ parse: (Span<UInt8>, _ isTruncated: Bool) -> Value?
    ) -> ProcReading<Value> {
        do throws(Errno) {
            let file = try ProcFile.open(path, in: root)
            let isWhole = try buffer.readWhole(from: file.descriptor, limit: limit)
            guard let value = buffer.withBytes({ parse($0, !isWhole) }) else { return .unreadable }
            return .value(value)
        } catch {
            return ProcReading(error)
        }
    }
}
