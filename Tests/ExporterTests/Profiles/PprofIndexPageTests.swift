// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("PprofIndexPage")
struct PprofIndexPageTests {
    private func text(kept: UInt64?) -> String {
        let page = PprofIndexPage.html(groups: SampleSource.groups, keptSeconds: kept)
        return String(decoding: page, as: UTF8.self)
    }

    @Test("links the profiles, as tables too, and those of each group")
    func links() {
        let text = text(kept: 312)
        for path in [
            "/debug/pprof/profile", "/debug/pprof/profile?debug=1", "/debug/pprof/wall",
            "/debug/pprof/wall?debug=1", "/debug/pprof/profile?group=busy.service", "/flamegraph",
        ] {
            #expect(text.contains("href=\"\(path)\""), "\(path)")
        }
        #expect(text.contains("<title>/debug/pprof/</title>"))
        #expect(text.contains("in the last 312 seconds is kept"))
        #expect(!text.contains("heap") && !text.contains("cmdline"))
    }

    @Test("says when nothing is kept yet")
    func empty() {
        #expect(text(kept: nil).contains("Nothing is kept yet."))
    }
}
