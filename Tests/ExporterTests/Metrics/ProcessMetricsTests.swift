// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Testing

@Suite("ProcessMetrics")
struct ProcessMetricsTests {
    private var usage: ProcessUsage {
        var usage = ProcessUsage()
        usage.cpuSeconds = 1.5
        usage.openFileDescriptors = 12
        usage.maximumFileDescriptors = 1024
        usage.virtualMemoryBytes = 4096
        usage.maximumVirtualMemoryBytes = .max
        usage.residentMemoryBytes = 2048
        usage.startTimeSeconds = 1_763_853_000.25
        return usage
    }

    @Test("gives the seven standard metrics, which promtool accepts")
    func all() throws {
        let families = ProcessMetrics.families(of: usage)
        #expect(MetricLint.findings(in: families) == [])
        let bytes = Exposition.encode(families, as: .text).bytes
        let samples = String(decoding: bytes, as: UTF8.self)
            .split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(
            samples == [
                "process_cpu_seconds_total 1.5", "process_open_fds 12", "process_max_fds 1024",
                "process_virtual_memory_bytes 4096",
                "process_virtual_memory_max_bytes 1.8446744073709552e+19",
                "process_resident_memory_bytes 2048",
                "process_start_time_seconds 1.76385300025e+09",
            ]
        )
        let outcome = try Promtool.checkMetrics(bytes)
        #expect(outcome.exitCode == 0, "\(outcome.output)")
    }

    @Test("leaves out what could not be read")
    func none() {
        #expect(ProcessMetrics.families(of: ProcessUsage()).isEmpty)
    }
}
