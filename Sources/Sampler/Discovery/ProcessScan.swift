// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
package import Profiles
package import SystemPackage

/// How the listing of a directory of processes or threads ended.
package enum ListingOutcome: Equatable, Sendable {
    /// Every entry was listed that was there all along (getdents64(2)).
    case complete

    /// There are more entries than the limit; the rest was not read.
    case limitReached

    /// The process is gone, maybe with part of its threads listed.
    case gone

    case notPermitted

    case failed(Errno)
}

/// Lists processes and their threads.
package struct ProcessScan: Sendable {
    package let root: ProcRoot

    /// The most processes that one listing gives.
    package let maximumProcesses: Int

    /// The most threads of one process that one listing gives.
    package let maximumThreads: Int

    package init(
        root: ProcRoot = ProcRoot(),
        maximumProcesses: Int = 65_536,
        maximumThreads: Int = 32_768
    ) {
        self.root = root
        self.maximumProcesses = maximumProcesses
        self.maximumThreads = maximumThreads
    }

    /// Replaces `processes` with all that the root shows, in its order; reuses the memory.
    package func list(into processes: inout [ProcessID]) -> ListingOutcome {
        processes.removeAll(keepingCapacity: true)
        return forEachNumber(in: .root, limit: maximumProcesses) {
            processes.append(ProcessID($0))
        }
    }

    /// Replaces `threads` with those of a process, in the kernel's order; reuses the memory.
    package func list(
        threadsOf process: ProcessID,
        into threads: inout [ThreadID]
    )
        -> ListingOutcome
    {
        threads.removeAll(keepingCapacity: true)
        return forEachNumber(in: .process(process, .task), limit: maximumThreads) {
            threads.append(ThreadID($0))
        }
    }

    private func forEachNumber(
        in path: ProcPath,
        limit: Int,
        _ body: (Int32) -> Void
    ) -> ListingOutcome {
        let (opened, openError) = root.withPath(path) { name in (opendir(name), errno) }
        guard let directory = opened else { return outcome(of: Errno(rawValue: openError)) }
        defer { closedir(directory) }
        var count = 0
        while true {
            // The end and an error look the same, but for this (readdir(3)).
            errno = 0
            guard let entry = readdir(directory) else {
                return errno == 0 ? .complete : outcome(of: Errno(rawValue: errno))
            }
            // In place: an entry's memory may end with its name, short of the declared array.
            let number = withUnsafePointer(to: &entry.pointee.d_name) {
                Self.number(UnsafeRawPointer($0))
            }
            guard let number else { continue }
            if count == limit { return .limitReached }
            count += 1
            body(number)
        }
    }

    private func outcome(of error: Errno) -> ListingOutcome {
        switch error {
        case .noSuchFileOrDirectory, .noSuchProcess: .gone
        case .permissionDenied, .notPermitted: .notPermitted
        default: .failed(error)
        }
    }

    /// The number that a name ended by zero spells; nil for other names.
    private static func number(_ name: UnsafeRawPointer) -> Int32? {
        var value: Int32 = 0
        for offset in 0..<11 {
            let byte = name.load(fromByteOffset: offset, as: UInt8.self)
            if byte == 0 { return offset == 0 || value == 0 ? nil : value }
            guard let digit = byte.digitValue, digit < 10 else { return nil }
            let (shifted, overflowed) = value.multipliedReportingOverflow(by: 10)
            let (sum, carried) = shifted.addingReportingOverflow(Int32(digit))
            if overflowed || carried { return nil }
            value = sum
        }
        return nil
    }
}
