// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("GroupList")
struct GroupListTests {
    @Test("links what can be asked of each group, and leaves out those that cannot")
    func links() {
        let html = GroupList.html(SampleSource.groups)
        for link in [
            "href=\"/flamegraph?group=busy.service\"",
            "href=\"/flamegraph?group=a%26b%20%3Cc%3E&amp;kind=wall\"",
            "href=\"/debug/pprof/profile?group=busy.service&amp;debug=1\"",
            "href=\"/debug/pprof/wall?group=a%26b%20%3Cc%3E\"",
        ] {
            #expect(html.contains(link), "\(link)")
        }
        #expect(html.contains("<td>a&amp;b &lt;c&gt;</td><td class=\"number\">1</td>"))
        #expect(html.contains("<td class=\"number\">10.600</td>"))
        #expect(!html.contains("it&#39;s") && !html.contains("it%27s"))
    }

    @Test("keeps the order, and has an end")
    func bound() {
        let groups = (0..<150).map {
            ProfiledGroup(name: "g\($0)-", processCount: 1, nanoseconds: 0)
        }
        let html = GroupList.html(groups)
        #expect(html.ranges(of: "<tr><td>").count == GroupList.maximumCount)
        let places = (0..<100).compactMap { html.firstRange(of: "<td>g\($0)-<")?.lowerBound }
        #expect(places.count == 100 && places == places.sorted())
    }

    @Test("says when there is none")
    func none() {
        #expect(GroupList.html([]).contains("None is sampled yet."))
    }
}
