// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

@Suite("NamedStackBuilder")
struct NamedStackBuilderTests {
    private func builder() -> NamedStackBuilder {
        NamedStackBuilder(
            ProfileBuilder(kind: .cpu, startNanoseconds: 0, periodNanoseconds: 1, target: "x"),
            byteCount: 10
        )
    }

    @Test("joins what was inlined with its caller, at one location")
    func inlined() throws {
        var builder = builder()
        let main = builder.index(of: NamedStackBuilder.Frame(function: "main"))
        let part = builder.index(of: NamedStackBuilder.Frame(function: "part", isInlined: true))
        try builder.add(path: [part, main, part, part], count: 1, nanoseconds: 2)
        let profile = builder.build()
        let stack = try #require(profile.samples.first?.stack)
        let names = stack.map { profile.frames(at: profile.locations[$0]).map(\.function) }
        #expect(names == [["part", "part", "main"], ["part"]])
    }

    @Test("gives each object a mapping, and each location an address in it")
    func objects() throws {
        var builder = builder()
        let frames = [("f", "a"), ("g", "a"), ("h", "b"), ("i", "")].map { name, object in
            NamedStackBuilder.Frame(function: name, object: object)
        }
        var path: [Int] = []
        for frame in frames { path.append(builder.index(of: frame)) }
        #expect(builder.index(of: frames[0]) == path[0])
        try builder.add(path: path, count: 1, nanoseconds: 1)
        let profile = builder.build()
        #expect(profile.mappings.map(\.object) == ["a", "b"])
        #expect(Set(profile.locations.map(\.address)).count == 4)
        for location in profile.locations {
            guard let mapping = location.mapping else { continue }
            #expect(profile.mappings[mapping].addresses.contains(location.address))
        }
        #expect(profile.locations.map(\.mapping) == [0, 0, 1, nil])
    }

    @Test("knows the marks of callers that were not found, at the root alone")
    func ends() throws {
        var builder = builder()
        let mark = builder.index(of: NamedStackBuilder.Frame(function: "[broken: no_rule]"))
        let main = builder.index(of: NamedStackBuilder.Frame(function: "main"))
        try builder.add(path: [mark, main], count: 1, nanoseconds: 1)
        try builder.add(path: [main, mark], count: 2, nanoseconds: 1)
        try builder.add(path: [mark], count: 3, nanoseconds: 1)
        let samples = builder.build().samples
        #expect(samples.map(\.end) == [.broken(.noRule), .complete, .broken(.noRule)])
        #expect(samples.map(\.stack.count) == [1, 2, 0])
    }

    @Test("all stacks together are bounded")
    func bounded() throws {
        var builder = builder()
        let main = builder.index(of: NamedStackBuilder.Frame(function: "main"))
        let path = repeatElement(main, count: 2_000_000)
        #expect(throws: ProfileReadFailure.tooManyFrames) {
            try builder.add(path: path, count: 1, nanoseconds: 1)
        }
    }

    @Test("products stay at the largest number")
    func saturates() {
        #expect(UInt64(3).multipliedSaturating(by: 4) == 12)
        #expect(UInt64.max.multipliedSaturating(by: 2) == .max)
    }
}
