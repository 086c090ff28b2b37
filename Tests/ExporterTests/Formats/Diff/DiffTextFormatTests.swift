// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

@Suite("DiffTextFormat")
struct DiffTextFormatTests {
    private func comparison(
        _ base: Profile,
        _ new: Profile,
        isNormalized: Bool = true
    ) -> ProfileComparison {
        ProfileComparison(
            base: ProfileComparison.Side(name: "before.pb.gz", profile: base),
            new: ProfileComparison.Side(name: "after\u{1b}.pb.gz", profile: new),
            isNormalized: isNormalized
        )
    }

    private func lines(_ comparison: ProfileComparison, maximumRows: Int = 1000) -> [Substring] {
        let bytes = DiffTextFormat.encode(comparison, maximumRows: maximumRows)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }

    /// The cells of the first function.
    private func top(_ lines: [Substring]) -> [Substring]? {
        lines.first { !$0.hasPrefix("#") }?.split(separator: " ")
    }

    @Test("gives the golden bytes")
    func golden() throws {
        let comparison = comparison(SampleProfiles.busy, SampleProfiles.changed)
        try Golden.expect(DiffTextFormat.encode(comparison), in: "busy-changed.diff.txt")
    }

    @Test("the function that became slower is on top, with its sign; so is it the other way round")
    func top() throws {
        let slower = lines(comparison(SampleProfiles.busy, SampleProfiles.changed))
        let cells = try #require(top(slower))
        #expect(cells.last == "hot_thirty")
        #expect(cells[0].hasPrefix("+") && cells[0].hasSuffix("pp"))
        let faster = lines(comparison(SampleProfiles.changed, SampleProfiles.busy))
        #expect(try #require(top(faster))[0] == "-" + cells[0].dropFirst())
        #expect(slower.contains { $0.contains(" new ") && $0.hasSuffix(" parse") })
        #expect(slower.contains { $0.contains(" gone ") && $0.hasSuffix(" memcpy") })
    }

    @Test("times as they are, when asked")
    func absolute() throws {
        let lines = lines(
            comparison(SampleProfiles.busy, SampleProfiles.changed, isNormalized: false)
        )
        #expect(lines[2] == "# Event: cpu time, as it is")
        let cells = try #require(top(lines))
        // 512 samples of 10.10101 ms more.
        #expect(cells[0] == "+5.172s" && cells.last == "hot_thirty")
    }

    @Test("counts, where nobody knows times")
    func counts() throws {
        let sides = [SampleProfiles.busy, SampleProfiles.changed].map { FoldedFormat.encode($0) }
        let profiles = try sides.map { try ProfileReader.read($0, hints: ReadProfiles.hints) }
        let named = ProfileComparison.Side(name: "/x/a file", profile: profiles[0])
        let same = lines(ProfileComparison(base: named, new: named))
        #expect(same[0] == "# Base: /x/a file, 1050 samples")
        let shares = lines(comparison(profiles[0], profiles[1]))
        #expect(shares[2] == "# Event: samples, as shares of each total")
        let amounts = lines(comparison(profiles[0], profiles[1], isNormalized: false))
        #expect(amounts[2] == "# Event: samples, as they are")
        #expect(try #require(top(amounts))[0] == "+512")
    }

    @Test("functions beyond the limit are counted, and no line is more than one")
    func limit() {
        let comparison = comparison(SampleProfiles.busy, SampleProfiles.changed)
        let all = lines(comparison).filter { !$0.hasPrefix("#") }.count
        #expect(
            lines(comparison, maximumRows: 2).last
                == "# and \(all - 2) more functions, which changed less"
        )
        let bytes = DiffTextFormat.encode(comparison)
        #expect(bytes.allSatisfy { $0 >= 0x20 || $0 == UInt8(ascii: "\n") })
    }

    @Test("nothing has not changed")
    func empty() {
        let lines = lines(comparison(SampleProfiles.empty, SampleProfiles.empty))
        #expect(lines.allSatisfy { $0.hasPrefix("#") })
        let same = self.lines(comparison(SampleProfiles.wall, SampleProfiles.wall))
        #expect(same.filter { !$0.hasPrefix("#") }.allSatisfy { $0.contains("+0.00pp") })
    }
}
