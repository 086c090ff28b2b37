// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Profiles
import Testing

@testable import Exporter

@Suite("FlameGraphFormat")
struct FlameGraphFormatTests {
    @Test("each format has its type and its own encoder")
    func bytes() async throws {
        let source = SampleSource()
        let profile = SampleProfiles.busy
        for (format, type, bytes) in [
            (
                "folded", "text/plain; charset=utf-8",
                FoldedFormat.encode(profile, weight: .microseconds)
            ),
            ("speedscope", "application/json", SpeedscopeFormat.encode(profile)),
            ("json", "application/json", FlameGraphPage.encodeData(profile)),
            ("grafana", "application/json", GrafanaFormat.encode(profile)),
            ("pprof", "application/octet-stream", try PprofFormat.encode(profile)),
            ("text", "text/plain; charset=utf-8", TextFormat.encode(profile)),
        ] {
            let server = Web.server(profiles: source.source)
            let answer = try await Web.ask(server, "/flamegraph?format=\(format)")
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentType] == type)
            #expect(answer.body == bytes, "\(format)")
            let attached = answer.headers[.contentDisposition]
            #expect(
                attached == (format == "pprof" ? "attachment; filename=\"profile.pb.gz\"" : nil)
            )
        }
    }

    @Test("a page has controls, and is a recorded one but for them")
    func controls() async throws {
        let server = Web.server(profiles: SampleSource().source)
        let answer = try await Web.ask(server, "/flamegraph?group=busy.service&ago=10")
        #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
        let parts = answer.text.split(separator: "<nav class=\"controls\"", maxSplits: 1)
        let end = try #require(parts[1].range(of: "</nav>\n"))
        let plain = String(parts[0]) + parts[1][end.upperBound...]
        let recorded = String(decoding: FlameGraphPage.encode(SampleProfiles.busy), as: UTF8.self)
        #expect(plain == recorded.replacing("form-action 'none'", with: "form-action 'self'"))
        #expect(!recorded.contains("<form") && !recorded.contains("<nav class"))
        #expect(answer.text.contains("<option value=\"a&amp;b &lt;c&gt;\">"))
    }

    @Test("two times are one page or one table, each called by its time")
    func comparison() async throws {
        let server = Web.server(
            profiles: SampleSource { request in
                let isBase = request.span == .past(from: 1_000_000_000, to: 2_000_000_000)
                return .profile(isBase ? SampleProfiles.busy : SampleProfiles.changed)
            }.source
        )
        let query = "/flamegraph?from=5&to=8&base_from=1&base_to=2"
        let page = try await Web.ask(server, query)
        #expect(page.status == .ok)
        #expect(page.headers[.contentType] == "text/html; charset=utf-8")
        #expect(page.headers[.contentSecurityPolicy] == FlameGraphPage.contentSecurityPolicy)
        let (from, to) = (SampleProfiles.busy, SampleProfiles.changed)
        func side(_ profile: Profile) -> ProfileComparison.Side {
            let start = profile.startNanoseconds
            let text = UTCTimeText(from: start, to: start + profile.durationNanoseconds)
            return ProfileComparison.Side(name: text.description, profile: profile)
        }
        let comparison = ProfileComparison(base: side(from), new: side(to))
        #expect(comparison.isNormalized)
        let written = String(decoding: DiffPage.encode(comparison), as: UTF8.self)
        let data = try #require(written.range(of: "id=\"profile\">"))
        #expect(page.text.hasSuffix(written[data.lowerBound...]))
        #expect(page.text.contains("<nav class=\"controls\""))
        #expect(page.text.contains(">base alone</a>"))
        let table = try await Web.ask(server, query + "&format=text")
        #expect(table.headers[.contentType] == "text/plain; charset=utf-8")
        #expect(table.body == DiffTextFormat.encode(comparison))
    }

    @Test("the page may run its script under the header's policy, and be in no frame")
    func policy() async throws {
        let server = Web.server(profiles: SampleSource().source)
        let answer = try await Web.ask(server, "/flamegraph")
        let policy = try #require(answer.headers[.contentSecurityPolicy])
        // Its forms ask this server and no other.
        let own = FlameGraphTemplate.policy + "; form-action 'self'"
        #expect(policy == own + "; frame-ancestors 'none'")
        #expect(answer.text.contains("Content-Security-Policy\" content=\"\(own)\""))
        let folded = try await Web.ask(server, "/flamegraph?format=folded")
        #expect(folded.headers[.contentSecurityPolicy]?.contains("script-src") == false)
    }

    @Test("the data is the page's, one JSON object")
    func data() throws {
        struct Total: Decodable { let nanoseconds: UInt64 }
        let profile = SampleProfiles.busy
        let data = FlameGraphPage.encodeData(profile)
        let page = String(decoding: FlameGraphPage.encode(profile), as: UTF8.self)
        #expect(page.contains(String(decoding: data, as: UTF8.self)))
        let total = try JSONDecoder().decode(Total.self, from: Data(data))
        #expect(total.nanoseconds == profile.nanoseconds)
    }
}
