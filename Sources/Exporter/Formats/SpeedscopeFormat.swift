// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// The file format of speedscope: JSON, with a profile of the type "sampled".
///
/// A sampled profile is a list of stacks with the root first, and a list of their weights.
package enum SpeedscopeFormat {
    /// The profile as one JSON object, by its schema (file-format-schema.json).
    package static func encode(_ profile: Profile) -> [UInt8] {
        let table = FrameTable(profile)
        var marks: [String: Int] = [:]
        var titles: [String] = []
        for title in profile.samples.compactMap(\.end.title) where marks[title] == nil {
            marks[title] = table.rows.count + titles.count
            titles.append(title)
        }

        var bytes = Array(#"{"$schema":"\#(schema)","exporter":"ptarmigan","name":"#.utf8)
        appendText(profile.target, to: &bytes)
        append(#","activeProfileIndex":0,"shared":{"frames":["#, to: &bytes)
        for (index, row) in table.rows.enumerated() {
            if index > 0 { append(",", to: &bytes) }
            appendFrame(row, file: table.files[index], to: &bytes)
        }
        for (index, title) in titles.enumerated() {
            if index > 0 || !table.rows.isEmpty { append(",", to: &bytes) }
            appendFrame(FrameTable.Row(function: title, object: ""), file: "", to: &bytes)
        }
        append(#"]},"profiles":[{"type":"sampled","name":"#, to: &bytes)
        appendText("\(profile.target) (\(profile.kind.rawValue))", to: &bytes)
        // Weights that are no times are counts.
        let unit = profile.hasClock ? "nanoseconds" : "none"
        let weights = profile.samples.map { profile.hasClock ? $0.nanoseconds : $0.count }
        append(#","unit":"\#(unit)","startValue":0,"endValue":"#, to: &bytes)
        append("\(weights.reduce(0, &+))", to: &bytes)

        append(#","samples":["#, to: &bytes)
        for (index, sample) in profile.samples.enumerated() {
            let mark = sample.end.title.flatMap { marks[$0] }
            let frames = (mark.map { [$0] } ?? []) + table.path(of: sample).map(\.row)
            append(index > 0 ? ",[" : "[", to: &bytes)
            append(frames.map(String.init).joined(separator: ","), to: &bytes)
            append("]", to: &bytes)
        }
        append(#"],"weights":["#, to: &bytes)
        append(weights.map(String.init).joined(separator: ","), to: &bytes)
        append("]}]}\n", to: &bytes)
        return bytes
    }

    private static let schema = "https://www.speedscope.app/file-format-schema.json"

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: text.utf8)
    }

    private static func appendText(_ text: String, to bytes: inout [UInt8]) {
        JSONText.append(VisibleText(replacingControlsIn: text).description, to: &bytes)
    }

    /// The format has no member for the object, so it stands for the source file if that is not
    /// known.
    private static func appendFrame(
        _ row: FrameTable.Row,
        file: String,
        to bytes: inout [UInt8]
    ) {
        append(#"{"name":"#, to: &bytes)
        appendText(row.function, to: &bytes)
        let place = file.isEmpty ? row.object : file
        if !place.isEmpty {
            append(#","file":"#, to: &bytes)
            appendText(place, to: &bytes)
        }
        append("}", to: &bytes)
    }
}
