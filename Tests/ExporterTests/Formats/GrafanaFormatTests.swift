// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Foundation
import Profiles
import Testing

@Suite("GrafanaFormat")
struct GrafanaFormatTests {
    private struct Row: Decodable {
        let level: Int
        let label: String
        let value: UInt64
        let `self`: UInt64
    }

    private func rows(_ profile: Profile, maximumNodes: Int = 100) throws -> [Row] {
        let bytes = GrafanaFormat.encode(profile, maximumNodes: maximumNodes)
        return try JSONDecoder().decode([Row].self, from: Data(bytes))
    }

    @Test("gives the golden bytes")
    func golden() throws {
        try Golden.expect(GrafanaFormat.encode(SampleProfiles.busy), in: "busy.grafana.json")
    }

    @Test("one root, each row at most one level below the one before it, and all adds up")
    func order() throws {
        let rows = try rows(SampleProfiles.busy)
        #expect(rows.first?.level == 0)
        for (before, row) in zip(rows, rows.dropFirst()) {
            #expect(1...before.level + 1 ~= row.level, "\(row.label)")
        }
        #expect(rows.first?.value == rows.reduce(0) { $0 + $1.`self` })
    }

    @Test("beyond the limit the lightest are one row, and nothing is lost")
    func limit() throws {
        let all = try rows(SampleProfiles.busy)
        let few = try rows(SampleProfiles.busy, maximumNodes: 4)
        #expect(few.count <= 4)
        #expect(few.contains { $0.label == "[other]" })
        #expect(few.first?.value == all.first?.value)
        #expect(few.first?.value == few.reduce(0) { $0 + $1.`self` })
    }

    @Test("an empty profile is a root that weighs nothing")
    func empty() throws {
        let rows = try rows(SampleProfiles.empty)
        #expect(rows.map(\.value) == [0])
    }
}
