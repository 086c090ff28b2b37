// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct SamplerReasonsTests {
    /// The label values of a set, and whether its size fits the counter.
    private func labels<Reason: CountedReason>(_: Reason.Type) -> [String] {
        let entries = ReasonCounts<Reason>().entries
        #expect(entries.count <= ReasonCounts<Reason>.capacity)
        return entries.map(\.reason.rawValue)
    }

    @Test func labelValuesAreTheContract() {
        #expect(
            labels(DropReason.self) == [
                "exited", "execed", "timeout", "stale_look", "group_stop", "buffer_full", "own_cpu",
                "wait_limit",
            ]
        )
        #expect(
            labels(AttachFailureReason.self) == [
                "permission", "yama", "already_traced", "exited", "other",
            ]
        )
        #expect(labels(MissedTickReason.self) == ["budget", "overrun", "paused"])
        #expect(
            labels(RepairOutcome.self) == [
                "repaired", "repaired_restart_block", "not_listed", "foreign_abi", "architecture",
            ]
        )
        #expect(
            labels(ShortTransferKind.self) == [
                "read", "write", "receive", "send", "copy", "random",
            ]
        )
        #expect(
            labels(ParkReason.self) == ["late_stop", "dying", "await_running", "moved_by_exec"]
        )
        #expect(
            labels(VerificationResult.self) == [
                "as_found", "stopped_by_other", "still_traced", "gone",
            ]
        )
        #expect(
            labels(WithheldReason.self) == [
                "system_time", "short_transfer", "too_new", "paused_by_request",
                "long_pauses", "paused", "call_window", "not_permitted",
            ]
        )
        #expect(labels(ThrottleReason.self) == ["cpu_budget", "pause_budget", "memory"])
    }
}
