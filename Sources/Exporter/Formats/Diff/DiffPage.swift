// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// The flame graph page of a difference.
///
/// The width of a frame is the sum of all increases and all decreases of the stacks in it, its
/// shade is what they come to together: orange where it became more, blue where it became less.
/// Each label has the change with its sign.
package enum DiffPage {
    /// The page as UTF-8.
    package static func encode(
        _ comparison: ProfileComparison,
        limits: FlameGraphPage.Limits = FlameGraphPage.Limits()
    ) -> [UInt8] {
        encode(comparison, limits: limits, controls: nil)
    }

    /// The page as UTF-8, with HTML above the graph that picks other profiles; nil for none.
    static func encode(
        _ comparison: ProfileComparison,
        limits: FlameGraphPage.Limits = FlameGraphPage.Limits(),
        controls: String?
    ) -> [UInt8] {
        let title = VisibleText(replacingControlsIn: title(of: comparison)).description
        return FlameGraphPage.page(title: title, controls: controls) { data in
            data.append(comparison, limits: limits)
        }
    }

    static func title(of comparison: ProfileComparison) -> String {
        let kind = comparison.new.profile.kind.rawValue
        return "\(comparison.base.name) \u{2192} \(comparison.new.name): \(kind) difference"
    }
}

extension FlameGraphData {
    /// Appends two profiles; weights are those of either side, and the page makes changes of them.
    mutating func append(_ comparison: ProfileComparison, limits: FlameGraphPage.Limits) {
        let tree = DiffTree(comparison, maximumNodes: limits.nodes)
        let diff = ProfileDiff(comparison)
        let functions = diff.rows.prefix(max(0, limits.functions))
        append("{")
        appendText("target", DiffPage.title(of: comparison))
        append(",")
        appendText("kind", comparison.new.profile.kind.rawValue)
        appendNumber("omittedNodes", UInt64(tree.omittedNodes))
        appendNumber("omittedFunctions", UInt64(diff.rows.count - functions.count))
        append(",\"comparison\":{\"isNormalized\":\(comparison.isNormalized),")
        append("\"hasClock\":\(comparison.hasClock),\"base\":{")
        append(comparison.base)
        append("},\"new\":{")
        append(comparison.new)
        append("}},\"nodes\":{")
        append(tree.nodes)
        append("},\"functions\":{")
        append(functions)
        append("}")
        appendLists()
        append("}")
    }

    private mutating func append(_ side: ProfileComparison.Side) {
        appendText("name", side.name)
        append(",")
        appendText("target", side.profile.target)
        appendNumber("samples", side.profile.sampleCount)
        appendNumber("nanoseconds", side.nanoseconds)
    }

    private mutating func append(_ nodes: [DiffTree.Node]) {
        appendColumn("depth", nodes.map { UInt64($0.depth) }, isFirst: true)
        appendColumn("flags", nodes.map { UInt64($0.kind.rawValue) | ($0.isInlined ? 4 : 0) })
        appendPlaces(nodes.map { FrameTable.Row(function: $0.function, object: $0.object) })
        appendColumn("base", nodes.map(\.own.base))
        appendColumn("new", nodes.map(\.own.new))
    }

    private mutating func append(_ rows: ArraySlice<ProfileDiff.Row>) {
        appendPlaces(
            rows.map { FrameTable.Row(function: $0.function, object: $0.object) },
            isFirst: true
        )
        appendColumn("ownBase", rows.map(\.own.weights.base))
        appendColumn("ownNew", rows.map(\.own.weights.new))
        appendColumn("totalBase", rows.map(\.total.weights.base))
        appendColumn("totalNew", rows.map(\.total.weights.new))
    }
}
