// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The terminal while a program draws all of it; it is given back as it was, whatever happens.
///
/// What it shows before is kept in its other screen, and keys come at once and are not echoed.
/// Ctrl-C and Ctrl-Z stay signals: they are also for the other programs of the group.
struct Terminal: ~Copyable {
    let input: Int32
    private let output: Int32
    private let hasColour: Bool
    private let settings: termios
    private var isTaken = false

    // Control sequences of xterm (ctlseqs), which terminals share.
    private static let otherScreen = "\u{1b}[?1049h"
    private static let firstScreen = "\u{1b}[?1049l"
    private static let hiddenCursor = "\u{1b}[?25l"
    private static let shownCursor = "\u{1b}[?25h"
    /// A line that is too long after all must not push the others down.
    private static let noWrap = "\u{1b}[?7l"
    private static let wrap = "\u{1b}[?7h"

    /// Takes the terminal.
    ///
    /// - Returns: nil where there is none, or where it is none to draw on.
    init?(input: Int32 = 0, output: Int32 = 1, environment: TerminalEnvironment = .current) {
        var settings = termios()
        guard isatty(output) == 1, !environment.isDumb, tcgetattr(input, &settings) == 0 else {
            return nil
        }
        self.input = input
        self.output = output
        self.settings = settings
        hasColour = environment.hasColour
        take()
    }

    deinit { Self.giveBack(input, output, settings, isTaken: isTaken) }

    /// Takes it, or takes it again.
    mutating func take() {
        guard !isTaken else { return }
        isTaken = true
        var raw = settings
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        // A read returns what there is, and waits if there is nothing (termios(3)).
        withUnsafeMutableBytes(of: &raw.c_cc) { characters in
            characters[Int(VMIN)] = 1
            characters[Int(VTIME)] = 0
        }
        tcsetattr(input, TCSADRAIN, &raw)
        write(Self.otherScreen + Self.hiddenCursor + Self.noWrap)
    }

    /// Gives it back for now.
    mutating func release() {
        Self.giveBack(input, output, settings, isTaken: isTaken)
        isTaken = false
    }

    private static func giveBack(
        _ input: Int32,
        _ output: Int32,
        _ settings: termios,
        isTaken: Bool
    ) {
        guard isTaken else { return }
        _ = FileBytes.write(Array((wrap + shownCursor + firstScreen).utf8), to: output)
        var settings = settings
        // What was typed and not read is not for the shell.
        tcsetattr(input, TCSAFLUSH, &settings)
    }

    /// How large it is now.
    var size: ScreenSize {
        var size = winsize()
        guard ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return .usual
        }
        return ScreenSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
    }

    /// Draws lines from the top, and takes away what was below them.
    ///
    /// - Parameter isClean: whether to begin with an empty screen, as after a change of its size.
    func draw(_ lines: [TopLine], isClean: Bool = false) {
        write(
            TerminalText.screen(
                lines,
                hasColour: hasColour,
                isClean: isClean,
                isFull: lines.count >= size.rows
            )
        )
    }

    private func write(_ text: String) { _ = FileBytes.write(Array(text.utf8), to: output) }
}

/// What the environment says of a terminal.
struct TerminalEnvironment: Hashable {
    let isDumb: Bool
    let hasColour: Bool

    /// - Parameter values: variables by name.
    init(_ values: (String) -> String?) {
        let kind = values("TERM") ?? ""
        isDumb = kind.isEmpty || kind == "dumb"
        // no-color.org: present, and not empty.
        hasColour = (values("NO_COLOR") ?? "").isEmpty
    }

    static var current: TerminalEnvironment {
        TerminalEnvironment { getenv($0).map { String(cString: $0) } }
    }
}
