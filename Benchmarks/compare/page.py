# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""The page and its plots: a pure function of the figures, and of the text in page.txt."""

import re
from pathlib import Path

import ahead
import machine
import measures
import page_parts as parts
import ratios

TEMPLATE = Path(__file__).with_name("page.txt")
# What a target is called where peers are ahead on it.
CALLED = {"steps": "a program in C", "gapmeter": "a program in C", "steps.py": "Python",
          "gapmeter.py": "Python"}
STACK_HEADINGS = ["off, %", "chance, %", "outside, %", "samples"]
SLOWER_ALT = ("By how much a program in C is slower under each tool, in percent: a dot for the "
              "median, a line from the least to the most of the rounds")
PAUSES_ALT = ("How long each tool pauses a program in C, in microseconds on a logarithmic scale: a "
              "dot for the median pause, a line from there to the 99th percentile")

CROWDED = """## On a crowded machine

The same in {rounds} rounds with windows of {seconds:g} s, from
[comparison-crowded.json](comparison-crowded.json), by `Benchmarks/compare/compare.py --crowded`.
{state}
The program keeps its priority; the tools have none. The agent's budgets are for the whole host, and
what they have no room for is not sampled.
"""


def tools_table(data):
    rows = []
    for key, tool in data["tools"].items():
        if key == "nobody":
            continue
        command = f"`{tool['command']}`" if tool.get("command") else parts.NONE
        version = tool.get("version") or parts.NONE
        if tool.get("missing"):
            version = f"not measured: {tool['missing']}"
        rows.append([tool["title"], version, command, tool["way"]])
    for name, why in data["left_out"].items():
        rows.append([name, f"not measured: {why}", parts.NONE, parts.NONE])
    if data["about"]["callgrind"]:
        rows.append(["callgrind", data["about"]["callgrind"], parts.NONE,
                     "only counts the instructions of one run, for the truth"])
    return parts.texts(["tool", "version", "command", "how it looks at a program"], rows)


def stack_table(data, targets):
    headings = ["tool", "whole stacks, %", "named frames, %"]
    for target in targets:
        label = f"{target}: " if len(targets) > 1 else ""
        headings += [label + STACK_HEADINGS[0], *STACK_HEADINGS[1:]]
    return parts.table(headings, parts.stack_rows(data, targets))


def base_longest(data, target):
    row = data["targets"].get(target, {}).get("nobody", {}).get("pauses", {})
    return parts.one(row, "longest_us")


def how(data):
    found = {text for row in data["harm"].values() for text in row.get("kills", {}).get("how", ())}
    # The number of a thread or a process says nothing to a reader.
    found = sorted({re.sub(r"thread \d+ of \d+", "a thread", text) for text in found})
    return f"After kills: {'; '.join(found)}. " if found else ""


def ahead_table(data):
    headings = ["sampler", "on", *(f"beside {data['tools'][ours]['title']}" for ours in ahead.OURS)]
    return parts.texts(headings, list(ahead.rows(data, CALLED)))


def places(data):
    """What comes where in the template."""
    about = data["about"]
    plain = {name: str(about[name]) for name in ("kernel", "cpus", "model", "system", "rounds",
                                                 "rate", "kills")}
    return plain | {
        "seconds": f"{about['seconds']:g}", "minutes": f"{about['minutes']:.0f}",
        "tools": tools_table(data),
        "work": parts.table(parts.WORK_HEADINGS, parts.work_rows(data, "steps")),
        "least_for_p99": str(measures.LEAST_FOR_P99), "sources": about["sources"],
        "state": machine.sentence(about["others"]),
        **{f"ratios_{target.replace('.', '_')}": parts.ratio_table(data, target)
           for target in ratios.BESIDE},
        "slower": parts.picture("comparison-slower", SLOWER_ALT),
        "stacks": stack_table(data, ["steps", "busy"]),
        "base_longest": base_longest(data, "gapmeter"),
        "pauses": parts.table(parts.PAUSE_HEADINGS, parts.pause_rows(data, "gapmeter")),
        "pause_plot": parts.picture("comparison-pauses", PAUSES_ALT),
        "calls": parts.table(parts.WORK_HEADINGS[:5],
                             [row[:5] for row in parts.work_rows(data, "calls")]),
        "python_work": parts.table(parts.WORK_HEADINGS, parts.work_rows(data, "steps.py")),
        "python_stacks": stack_table(data, ["steps.py"]),
        "python_base_longest": base_longest(data, "gapmeter.py"),
        "python_pauses": parts.table(parts.PAUSE_HEADINGS, parts.pause_rows(data, "gapmeter.py")),
        "harm": parts.table(parts.HARM_HEADINGS, parts.harm_rows(data)),
        "how": how(data), "ahead": ahead_table(data),
    }


def plots(data):
    files = {}
    for name, title, unit, rows, is_logarithmic in (
            ("comparison-pauses", "Pauses of a program in C", "microseconds, logarithmic",
             parts.pause_plot(data, "gapmeter"), True),
            ("comparison-slower", "How much slower a program in C is", "percent",
             parts.slower_plot(data, "steps"), False)):
        if rows:
            files |= parts.both_looks(name, title, unit, rows, is_logarithmic)
    return files


def crowded_part(data):
    """The same on a machine that others kept busy, where that was measured."""
    if data is None:
        return ""
    about = data["about"]
    parts_of_it = [CROWDED.format(**about, state=machine.sentence(about["others"]))]
    for target, name in (("steps", "In C"), ("steps.py", "In Python")):
        rows = parts.work_rows(data, target)
        parts_of_it.append(f"{name}:\n\n{parts.table(parts.WORK_HEADINGS, rows)}\n")
    if data["harm"]:
        table = parts.table(parts.HARM_HEADINGS, parts.harm_rows(data))
        parts_of_it.append(f"Harm, which the next section explains:\n\n{table}\n")
    return "\n".join([*parts_of_it, ""])


def render(data, crowded=None):
    """The files of the page, by their names. A place without a value is an error."""
    values = places(data) | {"crowded": crowded_part(crowded)}
    # Behind its licence.
    _, template = TEMPLATE.read_text().split("\n\n", 1)
    text = re.sub(r"\{\{(\w+)\}\}", lambda match: values[match[1]], template)
    return {"COMPARISON.md": text, **plots(data)}
