// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Profiles
import Testing

@testable import Exporter

@Suite("SpeedscopeFormat")
struct SpeedscopeFormatTests {
    /// The file as its schema has it; a member that is missing or of another type is an error.
    private struct File: Decodable {
        struct Frame: Decodable {
            let name: String
            let file: String?
        }
        struct Shared: Decodable { let frames: [Frame] }
        struct Sampled: Decodable {
            let type: String
            let name: String
            let unit: String
            let startValue: Int
            let endValue: Int
            let samples: [[Int]]
            let weights: [Int]
        }

        let schema: String
        let shared: Shared
        let profiles: [Sampled]

        enum CodingKeys: String, CodingKey {
            case schema = "$schema"
            case shared
            case profiles
        }
    }

    private func file(_ profile: Profile) throws -> File {
        try JSONDecoder().decode(File.self, from: Data(SpeedscopeFormat.encode(profile)))
    }

    @Test("gives the golden bytes")
    func golden() throws {
        try Golden.expect(SpeedscopeFormat.encode(SampleProfiles.busy), in: "busy.speedscope.json")
    }

    @Test("keeps what the schema asks for", arguments: [SampleProfiles.busy, SampleProfiles.wall])
    func schema(profile: Profile) throws {
        let file = try file(profile)
        let sampled = try #require(file.profiles.first)
        #expect(file.schema == "https://www.speedscope.app/file-format-schema.json")
        #expect(sampled.type == "sampled")
        #expect(sampled.unit == "nanoseconds")
        #expect(sampled.samples.count == sampled.weights.count)
        #expect(sampled.weights.reduce(0, +) == sampled.endValue - sampled.startValue)
        #expect(sampled.endValue == Int(profile.nanoseconds))
        #expect(sampled.samples.joined().allSatisfy(file.shared.frames.indices.contains))
    }

    @Test("names stand as they are, the root first, with a mark where callers are missing")
    func names() throws {
        let file = try file(SampleProfiles.busy)
        let stacks = file.profiles[0].samples.map { $0.map { file.shared.frames[$0].name } }
        #expect(stacks[0] == ["_start", "main", "run_sixty", "hot_sixty"])
        #expect(stacks[1] == ["_start", "main", "run_thirty", "outer", "hot_thirty"])
        #expect(stacks.contains(["[broken: no_rule]", "worker", "[unknown]", "hot_sixty"]))
        for name in SampleProfiles.hostileNames {
            let visible = VisibleText(replacingControlsIn: name).description
            #expect(stacks.contains(["_start", "main", visible]))
        }
        let hot = try #require(file.shared.frames.first { $0.name == "hot_sixty" })
        #expect(hot.file == "/src/busy.c")
        #expect(file.shared.frames.first { $0.name == "main" }?.file == "busy")
    }

    @Test("an empty profile is valid")
    func empty() throws {
        #expect(try file(SampleProfiles.empty).profiles[0].samples.isEmpty)
    }
}
