// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Testing

@testable import Exporter

@Suite("LandingPage")
struct LandingPageTests {
    @Test("escapes everything that it is given")
    func escaped() {
        let route = WebRoute(path: "/\"onclick='x'", title: "<b>&") { _ in
            .plainText(.ok, "")
        }
        let page = LandingPage.html(name: "<script>", version: "1\"2", routes: [route])
        let text = String(decoding: page, as: UTF8.self)
        #expect(text.contains("<h1>&lt;script&gt;</h1>"))
        #expect(text.contains("version 1&quot;2."))
        #expect(
            text.contains(
                "<a href=\"/&quot;onclick=&#39;x&#39;\">&lt;b&gt;&amp;</a>"
            )
        )
        #expect(!text.contains("<script>"))
    }
}
