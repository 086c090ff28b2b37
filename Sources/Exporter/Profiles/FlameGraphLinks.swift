// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// Links to what a page shows in other formats, for as long as it is kept.
struct FlameGraphLinks: Sendable {
    private let query: FlameGraphQuery
    private let from: UInt64
    private let to: UInt64

    /// - Parameter profile: what is shown; it says when a time was that was still to come.
    init(query: FlameGraphQuery, profile: Profile) {
        self.query = query
        if case .past(let from, let to) = query.request.span {
            self.from = from
            self.to = to
        } else {
            from = profile.startNanoseconds
            to = from &+ profile.durationNanoseconds
        }
    }

    /// The links, escaped, with what they are.
    var html: String {
        let own = time("", from, to)
        guard let base = query.base, case .past(let baseFrom, let baseTo) = base.span else {
            let formats: [(String, FlameGraphFormat)] = [
                ("table", .text), ("pprof", .pprof), ("folded", .folded),
                ("speedscope", .speedscope), ("JSON", .json),
            ]
            let links = formats.map { text, format in link(text, own, format) }
            return "<span>This profile as</span> \(links.joined(separator: " "))\(pages)"
        }
        let earlier = time("", baseFrom, baseTo)
        let links = [
            link("table", own + time("base_", baseFrom, baseTo), .text),
            link("base alone", earlier, .html),
            link("new alone", own, .html),
        ]
        return "<span>This comparison as</span> \(links.joined(separator: " "))\(pages)"
    }

    private var pages: String {
        " <span>Others</span> \(WebPage.link("groups", to: "/")) "
            + WebPage.link("targets", to: "/targets")
    }

    private func link(_ text: String, _ time: String, _ format: FlameGraphFormat) -> String {
        let group = query.request.group.map { "group=\(URLText(encoding: $0))&" } ?? ""
        let form = format == .html ? "" : "&format=\(format.rawValue)"
        let address = "/flamegraph?\(group)kind=\(query.request.kind.rawValue)&\(time)\(form)"
        return WebPage.link(text, to: address)
    }

    private func time(_ prefix: String, _ from: UInt64, _ to: UInt64) -> String {
        "\(prefix.isEmpty ? "" : "&")\(prefix)from=\(Self.seconds(from))"
            + "&\(prefix)to=\(Self.seconds(to))"
    }

    /// Seconds since 1970, exactly.
    private static func seconds(_ nanoseconds: UInt64) -> String {
        FixedDecimal.decimal(nanoseconds, decimals: 9)
    }
}
