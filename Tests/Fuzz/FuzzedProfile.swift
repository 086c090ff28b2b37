// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Profiles

/// Reads bytes as a profile, and shows it in each way that there is.
enum FuzzedProfile {
    static func read(_ bytes: [UInt8]) -> String {
        do throws(ProfileReadFailure) {
            let hints = ProfileReader.Hints(target: "input", periodNanoseconds: 3)
            show(try ProfileReader.read(bytes, hints: hints))
            return "stacks"
        } catch {
            return name(error)
        }
    }

    private static func show(_ profile: Profile) {
        let table = FunctionTable(profile)
        let own = table.rows.reduce(into: ProfileWeight()) { $0 += $1.own }
        precondition(own == table.weight)
        precondition(table.rows.allSatisfy { $0.own.samples <= $0.total.samples })
        let tree = CallTree(profile, maximumNodes: 100)
        precondition(tree.nodes.count <= 100)
        let side = ProfileComparison.Side(name: "input", profile: profile)
        let comparison = ProfileComparison(base: side, new: side)
        precondition(ProfileDiff(comparison).rows.allSatisfy { $0.own.difference == 0 })
        precondition(DiffTree(comparison, maximumNodes: 100).nodes.count <= 100)
        var limits = FlameGraphPage.Limits()
        limits.nodes = 100
        limits.functions = 10
        _ = FlameGraphPage.encode(profile, limits: limits)
        _ = SpeedscopeFormat.encode(profile)
        _ = try? PprofFormat.encode(profile)
    }

    private static func name(_ failure: ProfileReadFailure) -> String {
        switch failure {
        case .empty: "empty"
        case .tooManyBytes: "too_many_bytes"
        case .tooManyFrames: "too_many_frames"
        case .unknownFormat: "unknown_format"
        case .picture: "picture"
        case .foreignPage: "foreign_page"
        case .comparisonPage: "comparison_page"
        case .damagedGzip: "damaged_gzip"
        case .damagedMessage: "damaged_message"
        case .danglingReference: "dangling_reference"
        case .damagedLine: "damaged_line"
        case .damagedJSON: "damaged_json"
        case .noTime: "no_time"
        case .negativeWeight: "negative_weight"
        case .noProfile: "no_profile"
        case .eventedProfile: "evented_profile"
        }
    }
}
