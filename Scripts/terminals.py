# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""A terminal for the tests of programs that draw on one."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

# Control sequences (ECMA-48, section 5.4), and the keypad's, which come without parameters.
SEQUENCE = re.compile(rb"\x1b\[([0-?]*)[ -/]*([@-~])|\x1b[=>]")
COLOUR = re.compile(rb"\x1b\[[0-9;]*m")


class Screen:
    """What a terminal of a size shows of the bytes it gets; only what those tests need."""

    def __init__(self, columns, rows):
        self.resize(columns, rows)
        self.is_other = False
        self.overflows = []

    def resize(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.lines = [""] * rows
        self.row = self.column = 0
        # What is drawn before the program knows of its new size is no fault of it.
        self.is_stale = False

    def text(self):
        return "\n".join(self.lines)

    def feed(self, data):
        """Takes bytes in; returns those at the end that are not a whole sequence yet."""
        place = 0
        while place < len(data):
            if data[place:place + 1] == b"\x1b":
                found = SEQUENCE.match(data, place)
                if not found:
                    return data[place:]
                self.control((found[1] or b"").decode(), (found[2] or b"").decode())
                place = found.end()
                continue
            end = data.find(b"\x1b", place)
            end = len(data) if end < 0 else end
            self.write(data[place:end].decode(errors="replace"))
            place = end
        return b""

    def control(self, numbers, final):
        if final == "H":
            row, column = (numbers.split(";") + ["1", "1"])[:2] if numbers else (1, 1)
            self.row, self.column = int(row) - 1, int(column) - 1
        elif final == "K" and self.row < self.rows:
            kept = "" if numbers == "2" else self.lines[self.row][:self.column]
            self.lines[self.row] = kept
        elif final == "J":
            first = 0 if numbers == "2" else self.row
            self.is_stale = self.is_stale and numbers != "2"
            for row in range(first, self.rows):
                self.lines[row] = ""
        elif numbers == "?1049":
            self.is_other = final == "h"
            self.lines = [""] * self.rows
            self.row = self.column = 0

    def write(self, text):
        for character in text:
            if character == "\r":
                self.column = 0
            elif character == "\n":
                self.row += 1
                if self.row >= self.rows:
                    self.lines = self.lines[1:] + [""]
                    self.row = self.rows - 1
            elif self.row >= self.rows or self.column >= self.columns:
                if self.is_other and not self.is_stale:
                    self.overflows.append((self.row, self.column, character))
                self.column += 1
            else:
                line = self.lines[self.row].ljust(self.column)
                self.lines[self.row] = line[:self.column] + character + line[self.column + 1:]
                self.column += 1


class Terminal:
    """A program on a terminal of its own; it is ended with the block."""

    def __init__(self, command, columns=80, rows=24, environment=None):
        self.screen = Screen(columns, rows)
        self.output = b""
        self.rest = b""
        self.status = None
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            size = struct.pack("HHHH", rows, columns, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            values = {**os.environ, "TERM": "xterm", **(environment or {})}
            try:
                os.execvpe(command[0], command, values)
            finally:
                os._exit(127)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # What a closed window does: jobs of a shell, which are in groups of their own, end too.
        if self.status is None:
            os.kill(self.pid, signal.SIGHUP)
        os.close(self.descriptor)
        if self.status is None:
            os.waitpid(self.pid, 0)

    def type(self, text):
        os.write(self.descriptor, text.encode())

    def resize(self, columns, rows):
        self.screen.resize(columns, rows)
        self.screen.is_stale = True
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, size)

    def read(self, seconds):
        """Takes in what comes within a time; false when the program's side is closed."""
        if not select.select([self.descriptor], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.descriptor, 65536)
        except OSError:
            return False
        if not data:
            return False
        self.output += data
        self.rest = self.screen.feed(self.rest + data)
        return True

    def wait_for(self, condition, seconds=60):
        """Waits until the screen fulfils a condition; whether it did."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not self.rest and condition(self.screen.text()):
                return True
            if not self.read(0.1):
                return condition(self.screen.text())
        return False

    def wait_for_end(self, seconds=30):
        """The exit code, once all output was read; None if it does not end."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.read(0.1):
            pass
        while time.monotonic() < end:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.status = os.waitstatus_to_exitcode(status)
                return self.status
            select.select([], [], [], 0.01)
        return None
