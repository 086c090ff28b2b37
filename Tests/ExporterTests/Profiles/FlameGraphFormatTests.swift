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
            ("html", "text/html; charset=utf-8", FlameGraphPage.encode(profile)),
            (
                "folded", "text/plain; charset=utf-8",
                FoldedFormat.encode(profile, weight: .microseconds)
            ),
            ("speedscope", "application/json", SpeedscopeFormat.encode(profile)),
            ("json", "application/json", FlameGraphPage.encodeData(profile)),
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

    @Test("the page may run its script under the header's policy, and be in no frame")
    func policy() async throws {
        let server = Web.server(profiles: SampleSource().source)
        let answer = try await Web.ask(server, "/flamegraph")
        let policy = try #require(answer.headers[.contentSecurityPolicy])
        let own = FlameGraphTemplate.policy
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
