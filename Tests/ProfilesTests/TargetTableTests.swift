// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct TargetTableTests {
    private func row(
        _ standing: TargetTable.Standing,
        _ name: String,
        _ reason: String = ""
    ) -> TargetTable.Row {
        TargetTable.Row(standing: standing, name: name, reason: reason, processCount: 1)
    }

    @Test func equalRowsAreAddedUpAndSampledOnesComeFirst() {
        let table = TargetTable(
            tier: 1,
            tierMeaning: "all",
            rows: [
                row(.denied, "vault", "not permitted"), row(.sampled, "db"), row(.sampled, "web"),
                row(.excluded, "sshd", "protected"), row(.sampled, "web"),
                row(.excluded, "sshd", "traced"),
            ]
        )
        #expect(table.rows.map(\.name) == ["web", "db", "sshd", "sshd", "vault"])
        #expect(table.rows.map(\.processCount) == [2, 1, 1, 1, 1])
        #expect(table.count(.sampled) == 3)
        #expect(table.count(.excluded) == 2)
        #expect(table.omittedCount == 0)
    }

    @Test func rowsAreBounded() {
        let table = TargetTable(
            tier: 1,
            tierMeaning: "all",
            rows: (0..<1_500).map { row(.sampled, "group-\($0)") }
        )
        #expect(table.rows.count == 1_000)
        #expect(table.omittedCount == 500)
    }
}
