# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Rounds in which all tools take turns on each target, in an order drawn anew.

A target runs for a whole round of its own; each tool comes between two windows without any, which
are the base, so that a neighbour's load and the host's drift fall on all alike. A window begins
when the tool is at work. Whatever a tool leaves behind is noted and put right before the next.
"""

import contextlib
import random
import time

import machine
from children import wait_for
from peers import TOOLS
from shared import Trouble
from targets import KINDS, Target
from tool_ptarmigan import Agent

LAP_MS = 20
SEED = 1


def tools_for(options, kind):
    """The tools that can be had and that know this target."""
    return [key for key in options.available
            if kind.language in TOOLS[key].languages and (kind.tools is None or key in kind.tools)
            and ("gaps" in kind.measures or "laps" in kind.measures or TOOLS[key].gives == "stacks")
            and (key != "syscalls" or kind.tools is not None)]


def window(target, seconds):
    """Lets the target run for a while; what it did and when."""
    began, row = time.monotonic_ns(), {}
    if "laps" in target.kind.measures:
        row["laps"] = max(round(seconds * 1e3 / LAP_MS), 1)
        row |= target.laps(row["laps"])
    else:
        time.sleep(seconds)
    row["from"], row["to"] = began, time.monotonic_ns()
    return row


def under(tool, target, options):
    """One window under a tool, and what the tool did in it."""
    with tool:
        tool.start()
        used, began = tool.cpu_seconds(), time.monotonic()
        run = window(target, options.seconds)
        spent = time.monotonic() - began
        used = tool.cpu_seconds() - used
        tool.look()
        tool.end()
        row = {"run": run, "cpu_percent": used / spent * 100}
        found = tool.stacks() if "stacks" in target.kind.measures else None
        if found is not None:
            row |= judged(found, target.kind, tool)
        row |= {"peak_mib": tool.peak_mib(), "after_seconds": tool.after_seconds,
                "seconds": tool.sampled_seconds()}
        if tool.failure:
            row["failure"] = tool.failure
        return row


def judged(found, kind, tool):
    """What stacks are worth, without the stacks."""
    return {"samples": found.samples, "samples_per_second":
            found.samples / max(tool.sampled_seconds(), 1e-9),
            "complete": found.complete_share(kind.roots), "named": found.named_share(),
            "shares": found.shares(set(kind.functions)),
            "stacks": [[list(frames), weight] for frames, weight in found.rows.most_common(5)]}


class Turns:
    """All tools of one round on one kind of target."""

    def __init__(self, options, number, kind, note):
        self.options, self.number, self.kind, self.note = options, number, kind, note
        self.rows, self.target, self.spent = [], None, []

    def run(self):
        keys = tools_for(self.options, self.kind)
        random.Random(f"{SEED} {self.number} {self.kind.name}").shuffle(keys)
        try:
            for order, key in enumerate(keys):
                self.take(order, key)
        finally:
            self.finish()
        return self.rows

    def take(self, order, key):
        if self.target is None:
            self.target = Target(self.kind)
            self.before = window(self.target, self.options.seconds / 2)
        row = {"round": self.number, "target": self.kind.name, "tool": key, "order": order}
        tool = TOOLS[key](self.target)
        try:
            row |= {"before": self.before, **under(tool, self.target, self.options)}
        except (Trouble, ValueError, OSError) as trouble:
            row["failure"] = str(trouble)
        row["left"] = self.target.left()
        if not self.target.is_alive():
            self.finish()
        else:
            row["after"] = self.before = window(self.target, self.options.seconds / 2)
        self.rows.append(row)
        if row.get("failure"):
            self.note(f"{self.kind.name}, {tool.title}: {row['failure']}")
        for problem in row["left"]:
            self.note(f"{self.kind.name} after {tool.title}: {problem}")

    def finish(self):
        """Ends the target, and gives each row the gaps of its windows."""
        if self.target is None:
            return
        with self.target as target:
            said = target.end()
            gaps = target.gaps()
        self.target = None
        for row in self.rows:
            row.setdefault("said", said)
            for name in ("before", "run", "after"):
                if "gaps" in self.kind.measures and name in row and "gaps" not in row[name]:
                    part = row[name]
                    part["gaps"] = [end - begin for begin, end in gaps
                                    if part["from"] <= begin < part["to"]]
                    # Of a gap at an end of the window, what is in it.
                    part["lost_ns"] = sum(
                        min(end, part["to"]) - max(begin, part["from"]) for begin, end in gaps
                        if begin < part["to"] and end > part["from"])


def warm_up(options, note):
    """Every tool once, unmeasured: files come into memory, and what does not work is left out."""
    for key in list(options.available):
        kind = KINDS["steps" if "C" in TOOLS[key].languages else "steps.py"]
        with Target(kind) as target:
            tool = TOOLS[key](target)
            try:
                with tool:
                    tool.start()
                    time.sleep(0.5)
                    tool.end()
                    tool.stacks()
            except (Trouble, ValueError, OSError) as trouble:
                note(f"{tool.title} does not work here: {trouble}")
                options.missing[key] = str(trouble)
                options.available.remove(key)
            wait_for(lambda: not target.left(), "the target to be as found", 5)


def run(options, first, note, looks):
    """The rows of each target in each round; the order of a round follows from its number.

    Before each target it is looked what others do on the machine.
    """
    agent = Agent.kept_running() if "agent" in options.available else contextlib.nullcontext()
    with agent:
        for number in range(first, first + options.rounds):
            for name in options.targets:
                began = time.monotonic()
                looks.append(machine.others())
                yield Turns(options, number, KINDS[name], note).run()
                print(f"round {number + 1} of {first + options.rounds}, {name}:"
                      f" {time.monotonic() - began:.0f} s", flush=True)
