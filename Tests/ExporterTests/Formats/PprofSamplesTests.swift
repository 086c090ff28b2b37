// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

@Suite("PprofSamples")
struct PprofSamplesTests {
    private func samples(
        _ profile: Profile,
        labels: Set<PprofFormat.Label> = [],
        limits: PprofFormat.Limits = PprofFormat.Limits()
    ) -> PprofSamples {
        PprofSamples(profile, labels: labels, limits: limits)
    }

    private func sum(_ samples: PprofSamples) -> ProfileWeight {
        samples.rows.reduce(into: ProfileWeight()) { $0 += $1.weight }
    }

    @Test("samples that only labels told apart are added up, unless the label is asked for")
    func labels() {
        var builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 1,
            periodNanoseconds: 1,
            target: ""
        )
        for thread in [1, 2] as [Int32] {
            var labels = ProfileSample.Labels()
            labels.thread = ThreadID(thread)
            labels.process = ProcessID(1)
            labels.systemCall = "read"
            labels.threadName = "t"
            labels.group = "g"
            builder.add(stack: [], count: 1, nanoseconds: 1, end: .complete, labels: labels)
        }
        let profile = builder.build()
        #expect(samples(profile).rows.map(\.weight.samples) == [2])
        #expect(samples(profile).rows[0].key.labels == ProfileSample.Labels())
        let apart = samples(profile, labels: Set(PprofFormat.Label.allCases))
        #expect(apart.rows.map(\.key.labels) == profile.samples.map(\.labels))
        for label in PprofFormat.Label.allCases where label != .thread {
            #expect(samples(profile, labels: [label]).rows.count == 1)
        }
    }

    @Test("the lightest samples beyond the limit are one", arguments: [1, 2, 7, 50])
    func limit(count: Int) {
        let profile = SampleProfiles.random(stacks: 100, seed: 1)
        var limits = PprofFormat.Limits()
        limits.samples = count
        let cut = samples(profile, limits: limits)
        #expect(cut.rows.count == count)
        #expect(cut.rows.last?.key.stack == [.mark("[other]")])
        #expect(sum(cut) == profile.weight)
        let lightest = cut.rows.dropLast().map(\.weight).min() ?? ProfileWeight()
        let heavier = samples(profile).rows.filter { $0.weight > lightest }
        #expect(count == 1 || heavier.count < count)
    }

    @Test("a stack beyond the limit keeps its leaf and says that it was cut")
    func depth() {
        var builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 1,
            periodNanoseconds: 1,
            target: ""
        )
        let places = (0..<5 as Range<UInt64>).map { number in
            builder.index(
                of: ProfileLocation(mapping: nil, address: Address(number), lines: [])
            )
        }
        builder.add(stack: places, count: 1, nanoseconds: 1, end: .complete)
        builder.add(stack: Array(places.prefix(3)), count: 1, nanoseconds: 1, end: .complete)
        builder.add(
            stack: Array(places.prefix(3)),
            count: 1,
            nanoseconds: 1,
            end: .broken(.noRule)
        )
        var limits = PprofFormat.Limits()
        limits.depth = 3
        let cut: [PprofSamples.Part] = [
            .location(0), .location(1), .mark("[truncated: frame_limit]"),
        ]
        #expect(
            samples(builder.build(), limits: limits).rows.map(\.key.stack) == [
                cut, [.location(0), .location(1), .location(2)],
            ]
        )
    }

    @Test("what weighs nothing is left out, and an empty stack is unknown")
    func edges() {
        var builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 1,
            periodNanoseconds: 1,
            target: ""
        )
        let place = builder.index(
            of: ProfileLocation(mapping: nil, address: Address(1), lines: [])
        )
        builder.add(stack: [place], count: 0, nanoseconds: 0, end: .complete)
        builder.add(stack: [], count: 1, nanoseconds: 0, end: .broken(.unmapped))
        #expect(
            samples(builder.build()).rows.map(\.key.stack) == [
                [.mark("[unknown]"), .mark("[broken: unmapped]")]
            ]
        )
    }
}
