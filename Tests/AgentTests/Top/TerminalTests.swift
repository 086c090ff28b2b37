// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import SystemPackage
import Testing

@testable import Agent

@Suite struct TerminalTests {
    private let usual = TerminalEnvironment { $0 == "TERM" ? "xterm" : nil }

    @Test func isGivenBackAsItWas() throws {
        let pair = try PseudoTerminal.make()
        let before = pair.settings
        do {
            let terminal = try pair.taken()
            #expect(pair.settings.c_lflag & tcflag_t(ICANON | ECHO) == 0)
            // Ctrl-C and Ctrl-Z are still signals.
            #expect(pair.settings.c_lflag & tcflag_t(ISIG) != 0)
            terminal.draw([TopLine("a line")])
        }
        #expect(pair.settings.c_lflag == before.c_lflag)
        let text = pair.written()
        #expect(text.hasPrefix("\u{1b}[?1049h\u{1b}[?25l\u{1b}[?7l"))
        #expect(text.contains("a line"))
        #expect(text.hasSuffix("\u{1b}[?7h\u{1b}[?25h\u{1b}[?1049l"))
    }

    @Test func isGivenBackForATime() throws {
        let pair = try PseudoTerminal.make()
        let before = pair.settings
        var terminal = try pair.taken()
        terminal.release()
        #expect(pair.settings.c_lflag == before.c_lflag)
        terminal.take()
        #expect(pair.settings.c_lflag & tcflag_t(ICANON) == 0)
        #expect(pair.written().components(of: "\u{1b}[?1049h") == 2)
    }

    @Test func knowsItsSize() throws {
        let pair = try PseudoTerminal.make()
        let terminal = try pair.taken()
        // Nobody has set one.
        #expect(terminal.size == .usual)
        pair.resize(columns: 40, rows: 10)
        #expect(terminal.size == ScreenSize(columns: 40, rows: 10))
    }

    @Test func isNoneWhereNothingCanBeDrawn() throws {
        let pair = try PseudoTerminal.make()
        for kind in ["dumb", ""] {
            #expect(throws: Errno(rawValue: ENOTTY)) { _ = try pair.taken(kind: kind) }
        }
        let file = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(file) }
        let isDrawnOn = Terminal(input: pair.inside, output: file, environment: usual) != nil
        #expect(!isDrawnOn)
        let isTypedOn = Terminal(input: file, output: pair.inside, environment: usual) != nil
        #expect(!isTypedOn)
        #expect(pair.written() == "")
    }

    @Test(arguments: [(nil, true), ("", true), ("1", false), ("0", false)] as [(String?, Bool)])
    func obeysNoColour(value: String?, hasColour: Bool) {
        #expect(TerminalEnvironment { $0 == "NO_COLOR" ? value : "xterm" }.hasColour == hasColour)
    }
}

extension String {
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
