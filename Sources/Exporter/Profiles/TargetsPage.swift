// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// What is sampled, at which tier, and what is not and why.
package enum TargetsPage {
    /// The page, without its frame; all names are escaped.
    package static func html(_ table: TargetTable) -> String {
        var html = "<p>Tier \(table.tier): \(HTMLText(escaping: table.tierMeaning)).</p>\n"
        for standing in TargetTable.Standing.allCases {
            let rows = table.rows.filter { $0.standing == standing }
            guard !rows.isEmpty else { continue }
            html += section(standing, rows)
        }
        if table.omittedCount > 0 {
            html += "<p>\(table.omittedCount) more processes are not listed.</p>\n"
        }
        return html
    }

    private static func section(
        _ standing: TargetTable.Standing,
        _ rows: [TargetTable.Row]
    ) -> String {
        let processes = rows.reduce(0) { $0 + $1.processCount }
        let isSampled = standing == .sampled
        var html = "<h2>\(title(standing)): \(processes)</h2>\n<table>\n<thead><tr>"
        html += "<th scope=\"col\">\(isSampled ? "Group" : "Program")</th>"
        html += "<th scope=\"col\">Processes</th>"
        html += isSampled ? "" : "<th scope=\"col\">Why</th>"
        html += "</tr></thead>\n<tbody>\n"
        for row in rows {
            let name = HTMLText(escaping: row.name)
            html += "<tr><th scope=\"row\">\(name)</th><td>\(row.processCount)</td>"
            html += isSampled ? "" : "<td>\(HTMLText(escaping: row.reason))</td>"
            html += "</tr>\n"
        }
        return html + "</tbody>\n</table>\n"
    }

    private static func title(_ standing: TargetTable.Standing) -> String {
        switch standing {
        case .sampled: "Sampled processes"
        case .excluded: "Left alone"
        case .denied: "Refused by the kernel"
        }
    }

    /// The same as one JSON object.
    package static func json(_ table: TargetTable) -> String {
        let rows = table.rows.map { row in
            """
            {"standing":\(JSONText.quoted(row.standing.rawValue)),\
            "name":\(JSONText.quoted(row.name)),"processes":\(row.processCount),\
            "reason":\(JSONText.quoted(row.reason))}
            """
        }
        return """
            {"tier":\(table.tier),"meaning":\(JSONText.quoted(table.tierMeaning)),\
            "targets":[\(rows.joined(separator: ","))],"omitted":\(table.omittedCount)}

            """
    }
}
