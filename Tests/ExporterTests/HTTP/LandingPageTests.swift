// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Testing

@testable import Exporter

@Suite("LandingPage")
struct LandingPageTests {
    private func text(_ routes: [WebRoute], groups: [ProfiledGroup]? = nil) -> String {
        let page = LandingPage(name: "<script>", version: "1\"2", routes: routes)
        return String(decoding: page.html(groups: groups), as: UTF8.self)
    }

    private func route(_ path: String, title: String?, refusal: String? = nil) -> WebRoute {
        WebRoute(path: path, title: title, refusal: refusal) { _ in .plainText(.ok, "") }
    }

    @Test("escapes everything that it is given")
    func escaped() {
        let text = text([route("/\"onclick='x'", title: "<b>&")])
        #expect(text.contains("<h1>&lt;script&gt;</h1>"))
        #expect(text.contains("version 1&quot;2."))
        #expect(
            text.contains(
                "<a href=\"/&quot;onclick=&#39;x&#39;\">&lt;b&gt;&amp;</a>"
            )
        )
        #expect(!text.contains("<script>"))
    }

    @Test("links what has a title and is served, and says why the rest is not")
    func links() {
        let text = text([
            route("/a", title: "A"), route("/b", title: nil),
            route("/c", title: "C", refusal: "no <c> is served"),
        ])
        #expect(text.contains("<li><a href=\"/a\">A</a></li>"))
        #expect(!text.contains("\"/b\"") && !text.contains("\"/c\""))
        #expect(text.contains("<p>Here no &lt;c&gt; is served.</p>"))
        #expect(!text.contains("Groups"))
    }

    @Test("lists the groups")
    func groups() {
        let text = text([route("/a", title: "A")], groups: SampleSource.groups)
        #expect(text.contains("<td>busy.service</td>"))
        #expect(text.contains("href=\"/flamegraph?group=busy.service\""))
    }
}
