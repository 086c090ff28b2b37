// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The page at `/debug/pprof/`: which profiles there are, in the manner of Go's.
enum PprofIndexPage {
    /// The page as UTF-8.
    ///
    /// - Parameters:
    ///   - groups: the busiest first.
    ///   - keptSeconds: how far back profiles can be asked for; nil if nothing is kept yet.
    static func html(groups: [ProfiledGroup], keptSeconds: UInt64?) -> [UInt8] {
        let profiles = [
            ("profile", "CPU time, sampled from now on for <code>seconds</code>, or else 30"),
            ("wall", "time by the clock on the wall, waiting included, likewise"),
        ].map { name, text in
            let path = "/debug/pprof/\(name)"
            return "<tr><td>\(WebPage.link(name, to: path))</td>"
                + "<td>\(WebPage.link("table", to: path + "?debug=1"))</td><td>\(text)</td></tr>"
        }
        let kept =
            keptSeconds.map {
                "What was sampled in the last \($0) seconds is kept. "
                    + "<code>ago=30&amp;seconds=10</code>, or <code>from</code> and "
                    + "<code>to</code> in seconds since 1970, ask for a part of it, at once."
            } ?? "Nothing is kept yet."
        let body = """
            <p>Profiles of what this agent samples. A request can pick a group, and can neither
            name a process nor change how much is sampled.</p>
            <h2>Profiles</h2>
            <table>
            <tbody>
            \(profiles.joined(separator: "\n"))
            </tbody>
            </table>
            <p><code>group</code> picks a group of processes. <code>labels</code> is a list of
            <code>group</code>, <code>thread_name</code> and <code>pid</code>, by which samples are
            told apart. \(kept)</p>
            \(GroupList.html(groups))
            <p>\(WebPage.link("All groups in one flame graph", to: "/flamegraph"))</p>
            """
        return WebPage.html(title: "/debug/pprof/", body: body)
    }
}
