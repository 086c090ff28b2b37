// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

/// What a profile says, in a form that does not depend on how its parts are numbered.
enum ReadProfiles {
    static let hints = ProfileReader.Hints(target: "a file")

    /// Each stack with its samples.
    static func stacks(_ profile: Profile) -> String {
        String(decoding: FoldedFormat.encode(profile), as: UTF8.self)
    }

    /// Each stack with its time.
    static func times(_ profile: Profile) -> String {
        String(decoding: FoldedFormat.encode(profile, weight: .microseconds), as: UTF8.self)
    }

    /// Each function with its object and its weights, as it is shown.
    static func functions(_ profile: Profile) -> [String] {
        FunctionTable(profile).rows.map { row in
            let name = VisibleText(replacingControlsIn: "\(row.function) \(row.object)")
            return "\(name) \(row.own) \(row.total)"
        }
        .sorted()
    }

    /// Reads, and uses what was read as the verbs would: none of it may trap.
    @discardableResult
    static func use(_ bytes: [UInt8]) -> Profile? {
        guard let profile = try? ProfileReader.read(bytes, hints: hints) else { return nil }
        let side = ProfileComparison.Side(name: "it", profile: profile)
        let other = ProfileComparison.Side(name: "other", profile: SampleProfiles.wall)
        let comparison = ProfileComparison(base: side, new: other)
        #expect(!TextFormat.encode(profile).isEmpty)
        #expect(!DiffTextFormat.encode(comparison).isEmpty)
        #expect(DiffTree(comparison).nodes.count > 1)
        return profile
    }

    /// The bytes with some of them changed, and the same ones for each seed.
    static func damaged(_ bytes: [UInt8], seed: UInt64) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        var damaged = bytes
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            let place = Int.random(in: damaged.indices, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: damaged[place] = UInt8.random(in: .min ... .max, using: &random)
            case 1: damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            default: damaged.insert(damaged[place], at: place)
            }
        }
        return damaged
    }
}
