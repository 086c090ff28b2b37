// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct TargetWatchTableTests {
    private func watch(_ selection: TargetSelection) -> TargetWatch { .plain(selection) }

    @Test func saysWhatIsSampledAndWhyTheRestIsNot() async throws {
        let child = try ProcChild(["cat"])
        let own = ProcessID(getpid())
        let watch = watch(.listed([child.process, own]))
        _ = await watch.refresh(now: MonotonicInstant(nanoseconds: 1))
        let table = await watch.table(tier: .full)
        #expect(table.tier == 1)
        #expect(table.count(.sampled) == 1)
        #expect(table.count(.excluded) == 1)
        let excluded = table.rows.first { $0.standing == .excluded }
        #expect(excluded?.reason == "it is this very agent")
    }

    @Test func aRuleIsAReason() async throws {
        let child = try ProcChild(["cat"])
        let watch = watch(.listed([child.process]))
        var pattern = ProcessPattern()
        pattern.commands = ["cat"]
        var rules = TargetRules()
        rules.excluded = [pattern]
        try await watch.apply(rules)
        _ = await watch.refresh(now: MonotonicInstant(nanoseconds: 1))
        let rows = await watch.table(tier: .full).rows
        #expect(rows.map(\.name) == ["cat"])
        #expect(rows.map(\.reason) == ["a rule of the configuration excludes it"])
    }
}
