// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

@Suite struct TargetsPageTests {
    private let table = TargetTable(
        tier: 2,
        tierMeaning: "threads are stopped & no more",
        rows: [
            .init(standing: .sampled, name: "<b>web</b>", reason: "", processCount: 3),
            .init(standing: .denied, name: "va\"ult", reason: "not permitted", processCount: 1),
        ]
    )

    @Test func namesAreEscaped() {
        let html = TargetsPage.html(table)
        #expect(html.contains("<th scope=\"row\">&lt;b&gt;web&lt;/b&gt;</th><td>3</td></tr>"))
        #expect(html.contains("Tier 2: threads are stopped &amp; no more."))
        #expect(html.contains("<td>not permitted</td>"))
        #expect(!html.contains("<b>"))
        #expect(!html.contains("Left alone"), "there is none")
    }

    @Test func aProgramReadsTheSame() {
        let json = TargetsPage.json(table)
        #expect(json.hasPrefix("{\"tier\":2,\"meaning\":\"threads are stopped & no more\","))
        #expect(json.contains("\"name\":\"va\\\"ult\",\"processes\":1,\"reason\":\"not"))
        #expect(json.hasSuffix("],\"omitted\":0}\n"))
    }
}
