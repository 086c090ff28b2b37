// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Groups on a page, each with links to its profiles.
enum GroupList {
    /// The most groups on a page.
    static let maximumCount = 100

    /// The groups as a table, the busiest first, with a title.
    static func html(_ groups: [ProfiledGroup]) -> String {
        let shown = groups.filter { GroupParameter.isGood($0.name) }.prefix(maximumCount)
        guard !shown.isEmpty else { return "<h2>Groups</h2>\n<p>None is sampled yet.</p>" }
        let rows = shown.map(row).joined(separator: "\n")
        return """
            <h2>Groups</h2>
            <p>The busiest first; the CPU time is that of the profiles that are kept.</p>
            <table>
            <thead><tr><th scope="col">Group</th>
            <th scope="col" class="number">Processes</th>
            <th scope="col" class="number">CPU seconds</th>
            <th scope="col">The last minute</th><th scope="col">From now on</th></tr></thead>
            <tbody>
            \(rows)
            </tbody>
            </table>
            """
    }

    private static func row(_ group: ProfiledGroup) -> String {
        let query = "group=\(URLText(encoding: group.name))"
        let past = [
            WebPage.link("CPU", to: "/flamegraph?\(query)"),
            WebPage.link("wall", to: "/flamegraph?\(query)&kind=wall"),
            WebPage.link("table", to: "/flamegraph?\(query)&format=text"),
            WebPage.link("folded", to: "/flamegraph?\(query)&format=folded"),
        ]
        let coming = [
            WebPage.link("profile", to: "/debug/pprof/profile?\(query)"),
            WebPage.link("table", to: "/debug/pprof/profile?\(query)&debug=1"),
            WebPage.link("wall", to: "/debug/pprof/wall?\(query)"),
        ]
        let name = HTMLText(escaping: group.name)
        return "<tr><td>\(name)</td><td class=\"number\">\(group.processCount)</td>"
            + "<td class=\"number\">\(FixedDecimal.seconds(group.nanoseconds))</td>"
            + "<td>\(past.joined(separator: " "))</td>"
            + "<td>\(coming.joined(separator: " "))</td></tr>"
    }
}
