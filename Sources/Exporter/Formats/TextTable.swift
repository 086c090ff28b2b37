// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Lines of columns for a terminal, laid out as `perf report --stdio` does.
struct TextTable {
    let titles: [String]
    /// Numbers stand to the right in their columns, names to the left.
    let numberColumns: Int

    /// A longer name is shown whole and moves its own line alone.
    private static let maximumWidth = 60

    /// The titles under `#`, then the rows.
    func lines(_ rows: [[String]]) -> [String] {
        let widths = titles.indices.map { column in
            min(rows.reduce(titles[column].count) { max($0, $1[column].count) }, Self.maximumWidth)
        }
        let heads = ["# " + line(titles, widths), "# " + line(dots(widths), widths), "#"]
        return heads + rows.map { "  " + line($0, widths) }
    }

    private func dots(_ widths: [Int]) -> [String] {
        widths.map { String(repeating: ".", count: $0) }
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (column, cell) in cells.enumerated() {
            let padding = String(repeating: " ", count: max(0, widths[column] - cell.count))
            if column > 0 { line += "  " }
            line += column < numberColumns ? padding + cell : cell + padding
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
