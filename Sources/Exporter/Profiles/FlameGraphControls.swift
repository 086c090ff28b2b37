// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// What a served flame graph has above it to pick other profiles with: plain forms and links, which
/// work without a script.
///
/// Each button of a form sends a time of its own, so that no form can ask for what contradicts
/// itself. Only to load the page again by itself needs the page's script, which shows that control.
struct FlameGraphControls: Sendable {
    /// The most groups to choose from; the one that is shown is always among them.
    static let maximumGroupCount = 500

    private static let lastSeconds: [UInt64] = [10, 60, 300, 900]
    private static let comingSeconds = [10, 30, 60]
    private static let comparedSeconds: [UInt64] = [10, 60, 300]
    /// None of them is a time that can be compared with it: that would be the same time.
    private static let baseSeconds: [UInt64] = [30, 120, 240, 600, 900]
    private static let standardBaseSeconds: UInt64 = 120

    private let query: FlameGraphQuery
    private let groups: [String]
    private let maximumSeconds: Int

    /// - Parameter groups: the busiest first.
    init(query: FlameGraphQuery, groups: [ProfiledGroup], maximumSeconds: Int) {
        self.query = query
        self.maximumSeconds = maximumSeconds
        let current = query.request.group
        let names = groups.map(\.name).filter { GroupParameter.isGood($0) && $0 != current }
        self.groups = (current.map { [$0] } ?? []) + names.prefix(Self.maximumGroupCount)
    }

    /// The forms and links beside a profile; all names are escaped.
    func html(of profile: Profile) -> String {
        """
        <nav class="controls" aria-label="Profiles of this agent">
        \(choice)
        \(comparison)
        <p class="links">\(FlameGraphLinks(query: query, profile: profile).html)\(refresh)</p>
        </nav>

        """
    }

    private var choice: String {
        let coming = Self.comingSeconds.filter { $0 <= maximumSeconds }
        return """
            <form method="get" action="/flamegraph">
            <label>Group <select name="group">\(groupOptions)</select></label>
            <label>Time <select name="kind">\(kindOptions)</select></label>
            \(buttons("Show the last", name: "ago", Self.lastSeconds, current: shownSeconds))
            \(buttons("or the next", name: "seconds", seconds(coming), current: comingSeconds))
            </form>
            """
    }

    private var comparison: String {
        let group = query.request.group.map { Self.hidden("group", $0) } ?? ""
        let compared = shownSeconds.flatMap { Self.comparedSeconds.contains($0) ? $0 : nil } ?? 60
        let new = Self.options(Self.comparedSeconds, current: compared) { Self.text($0) }
        let base = Self.options(Self.baseSeconds, current: chosenBaseSeconds) {
            "\(Self.text($0)) ago"
        }
        return """
            <form method="get" action="/flamegraph">
            \(group)\(Self.hidden("kind", query.request.kind.rawValue))
            <label>Compare the last <select name="ago">\(new)</select></label>
            <label>with as long a time from <select name="base_ago">\(base)</select></label>
            <button>Compare</button>
            </form>
            """
    }

    /// Shown by the script, which alone can do it; a time that stays the same is not loaded again.
    private var refresh: String {
        guard query.isMoving else { return "" }
        let choices: [UInt64] = [5, 10, 30, 60]
        return " <label id=\"refresh-label\" hidden>Refresh <select id=\"refresh\">"
            + "<option value=\"\">never</option>"
            + Self.options(choices, current: nil) { "every \(Self.text($0))" }
            + "</select></label>"
    }

    private var groupOptions: String {
        let all = Self.option("", "All groups", isCurrent: query.request.group == nil)
        return groups.reduce(into: all) { html, name in
            html += Self.option(name, name, isCurrent: name == query.request.group)
        }
    }

    private var kindOptions: String {
        [(Profile.Kind.cpu, "CPU"), (.wall, "wall")].map { kind, text in
            Self.option(kind.rawValue, text, isCurrent: kind == query.request.kind)
        }
        .joined()
    }

    /// How long the time is that is shown, if it lasts until now and is whole seconds.
    private var shownSeconds: UInt64? { Self.wholeSeconds(query.lastNanoseconds) }

    private var comingSeconds: UInt64? {
        guard case .coming(let seconds) = query.request.span else { return nil }
        return UInt64(clamping: seconds)
    }

    private var chosenBaseSeconds: UInt64 {
        Self.wholeSeconds(query.baseAgoNanoseconds) ?? Self.standardBaseSeconds
    }

    private func seconds(_ choices: [Int]) -> [UInt64] {
        (choices.isEmpty ? [maximumSeconds] : choices).map { UInt64(clamping: $0) }
    }

    private func buttons(
        _ title: String,
        name: String,
        _ choices: [UInt64],
        current: UInt64?
    ) -> String {
        let buttons = choices.map { seconds in
            let mark = seconds == current ? " aria-current=\"true\"" : ""
            return "<button name=\"\(name)\" value=\"\(seconds)\"\(mark)>"
                + "\(Self.text(seconds))</button>"
        }
        return "<span role=\"group\" aria-label=\"\(title)\"><span>\(title)</span> "
            + "\(buttons.joined(separator: " "))</span>"
    }

    private static func wholeSeconds(_ nanoseconds: UInt64?) -> UInt64? {
        guard let nanoseconds, nanoseconds % 1_000_000_000 == 0 else { return nil }
        return nanoseconds / 1_000_000_000
    }

    private static func text(_ seconds: UInt64) -> String {
        seconds >= 60 && seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds) s"
    }

    private static func options(
        _ choices: [UInt64],
        current: UInt64?,
        text: (UInt64) -> String
    ) -> String {
        choices.map { option(String($0), text($0), isCurrent: $0 == current) }.joined()
    }

    private static func option(_ value: String, _ text: String, isCurrent: Bool) -> String {
        "<option value=\"\(HTMLText(escaping: value))\"\(isCurrent ? " selected" : "")>"
            + "\(HTMLText(escaping: text))</option>"
    }

    private static func hidden(_ name: String, _ value: String) -> String {
        "<input type=\"hidden\" name=\"\(name)\" value=\"\(HTMLText(escaping: value))\">"
    }
}
