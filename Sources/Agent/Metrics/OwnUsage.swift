// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc
import Profiles
import Sampler

/// What the agent itself uses, for the `process_` metrics.
enum OwnUsage {
    static func read() -> ProcessUsage {
        var usage = ProcessUsage()
        var reader = ProcReader()
        let own = ProcessID(getpid())
        usage.cpuSeconds = ProcessCPUClock.nanoseconds(of: own).map { Double($0) / 1e9 }
        if let stat = reader.stat(of: own).value {
            usage.virtualMemoryBytes = stat.virtualBytes
            usage.residentMemoryBytes = stat.residentBytes
            usage.startTimeSeconds = BootTime.epochSeconds(of: stat.startTime)
        }
        usage.openFileDescriptors = openDescriptors()
        usage.maximumFileDescriptors = limit(RLIMIT_NOFILE)
        usage.maximumVirtualMemoryBytes = limit(RLIMIT_AS)
        return usage
    }

    /// How many descriptors are open.
    ///
    /// Linux 6.2 and later tell it as the size of the directory (proc(5), `/proc/pid/fd`); to list
    /// the 10,000 that a host of many threads comes to takes longer than all else of a scrape.
    private static func openDescriptors() -> UInt64? {
        var status = stat()
        if stat("/proc/self/fd", &status) == 0, status.st_size > 0 {
            return UInt64(status.st_size)
        }
        guard let directory = opendir("/proc/self/fd") else { return nil }
        defer { closedir(directory) }
        // Without the two links of a directory and the listing's own descriptor.
        var count: UInt64 = 0
        while readdir(directory) != nil { count += 1 }
        return count > 3 ? count - 3 : 0
    }

    private static func limit(_ resource: __rlimit_resource) -> UInt64? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else { return nil }
        return UInt64(limit.rlim_cur)
    }
}
