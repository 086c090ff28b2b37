// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// Folded stacks: a line `root;caller;leaf WEIGHT` for each distinct stack, as flamegraph.pl reads
/// them.
package enum FoldedFormat {
    /// What the number at the end of a line counts.
    package enum Weight: Sendable, CaseIterable {
        case samples
        case microseconds
    }

    /// The profile as UTF-8, its lines sorted; a stack that weighs nothing has no line.
    ///
    /// `;` in a name is replaced, since it would end the name. An inlined function has `_[i]`
    /// behind its name, as flamegraph.pl's scripts mark it.
    package static func encode(_ profile: Profile, weight: Weight = .samples) -> [UInt8] {
        let table = FrameTable(profile)
        let names = table.rows.map {
            VisibleText(replacingControlsIn: $0.function, separator: ";").description
        }
        var weights: [String: UInt64] = [:]
        for sample in profile.samples {
            var frames = sample.end.title.map { [$0] } ?? []
            frames += table.path(of: sample).map { names[$0.row] + ($0.isInlined ? "_[i]" : "") }
            let amount = weight == .samples ? sample.count : sample.nanoseconds
            weights[frames.joined(separator: ";"), default: 0] &+= amount
        }
        var bytes: [UInt8] = []
        for (stack, amount) in weights.sorted(by: { $0.key < $1.key }) {
            // Nanoseconds are added up before they are rounded, so many short samples count.
            let shown = weight == .samples ? amount : amount / 1000
            if shown > 0 { bytes.append(contentsOf: "\(stack) \(shown)\n".utf8) }
        }
        return bytes
    }
}
