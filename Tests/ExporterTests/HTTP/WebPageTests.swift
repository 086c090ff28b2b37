// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Hummingbird
import Testing

@testable import Exporter

@Suite("WebPage")
struct WebPageTests {
    @Test("the policy names the style of the page, and allows nothing else")
    func policy() throws {
        let page = String(decoding: WebPage.html(title: "a", body: ""), as: UTF8.self)
        let start = try #require(page.range(of: "<style>")).upperBound
        let end = try #require(page.range(of: "</style>")).lowerBound
        let file = try TemporaryFile(Array(page[start..<end].utf8))
        let digest = try CommandOutcome(of: "sha256sum \(file.path)").output.prefix(64)
        let bytes = try stride(from: 0, to: 64, by: 2).map { offset in
            let from = digest.index(digest.startIndex, offsetBy: offset)
            return try #require(UInt8(digest[from...].prefix(2), radix: 16))
        }
        let hash = Data(bytes).base64EncodedString()
        #expect(
            WebPage.policy
                == "default-src 'none'; style-src 'sha256-\(hash)'; base-uri 'none'; "
                + "form-action 'none'; frame-ancestors 'none'"
        )
        let answer = WebPage.response([])
        #expect(answer.headers[.contentSecurityPolicy] == WebPage.policy)
        #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
    }

    @Test("titles and links are escaped", arguments: SampleProfiles.hostileNames)
    func escaped(name: String) {
        let address = "/?a='\"<\(URLText(encoding: name))"
        let page = String(
            decoding: WebPage.html(title: name, body: WebPage.link(name, to: address)),
            as: UTF8.self
        )
        #expect(!page.contains("<script") && !page.contains("<img") && !page.contains("\u{1b}"))
        #expect(page.ranges(of: "<a href=\"/?a=&#39;&quot;&lt;").count == 1)
        #expect(page.ranges(of: "</a>").count == 1)
    }
}
