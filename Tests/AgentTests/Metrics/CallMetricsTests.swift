// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Profiles
import Sampler
import Testing

@testable import Agent

@Suite struct CallMetricsTests {
    @Test("there is nothing before the first window")
    func nothing() {
        #expect(CallMetrics.families(of: AggregateSnapshot()).isEmpty)
    }

    @Test func showsCallsFailuresAndWhatTheWindowsCameTo() {
        var durations = CallDurations(sumSeconds: 0.75)
        durations.count(3, seconds: 0.25)
        var table = GroupTable(warmUpNanoseconds: 0)
        table.openWindow([("web", 1)], nowNanoseconds: 1)
        table.update("web") { counters in
            counters.addCalls("read", 30, failures: 2)
            counters.addObserved(seconds: 0.25)
            counters.addDurations("read", durations)
        }
        table.closeWindow(nowNanoseconds: 2)
        var snapshot = AggregateSnapshot()
        snapshot.groups = table.groups
        snapshot.windowEnds.increment(.pauseBudget, by: 3)
        snapshot.unwatched.increment(.tooNew)
        let text = String(
            decoding: Exposition.encode(CallMetrics.families(of: snapshot), as: .text).bytes,
            as: UTF8.self
        )
        let group = snapshot.groups.count > 1 ? "web" : "other"
        let family = "ptarmigan_syscall_duration_seconds"
        for line in [
            "ptarmigan_syscall_observed_seconds_total{group=\"\(group)\"} 0.25",
            "ptarmigan_syscall_windows_total{end=\"pause_budget\"} 3",
            "ptarmigan_syscall_windows_total{end=\"time\"} 0",
            "ptarmigan_syscall_unwatched_threads_total{reason=\"too_new\"} 1",
            "ptarmigan_syscalls_total{group=\"\(group)\",syscall=\"read\"} 30",
            "\(family)_bucket{group=\"\(group)\",syscall=\"read\",le=\"0.2\"} 0",
            "\(family)_bucket{group=\"\(group)\",syscall=\"read\",le=\"1.0\"} 3",
            "\(family)_sum{group=\"\(group)\",syscall=\"read\"} 0.75",
            "\(family)_count{group=\"\(group)\",syscall=\"read\"} 3",
            "ptarmigan_syscall_errors_total{group=\"\(group)\",syscall=\"read\"} 2",
        ] {
            #expect(text.contains("\n\(line)\n"), "\(line)")
        }
    }
}
