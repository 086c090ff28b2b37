// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The page at `/`: what this is, and where its pages are.
enum LandingPage {
    /// The page as UTF-8; everything that is not written here is escaped.
    static func html(name: String, version: String, routes: [WebRoute]) -> [UInt8] {
        let name = HTMLText(escaping: name)
        let links = routes.map { route in
            "<li><a href=\"\(HTMLText(escaping: route.path))\">"
                + "\(HTMLText(escaping: route.title))</a></li>"
        }
        let page = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>\(name)</title>
            </head>
            <body>
            <h1>\(name)</h1>
            <p>Always-on profiler, version \(HTMLText(escaping: version)).</p>
            <ul>
            \(links.joined(separator: "\n"))
            </ul>
            </body>
            </html>

            """
        return Array(page.utf8)
    }
}
