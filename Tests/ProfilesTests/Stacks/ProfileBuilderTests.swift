// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite
struct ProfileBuilderTests {
    private func builder() -> ProfileBuilder {
        ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 1,
            periodNanoseconds: 10_000_000,
            target: "busy"
        )
    }

    @Test func givesEqualPartsOneIndex() {
        var builder = builder()
        let f = builder.index(of: ProfileFunction(name: "f", systemName: "f"))
        let g = builder.index(of: ProfileFunction(name: "g", systemName: "g"))
        #expect(builder.index(of: ProfileFunction(name: "f", systemName: "f")) == f)
        #expect(f != g)
        let place = ProfileLocation(
            mapping: nil,
            address: Address(5),
            lines: [.init(function: f, line: 3)]
        )
        #expect(builder.index(of: place) == builder.index(of: place))
        let profile = builder.build()
        #expect(profile.functions.map(\.name) == ["f", "g"])
        #expect(profile.locations == [place])
    }

    @Test func addsEqualStacksUpInTheOrderTheyCame() {
        var builder = builder()
        let a = builder.index(of: ProfileLocation(mapping: nil, address: Address(1), lines: []))
        let b = builder.index(of: ProfileLocation(mapping: nil, address: Address(2), lines: []))
        builder.add(stack: [b, a], count: 1, nanoseconds: 10, end: .complete)
        builder.add(stack: [a], count: 1, nanoseconds: 5, end: .complete)
        builder.add(stack: [b, a], count: 2, nanoseconds: 20, end: .complete)
        let profile = builder.build()
        #expect(profile.samples.map(\.stack) == [[b, a], [a]])
        #expect(profile.samples.map(\.count) == [3, 1])
        #expect(profile.samples.map(\.nanoseconds) == [30, 5])
        #expect(profile.sampleCount == 4)
        #expect(profile.nanoseconds == 35)
    }

    @Test func keepsStacksApartThatEndOrBelongElsewhere() {
        var builder = builder()
        let a = builder.index(of: ProfileLocation(mapping: nil, address: Address(1), lines: []))
        var labels = ProfileSample.Labels()
        labels.thread = ThreadID(7)
        builder.add(stack: [a], count: 1, nanoseconds: 1, end: .complete)
        builder.add(stack: [a], count: 1, nanoseconds: 1, end: .broken(.noRule))
        builder.add(stack: [a], count: 1, nanoseconds: 1, end: .complete, labels: labels)
        #expect(builder.build().samples.count == 3)
    }
}
