# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Stacks as tools print them, and what they are worth.

A stack is a tuple of frames with the root first. A frame is a name, None where the tool has none,
or a mark in brackets that is no frame at all.
"""

import re
from collections import Counter

ELSEWHERE = "elsewhere"
# The C library's frames around a program's first function have no names where it is stripped.
ROOT_FRAMES = 5
KERNEL_HALF = 1 << 63


class Stacks:
    """How often a tool found each stack of one thread."""

    def __init__(self):
        self.rows = Counter()
        # Where a tool's weights are times, how many samples they come from.
        self.counted = None

    def add(self, frames, weight=1):
        if frames:
            self.rows[tuple(frames)] += weight

    @property
    def weight(self):
        return sum(self.rows.values())

    @property
    def samples(self):
        return self.weight if self.counted is None else self.counted

    def whole(self):
        """The rows without those that are a mark alone, such as time without a sample."""
        return [(frames, weight) for frames, weight in self.rows.items()
                if any(not is_mark(frame) for frame in frames)]

    def complete_share(self, roots):
        """The share of stacks that go back to where the thread began."""
        rows = self.whole()
        good = sum(weight for frames, weight in rows
                   if not is_mark(frames[0]) and roots & set(frames[:ROOT_FRAMES]))
        return ratio(good, sum(weight for _, weight in rows))

    def named_share(self):
        """The share of frames that have a name."""
        named = every = 0
        for frames, weight in self.whole():
            real = [frame for frame in frames if not is_mark(frame)]
            every += weight * len(real)
            named += weight * sum(frame is not None for frame in real)
        return ratio(named, every)

    def shares(self, functions):
        """The time of each of these functions: that of stacks whose innermost of them it is."""
        found = Counter()
        for frames, weight in self.whole():
            name = next((frame for frame in reversed(frames) if frame in functions), ELSEWHERE)
            found[name] += weight
        every = sum(found.values())
        return {name: weight / every for name, weight in found.items()} if every else {}


def is_mark(frame):
    return frame is not None and frame.startswith("[")


def ratio(part, whole):
    return part / whole if whole else None


def folded(text, frame=lambda word: word):
    """Lines of `root;caller;leaf WEIGHT`."""
    stacks = Stacks()
    for line in text.splitlines():
        stack, _, weight = line.rpartition(" ")
        if stack and weight.isdigit():
            stacks.add([frame(word) for word in stack.split(";")], int(weight))
    return stacks


def ptarmigan_frame(word):
    """Without a name it has the file and the place in it."""
    if re.fullmatch(r".*\+0x[0-9a-f]+|\[unknown\]|0x[0-9a-f]+", word):
        return None
    return word.removesuffix("_[i]")


def py_spy_frame(word):
    """`name (file:line)`, or `name (object)`; an address where there is no name."""
    name = re.sub(r" \([^()]*\)$", "", word)
    return None if re.match(r"0x[0-9a-f]+|<unknown>|\?\?", name) else name


def perf_script(text):
    """Blocks of lines, the leaf first, with a header each. The kernel's frames are left out."""
    stacks = Stacks()
    for block in re.split(r"\n\s*\n", text):
        frames = []
        for line in block.splitlines():
            match = re.match(r"\s+([0-9a-f]+) (.+) \((.*)\)$", line)
            if match and int(match[1], 16) < KERNEL_HALF:
                name = re.sub(r"\+0x[0-9a-f]+$", "", match[2])
                frames.append(None if name == "[unknown]" else name)
        stacks.add(frames[::-1])
    return stacks


def eu_stack(text, tid):
    """One run of eu-stack: the stack of this thread."""
    part = re.search(rf"^TID {tid}:\n((?:#.*\n)+)", text, re.MULTILINE)
    frames = []
    for line in part[1].splitlines() if part else ():
        match = re.match(r"#\d+ +0x[0-9a-f]+ *(?:- 1)? *(.*)", line)
        name = re.sub(r"@.*|( - | \+ 0x).*$", "", match[1]).strip() if match else ""
        frames.append(name or None)
    return frames[::-1]


def gdb(text, tid):
    """One run of gdb: the stack of this thread."""
    part = re.search(rf"^Thread \d+ \([^\n]*(?:LWP|process) {tid}\b[^\n]*\n((?:#.*\n|[ \t].*\n)+)",
                     text + "\n", re.MULTILINE)
    frames = []
    for line in part[1].splitlines() if part else ():
        match = re.match(r"#\d+ +(?:0x[0-9a-f]+ in )?(\S+) ", line)
        if match:
            frames.append(None if match[1] == "??" else match[1])
    return frames[::-1]
