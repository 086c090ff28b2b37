// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What the agent itself uses, as read from `/proc/self` (proc(5)) and getrlimit(2).
///
/// A value that could not be read is nil, and its metric is then absent.
package struct ProcessUsage: Sendable {
    /// CPU time in user and system mode, in seconds.
    package var cpuSeconds: Double?
    package var openFileDescriptors: UInt64?
    /// The soft limit of open file descriptors.
    package var maximumFileDescriptors: UInt64?
    package var virtualMemoryBytes: UInt64?
    /// The soft limit of virtual memory; `UInt64.max` if there is none.
    package var maximumVirtualMemoryBytes: UInt64?
    package var residentMemoryBytes: UInt64?
    /// When the agent began, in seconds since 1970.
    package var startTimeSeconds: Double?

    package init() {}

    /// Whether all that every Linux tells could be read.
    package var isComplete: Bool {
        cpuSeconds != nil && openFileDescriptors != nil && maximumFileDescriptors != nil
            && virtualMemoryBytes != nil && maximumVirtualMemoryBytes != nil
            && residentMemoryBytes != nil
            && startTimeSeconds != nil
    }
}

/// The seven metrics that every Prometheus target has about its own process.
package enum ProcessMetrics {
    /// Families with the names that every Prometheus client library uses.
    package static func families(of usage: ProcessUsage) -> [MetricFamily] {
        var families: [MetricFamily] = []
        if let seconds = usage.cpuSeconds {
            families.append(
                .counter(
                    "process_cpu_seconds",
                    unit: .seconds,
                    help: "CPU time spent by the agent in user and system mode, in seconds.",
                    value: MetricValue(seconds)
                )
            )
        }
        func gauge(
            _ name: StaticString,
            _ unit: MetricFamily.Unit?,
            _ help: StaticString,
            _ value: MetricValue?
        ) {
            guard let value else { return }
            families.append(.gauge(name, unit: unit, help: help, value: value))
        }
        gauge(
            "process_open_fds",
            nil,
            "File descriptors that the agent has open.",
            usage.openFileDescriptors.map { MetricValue($0) }
        )
        gauge(
            "process_max_fds",
            nil,
            "The most file descriptors that the agent may open.",
            usage.maximumFileDescriptors.map { MetricValue($0) }
        )
        gauge(
            "process_virtual_memory_bytes",
            .bytes,
            "Virtual memory of the agent in bytes.",
            usage.virtualMemoryBytes.map { MetricValue($0) }
        )
        gauge(
            "process_virtual_memory_max_bytes",
            .bytes,
            "The most virtual memory that the agent may have, in bytes.",
            usage.maximumVirtualMemoryBytes.map { MetricValue($0) }
        )
        gauge(
            "process_resident_memory_bytes",
            .bytes,
            "Resident memory of the agent in bytes.",
            usage.residentMemoryBytes.map { MetricValue($0) }
        )
        gauge(
            "process_start_time_seconds",
            .seconds,
            "When the agent began, in seconds since 1970.",
            usage.startTimeSeconds.map { MetricValue($0) }
        )
        return families
    }
}
