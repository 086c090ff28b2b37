// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// One line of a screen.
struct TopLine: Hashable {
    enum Style: Hashable {
        case plain
        /// The titles of columns.
        case titles
        case alarm
        /// What stands below the table.
        case quiet
    }

    var text: String
    var style: Style

    init(_ text: String, _ style: Style = .plain) {
        self.text = text
        self.style = style
    }
}

/// A live view as lines of text: no line is longer than the screen, and there are no more of them.
struct TopScreen {
    let header: TopHeader
    let size: ScreenSize

    /// Rows of the table that are there in any case, if the screen has them.
    private static let leastRows = 4

    /// All lines, from the top of the screen.
    func lines(of state: TopState) -> [TopLine] {
        if state.showsHelp { return fitted(Self.help) }
        let page = page(of: state)
        var lines = Array(headerLines(of: state).prefix(headerCount(of: state)))
        let rows = state.table.sorted(by: state.order)
        let columns = TopColumns(view: state.view, order: state.order, width: size.columns)
        lines.append(TopLine(columns.titles, .titles))
        let table = state.table
        let shown = rows.dropFirst(min(state.offset, max(0, rows.count - 1))).prefix(page)
        lines += shown.map { TopLine(columns.text(of: $0, in: table)) }
        guard !size.isUnlimited else { return lines }
        if hasFooter {
            lines += Array(repeating: TopLine(""), count: max(0, size.rows - 1 - lines.count))
            lines.append(TopLine(footer(state, shown.count, of: rows.count), .quiet))
        }
        return fitted(lines)
    }

    /// How many rows of the table there is room for.
    func page(of state: TopState) -> Int {
        guard !size.isUnlimited else { return .max }
        return max(0, size.rows - headerCount(of: state) - 1 - (hasFooter ? 1 : 0))
    }

    private var hasFooter: Bool { !size.isUnlimited && size.rows >= 6 }

    private func headerLines(of state: TopState) -> [TopLine] {
        header.lines(of: state, columns: size.columns)
    }

    private func headerCount(of state: TopState) -> Int {
        let count = headerLines(of: state).count
        guard !size.isUnlimited else { return count }
        return max(0, min(count, size.rows - 1 - (hasFooter ? 1 : 0) - Self.leastRows))
    }

    private func footer(_ state: TopState, _ shown: Int, of count: Int) -> String {
        let keys = "q quit  h help  f functions  t threads  g groups  w waits  1-4 sort  r reset"
        guard state.offset > 0 else { return keys }
        return "rows \(state.offset + 1)-\(state.offset + shown) of \(count)  \(keys)"
    }

    private func fitted(_ lines: [TopLine]) -> [TopLine] {
        lines.prefix(size.rows).map { line in
            TopLine(DisplayWidth.cut(line.text, to: size.columns), line.style)
        }
    }

    private static let help = [
        TopLine("Keys of ptarmigan top", .titles),
        TopLine("f t g     rows are functions, threads, groups of processes"),
        TopLine("w         CPU time, or all time: what threads wait in, too"),
        TopLine("1 2 3 4   sort by %Own, %Total, OwnTime, TotalTime; * marks it"),
        TopLine("j k       a row down or up, and so do the arrows"),
        TopLine("PgDn PgUp a page down or up; Home and End"),
        TopLine("space p   hold the display; sampling goes on"),
        TopLine("r         begin the times anew"),
        TopLine("Ctrl-L    draw the screen anew"),
        TopLine("q Ctrl-C  quit"),
        TopLine(""),
        TopLine("%Own and %Total are shares of the latest period, own as the leaf"),
        TopLine("of a stack and total anywhere in it; times are since the beginning."),
        TopLine("A held target is stopped for one visit: its share, and how long one"),
        TopLine("took, stand above the table. Any key goes back.", .quiet),
    ]
}
