// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Profiles
import Testing

@Suite("FoldedFormat")
struct FoldedFormatTests {
    private func lines(_ bytes: [UInt8]) -> [Substring] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }

    @Test("gives the golden bytes")
    func golden() throws {
        try Golden.expect(FoldedFormat.encode(SampleProfiles.busy), in: "busy.folded")
    }

    @Test("each line is a stack and a number, and all numbers are the samples")
    func sum() throws {
        var sum: UInt64 = 0
        for line in lines(FoldedFormat.encode(SampleProfiles.busy)) {
            // flamegraph.pl takes what follows the last blank.
            let weight = try #require(line.split(separator: " ").last)
            sum += try #require(UInt64(weight))
        }
        #expect(sum == SampleProfiles.busy.sampleCount)
    }

    @Test("microseconds are added up before they are rounded")
    func microseconds() {
        var builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 0,
            periodNanoseconds: 1,
            target: ""
        )
        for thread in 0..<4 as Range<Int32> {
            var labels = ProfileSample.Labels()
            labels.thread = ThreadID(thread)
            builder.add(stack: [], count: 1, nanoseconds: 600, end: .complete, labels: labels)
        }
        let bytes = FoldedFormat.encode(builder.build(), weight: .microseconds)
        #expect(lines(bytes) == ["[unknown] 2"])
    }

    @Test("an empty profile has no lines")
    func empty() {
        #expect(FoldedFormat.encode(SampleProfiles.empty).isEmpty)
    }
}
