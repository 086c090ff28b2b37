// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Hummingbird

/// The page at `/`: what this is, and where its pages are.
struct LandingPage: Sendable {
    let name: String
    let version: String
    let routes: [WebRoute]

    /// The page as UTF-8; everything that is not written here is escaped.
    ///
    /// - Parameter groups: the busiest first; nil where there are no profiles to link to.
    func html(groups: [ProfiledGroup]?) -> [UInt8] {
        let links =
            routes.filter { $0.refusal == nil }
            .compactMap { route in
                route.title.map { "<li>\(WebPage.link($0, to: route.path))</li>" }
            }
        var body = """
            <p>Always-on profiler, version \(HTMLText(escaping: version)).</p>
            <p>Which functions of which programs take the CPU time of this host.</p>
            <ul>
            \(links.joined(separator: "\n"))
            </ul>
            """
        if let reason = routes.lazy.compactMap(\.refusal).first {
            body += "\n<p>Here \(HTMLText(escaping: reason)).</p>"
        }
        if let groups { body += "\n" + GroupList.html(groups) }
        return WebPage.html(title: name, body: body)
    }
}
