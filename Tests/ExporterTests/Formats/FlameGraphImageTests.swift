// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

@Suite("FlameGraphImage")
struct FlameGraphImageTests {
    @Test("gives the golden bytes")
    func golden() throws {
        try Golden.expect(FlameGraphImage.encode(SampleProfiles.busy), in: "busy.svg")
    }

    @Test(
        "is well-formed, whatever the names are",
        arguments: [
            SampleProfiles.busy, SampleProfiles.wall, SampleProfiles.empty,
            SampleProfiles.random(stacks: 2000, seed: 3),
        ]
    )
    func wellFormed(profile: Profile) throws {
        let outcome = try Self.parse(FlameGraphImage.encode(profile))
        #expect(outcome.exitCode == 0, "\(outcome.output)")
    }

    @Test("the title says nothing of times that nobody knows")
    func withoutClock() throws {
        let bytes = FoldedFormat.encode(SampleProfiles.wall)
        let profile = try ProfileReader.read(bytes, hints: ReadProfiles.hints)
        let text = String(decoding: FlameGraphImage.encode(profile), as: UTF8.self)
        #expect(text.contains("<title>a file: 10 samples</title>"))
    }

    @Test("an image with a raw name would not be well-formed: the test above can fail")
    func malformed() throws {
        let text = String(decoding: FlameGraphImage.encode(SampleProfiles.busy), as: UTF8.self)
        for (good, bad) in [("&lt;", "<"), ("&amp;", "&"), ("\u{fffd}", "\u{1b}")] {
            let parts = text.ranges(of: good)
            #expect(!parts.isEmpty)
            var raw = text
            for range in parts.reversed() { raw.replaceSubrange(range, with: bad) }
            #expect(try Self.parse(Array(raw.utf8)).exitCode == 1, "\(bad)")
        }
    }

    /// What a strict parser of XML, that of Python, says.
    private static func parse(_ bytes: [UInt8]) throws -> CommandOutcome {
        let file = try TemporaryFile(bytes)
        let program = "import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])"
        return try CommandOutcome(of: "python3 -c '\(program)' \(file.path) 2>&1")
    }

    @Test("has no script and refers to nothing outside itself")
    func closed() {
        let text = String(decoding: FlameGraphImage.encode(SampleProfiles.busy), as: UTF8.self)
        for word in ["<script", " href", " onload", "<foreignObject", "<image"] {
            #expect(!text.contains(word))
        }
    }
}
