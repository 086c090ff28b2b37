// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Lines as a terminal takes them.
enum TerminalText {
    /// A screen of lines, each at its place, so that nothing scrolls.
    ///
    /// - Parameters:
    ///   - isClean: whether to begin with an empty screen.
    ///   - isFull: whether the lines fill the screen, so that nothing is below them.
    static func screen(
        _ lines: [TopLine],
        hasColour: Bool,
        isClean: Bool,
        isFull: Bool
    ) -> String {
        var text = isClean ? "\u{1b}[2J" : ""
        for (row, line) in lines.enumerated() {
            // The line is emptied first: after its last column the cursor is still in it.
            text += "\u{1b}[\(row + 1);1H\u{1b}[2K" + styled(line, hasColour: hasColour)
        }
        // On a full screen there is nothing below, and the cursor would stay in the last line.
        return isFull ? text : text + "\u{1b}[\(lines.count + 1);1H\u{1b}[J"
    }

    private static func styled(_ line: TopLine, hasColour: Bool) -> String {
        guard hasColour, let code = code(line.style) else { return line.text }
        return "\u{1b}[\(code)m\(line.text)\u{1b}[0m"
    }

    private static func code(_ style: TopLine.Style) -> String? {
        switch style {
        case .plain: nil
        case .titles: "7"
        case .alarm: "31"
        case .quiet: "2"
        }
    }
}
