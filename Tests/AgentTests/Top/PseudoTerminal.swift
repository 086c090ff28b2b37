// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import SystemPackage

@testable import Agent

/// A terminal that a test has both ends of.
struct PseudoTerminal: ~Copyable {
    /// What a program has.
    let inside: Int32
    private let outside: Int32

    // asm-generic/ioctls.h; both are macros that Swift does not see.
    private static let numberRequest: UInt = 0x8004_5430
    private static let lockRequest: UInt = 0x4004_5431

    private init(inside: Int32, outside: Int32) {
        self.inside = inside
        self.outside = outside
    }

    static func make() throws(Errno) -> PseudoTerminal {
        // pts(4): the number names the other end, which is locked at first.
        let outside = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var number: Int32 = -1
        var isLocked: Int32 = 0
        guard outside >= 0, ioctl(outside, numberRequest, &number) == 0,
            ioctl(outside, lockRequest, &isLocked) == 0
        else { throw Errno(rawValue: errno) }
        let inside = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard inside >= 0 else { throw Errno(rawValue: errno) }
        return PseudoTerminal(inside: inside, outside: outside)
    }

    deinit {
        close(inside)
        close(outside)
    }

    /// The inside as a program takes it, in an environment with nothing but the kind of terminal.
    func taken(kind: String = "xterm") throws(Errno) -> Terminal {
        let environment = TerminalEnvironment { $0 == "TERM" ? kind : nil }
        guard let terminal = Terminal(input: inside, output: inside, environment: environment)
        else { throw Errno(rawValue: ENOTTY) }
        return terminal
    }

    var settings: termios {
        var settings = termios()
        tcgetattr(inside, &settings)
        return settings
    }

    func resize(columns: UInt16, rows: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(outside, UInt(TIOCSWINSZ), &size)
    }

    /// Types text.
    func type(_ text: String) {
        var text = text
        text.withUTF8 { _ = write(outside, $0.baseAddress, $0.count) }
    }

    /// What the program has written since; it has been written before this is called.
    func written() -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            var entry = pollfd(fd: outside, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, 0) == 1 else { break }
            let count = read(outside, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
