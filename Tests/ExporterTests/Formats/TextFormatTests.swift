// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Profiles
import Testing

@Suite("TextFormat")
struct TextFormatTests {
    private func lines(_ profile: Profile, maximumRows: Int = 1000) -> [Substring] {
        let bytes = TextFormat.encode(profile, maximumRows: maximumRows)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }

    @Test("gives the golden bytes")
    func golden() throws {
        try Golden.expect(TextFormat.encode(SampleProfiles.busy), in: "busy.txt")
    }

    @Test("says nothing of times that nobody knows")
    func withoutClock() throws {
        let bytes = FoldedFormat.encode(SampleProfiles.wall)
        let lines = lines(try ProfileReader.read(bytes, hints: ProfileReader.Hints(target: "x")))
        #expect(lines[1] == "# Event: samples, whose time is not known")
        #expect(lines[2] == "# Samples: 10")
        #expect(lines.contains { $0.hasPrefix("   100.00%") })
    }

    @Test("functions beyond the limit are counted")
    func limit() {
        let all = lines(SampleProfiles.busy).filter { !$0.hasPrefix("#") }
        let some = lines(SampleProfiles.busy, maximumRows: 2)
        let names = some.filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ").last }
        #expect(names == ["hot_sixty", "hot_thirty"])
        #expect(some.last == "# and \(all.count - 2) more functions with 18.10%")
    }

    @Test("no line is more than one, whatever the names are")
    func controls() {
        let bytes = TextFormat.encode(SampleProfiles.busy)
        #expect(bytes.allSatisfy { $0 >= 0x20 || $0 == UInt8(ascii: "\n") })
        #expect(!lines(SampleProfiles.busy).contains { $0.contains("\u{202e}") })
    }

    @Test("an empty profile has a header only")
    func empty() {
        #expect(lines(SampleProfiles.empty).allSatisfy { $0.hasPrefix("#") })
    }
}
