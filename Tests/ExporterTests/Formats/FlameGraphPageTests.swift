// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Profiles
import Testing

@testable import Exporter

@Suite("FlameGraphPage")
struct FlameGraphPageTests {
    private func html(_ profile: Profile) -> String {
        String(decoding: FlameGraphPage.encode(profile), as: UTF8.self)
    }

    /// What stands between two texts, the first time that both do.
    private func part(of text: String, from start: String, to end: String) throws -> String {
        let from = try #require(text.range(of: start), "\(start) is missing")
        let rest = text[from.upperBound...]
        return String(rest[..<(try #require(rest.range(of: end)).lowerBound)])
    }

    @Test("gives the golden bytes")
    func golden() throws {
        try Golden.expect(FlameGraphPage.encode(SampleProfiles.busy), in: "busy.html")
    }

    @Test("no name ends the element that the data is in, or begins another")
    func escaped() throws {
        let page = html(SampleProfiles.busy)
        let data = try part(of: page, from: "id=\"profile\">", to: "<")
        #expect(data.hasSuffix("}"))
        #expect(try JSONSerialization.jsonObject(with: Data(data.utf8)) is [String: Any])
        #expect(page.contains("<title>busy &amp; &lt;co&gt; (812): cpu flame graph</title>"))
        // The data's element and the script's.
        #expect(page.ranges(of: "</script>").count == 2)
        #expect(!page.contains("<img"))
    }

    @Test(
        "the policy names the page's own style and script and nothing else",
        arguments: [
            ("style-src", "<style>", "</style>"),
            ("script-src", "</script>\n<script>", "</script>"),
        ]
    )
    func policy(directive: String, start: String, end: String) throws {
        let page = html(SampleProfiles.wall)
        let policy = try part(of: page, from: "Content-Security-Policy\" content=\"", to: "\"")
        #expect(policy.hasPrefix("default-src 'none'; "))
        #expect(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains("*"))
        let source = try part(of: policy, from: "\(directive) '", to: "'")

        let file = try TemporaryFile(Array(try part(of: page, from: start, to: end).utf8))
        let digest = try CommandOutcome(of: "sha256sum \(file.path)").output.prefix(64)
        let bytes = try stride(from: 0, to: 64, by: 2).map { offset in
            let from = digest.index(digest.startIndex, offsetBy: offset)
            return try #require(UInt8(digest[from...].prefix(2), radix: 16))
        }
        #expect(source == "sha256-" + Data(bytes).base64EncodedString())
    }

    @Test("the template is what its sources make")
    func template() throws {
        let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let folder = root + "/Sources/Exporter/Formats/FlameGraph/Page/"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        func text(_ file: String) throws -> String {
            try String(contentsOfFile: folder + file, encoding: .utf8)
        }
        let template = [
            FlameGraphTemplate.beforeFormAction, "{{form-action}}", FlameGraphTemplate.beforeTitle,
            "{{title}}", FlameGraphTemplate.beforeControls, "{{controls}}",
            FlameGraphTemplate.beforeData, "{{data}}", FlameGraphTemplate.afterData,
        ].joined()
        let scripts = files.filter { $0.hasSuffix(".js") }
        #expect(scripts.count > 3)
        let script = "\n" + (try scripts.map(text)).joined(separator: "\n")
        #expect(template.contains("<script>\(script)</script>"), "run Scripts/generate-page.py")
        let style = "\n" + (try text("page.css"))
        #expect(template.contains("<style>\(style)</style>"), "run Scripts/generate-page.py")
        let policy = try part(of: template, from: "Policy\" content=\"", to: "; form-action")
        #expect(policy == FlameGraphTemplate.policy)
        let page = try text("page.html")
            .replacingOccurrences(of: "{{policy}}", with: policy)
            .replacingOccurrences(of: "{{style}}", with: style)
            .replacingOccurrences(of: "{{script}}", with: script)
        #expect(template == page, "run Scripts/generate-page.py")
    }

    @Test("a page that is a file has no controls, and its forms could go nowhere")
    func noControls() {
        let page = html(SampleProfiles.busy)
        #expect(page.contains("; form-action 'none'\">"))
        #expect(!page.contains("<form") && !page.contains("id=\"refresh\""))
        let served = FlameGraphPage.encode(SampleProfiles.busy, controls: "<p>controls</p>\n")
        let text = String(decoding: served, as: UTF8.self)
        #expect(text.contains("; form-action 'self'\">"))
        #expect(text.contains("</header>\n<p>controls</p>\n<noscript>"))
    }

    @Test("the page refers to nothing outside itself")
    func closed() {
        let template =
            FlameGraphTemplate.beforeTitle + FlameGraphTemplate.beforeControls
            + FlameGraphTemplate.beforeData + FlameGraphTemplate.afterData
        let words = ["http:", "https:", "src=", "href=", "url(", "@import", "innerHTML", "eval("]
        for word in words {
            #expect(!template.contains(word), "\(word)")
        }
    }
}
