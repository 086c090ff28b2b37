// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles

/// Writes the data of the page as JSON: each name once, and the nodes as columns of numbers.
struct FlameGraphData {
    private(set) var bytes: [UInt8]
    private var names = NumberedSet<String>()
    private var objects = NumberedSet<Place>()

    /// An object and its colour, which differs where it is not known.
    private struct Place: Hashable {
        let object: String
        let color: String
    }

    init(bytes: [UInt8] = []) { self.bytes = bytes }

    mutating func append(_ profile: Profile, limits: FlameGraphPage.Limits) {
        let tree = CallTree(profile, maximumNodes: limits.nodes)
        let table = FunctionTable(profile)
        let functions = table.rows.prefix(max(0, limits.functions))
        append("{")
        appendText("target", profile.target)
        append(",")
        appendText("kind", profile.kind.rawValue)
        // Milliseconds, as the clock of a page counts.
        appendNumber("start", profile.startNanoseconds / 1_000_000)
        appendNumber("duration", profile.durationNanoseconds)
        appendNumber("period", profile.periodNanoseconds)
        appendNumber("samples", table.weight.samples)
        appendNumber("nanoseconds", table.weight.nanoseconds)
        appendNumber("incomplete", profile.incompleteWeight.nanoseconds)
        appendNumber("omittedNodes", UInt64(tree.omittedNodes))
        appendNumber("omittedFunctions", UInt64(table.rows.count - functions.count))

        append(",\"nodes\":{")
        append(tree.nodes)
        append("},\"functions\":{")
        append(functions)
        append("}")
        appendLists()
        append("}")
    }

    /// The texts that nodes and functions have indices of, which must have been appended.
    mutating func appendLists() {
        appendTexts("names", names.elements)
        appendTexts("objects", objects.elements.map(\.object))
        appendTexts("colors", objects.elements.map(\.color))
    }

    private mutating func append(_ nodes: [CallTree.Node]) {
        appendColumn("depth", nodes.map { UInt64($0.depth) }, isFirst: true)
        appendColumn("flags", nodes.map { UInt64($0.kind.rawValue) | ($0.isInlined ? 4 : 0) })
        appendPlaces(nodes.map { FrameTable.Row(function: $0.function, object: $0.object) })
        appendColumn("samples", nodes.map(\.own.samples))
        appendColumn("nanoseconds", nodes.map(\.own.nanoseconds))
    }

    private mutating func append(_ rows: ArraySlice<FunctionTable.Row>) {
        appendPlaces(
            rows.map { FrameTable.Row(function: $0.function, object: $0.object) },
            isFirst: true
        )
        appendColumn("ownSamples", rows.map(\.own.samples))
        appendColumn("ownNanoseconds", rows.map(\.own.nanoseconds))
        appendColumn("totalSamples", rows.map(\.total.samples))
        appendColumn("totalNanoseconds", rows.map(\.total.nanoseconds))
    }

    /// The names and objects of nodes or functions, as two columns.
    mutating func appendPlaces(_ rows: [FrameTable.Row], isFirst: Bool = false) {
        let indices = rows.map { UInt64(names.insert(visible($0.function)).number) }
        appendColumn("name", indices, isFirst: isFirst)
        let places = rows.map { row in
            Place(
                object: visible(row.object),
                color: FramePalette.color(function: row.function, object: visible(row.object))
            )
        }
        appendColumn("object", places.map { UInt64(objects.insert($0).number) })
    }

    private func visible(_ text: String) -> String {
        VisibleText(replacingControlsIn: text).description
    }

    mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func appendText(_ key: String, _ text: String) {
        append("\"\(key)\":")
        JSONText.append(visible(text), to: &bytes)
    }

    mutating func appendNumber(_ key: String, _ number: UInt64) {
        append(",\"\(key)\":\(number)")
    }

    mutating func appendColumn(_ key: String, _ numbers: [UInt64], isFirst: Bool = false) {
        append("\(isFirst ? "" : ",")\"\(key)\":[")
        append(numbers.map(String.init).joined(separator: ","))
        append("]")
    }

    private mutating func appendTexts(_ key: String, _ texts: [String]) {
        append(",\"\(key)\":[")
        for (index, text) in texts.enumerated() {
            if index > 0 { append(",") }
            JSONText.append(text, to: &bytes)
        }
        append("]")
    }
}
