# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Austin's output (MOJO, versions 1 to 4): a header and events of a number and its data.

A number has six bits in its first byte, whose second bit is the sign, and seven in each further
one; the first bit of a byte says whether another follows. A string ends with a zero.
"""

from stacks import Stacks

METADATA, STACK, FRAME, INVALID, REFERENCE, KERNEL, COLLECTING, IDLE, TIME, MEMORY, STRING, \
    STRING_REFERENCE = range(1, 13)
UNKNOWN = 1


class Reader:
    """Reads events until the bytes end, which they may in the middle of one."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def byte(self):
        self.at += 1
        return self.data[self.at - 1]

    def number(self):
        byte = self.byte()
        value, is_negative, shift = byte & 0x3f, byte & 0x40, 6
        while byte & 0x80:
            byte = self.byte()
            value |= (byte & 0x7f) << shift
            shift += 7
        return -value if is_negative else value

    def string(self):
        end = self.data.index(0, self.at)
        text = self.data[self.at:end].decode(errors="replace")
        self.at = end + 1
        return text


class Collector:
    """Puts events together; strings and frames are known by the process and a number."""

    def __init__(self):
        self.stacks, self.strings, self.frames = Stacks(), {}, {}
        self.pid, self.stack, self.is_idle = None, None, False

    def flush(self):
        if self.stack and not self.is_idle:
            self.stacks.add(self.stack)

    def name(self, key):
        return None if key == UNKNOWN else self.strings.get((self.pid, key))

    def take(self, reader, version):
        event = reader.byte()
        if event == METADATA:
            reader.string(), reader.string()
        elif event == STACK:
            self.flush()
            self.pid, self.stack, self.is_idle = reader.number(), [], False
            if version >= 3:
                reader.number()
            reader.string()
        elif event == FRAME:
            key, _, scope, _ = (reader.number() for _ in range(4))
            if version >= 2:
                for _ in range(3):
                    reader.number()
            self.frames[self.pid, key] = self.name(scope)
        elif event == REFERENCE:
            self.stack.append(self.frames.get((self.pid, reader.number())))
        elif event == KERNEL:
            reader.string()
        elif event in (TIME, MEMORY, STRING_REFERENCE):
            reader.number()
        elif event == STRING:
            key = reader.number()
            self.strings[self.pid, key] = reader.string()
        elif event == IDLE:
            self.is_idle = True
        elif event not in (INVALID, COLLECTING):
            raise ValueError(f"event {event} at {reader.at - 1}")


def read(data):
    """The stacks of a file."""
    if data[:3] != b"MOJ":
        raise ValueError("no MOJO file")
    reader, collector = Reader(data), Collector()
    reader.at = 3
    version = reader.number()
    try:
        while reader.at < len(data):
            collector.take(reader, version)
    except (IndexError, ValueError) as error:
        # A tool that is ended stops writing anywhere.
        if reader.at < len(data) - 4096:
            raise ValueError(f"MOJO: {error}") from error
    collector.flush()
    return collector.stacks
