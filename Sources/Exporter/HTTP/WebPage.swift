// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird

/// Pages of text and links, which look alike.
///
/// They have one style and no script, and their policy lets the browser use that style alone.
enum WebPage {
    /// A page with a title, which is escaped here.
    ///
    /// - Parameter body: HTML; whoever makes it has escaped what is in it.
    static func html(title: String, body: String) -> [UInt8] {
        let title = HTMLText(escaping: VisibleText(replacingControlsIn: title).description)
        let page = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark">
            <title>\(title)</title>
            <style>\(style)</style>
            </head>
            <body>
            <h1>\(title)</h1>
            \(body)
            </body>
            </html>

            """
        return Array(page.utf8)
    }

    static func response(_ html: [UInt8]) -> Response {
        .bytes(
            .ok,
            html,
            contentType: "text/html; charset=utf-8",
            [.contentSecurityPolicy: policy]
        )
    }

    /// A link; both parts are escaped here.
    static func link(_ text: String, to address: String) -> String {
        let text = HTMLText(escaping: VisibleText(replacingControlsIn: text).description)
        return "<a href=\"\(HTMLText(escaping: address))\">\(text)</a>"
    }

    /// The style is named by its SHA-256 (CSP, section 6.7.3); a test checks that it is this one's.
    static let policy =
        "default-src 'none'; style-src 'sha256-qSIQOyf3ILQxCsmYwKY3OL9mqKWslpTWwcUgVkUT+s8='; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    static let style = """

        body {
          margin: 0 auto;
          padding: 1rem 1.25rem 3rem;
          max-width: 60rem;
          background: #ffffff;
          color: #16181d;
          font: 1rem/1.5 system-ui, sans-serif;
        }
        h1 { margin: 0 0 0.25rem; font-size: 1.5rem; }
        h2 { margin: 1.75rem 0 0.5rem; font-size: 1.125rem; }
        p { margin: 0.25rem 0; max-width: 45rem; }
        a { color: #0b57d0; }
        ul { margin: 0.5rem 0; padding-left: 1.25rem; }
        table { border-collapse: collapse; }
        th, td { padding: 0.25rem 1rem 0.25rem 0; text-align: left; vertical-align: top; }
        th { color: #565d6b; font-weight: 600; }
        tr + tr > * { border-top: 1px solid #c3c8d1; }
        td { overflow-wrap: anywhere; }
        td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
        td a + a { margin-left: 0.75rem; }
        code { font-size: 0.9375rem; }
        @media (prefers-color-scheme: dark) {
          body { background: #15171c; color: #eceef2; }
          a { color: #8ab4f8; }
          th { color: #aab1bf; }
          tr + tr > * { border-color: #434956; }
        }

        """
}
