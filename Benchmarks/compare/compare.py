#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Ptarmigan beside its peers on the same targets, in interleaved rounds.

    Benchmarks/compare/compare.py [--rounds N] [--seconds S] [--tools A,B] [--targets A,B]

Writes all rows into .build-compare/rows.json, the figures into docs/comparison.json, and from those
docs/COMPARISON.md and its plots; where some tools or targets are missing, all of it into
.build-compare. Rounds can be measured in several runs, with `--more` from the second one on.
`--crowded` keeps the figures as those of a machine that others keep busy, for a part of the page.
With `--more --no-rounds --no-harm` it only puts the figures of the kept rows together;
`--page-only` writes the page from the figures that are there, and `--self-test` shows that the
measures see what they are for.
"""

import argparse
import json
import os
import platform
import signal
import sys
import time

import shared
from shared import CPUS, DOCS, PTARMIGAN, RAW

# Imports of the scripts beside it need the paths that shared.py adds.
import harm
import machine
import measures
import page
import rounds
import selftest
import truth
from peers import LEFT_OUT, TOOLS
from targets import KINDS
from tools import RATE

MOST_BYTES = 60_000
MAIN, CROWDED = "comparison.json", "comparison-crowded.json"
ROWS = RAW / "rows.json"


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.5, help="of each window")
    parser.add_argument("--kills", type=int, default=8, help="of each tool")
    parser.add_argument("--tools", help=f"of {','.join(TOOLS)}")
    parser.add_argument("--targets", help=f"of {','.join(KINDS)}")
    parser.add_argument("--no-harm", action="store_true", help="time and stacks only")
    parser.add_argument("--more", action="store_true", help="add to the rows that are there")
    parser.add_argument("--no-rounds", action="store_true", help="harm only")
    parser.add_argument("--crowded", action="store_true",
                        help="of a machine that others keep busy: beside the other figures")
    parser.add_argument("--page-only", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    options.targets = chosen(parser, options.targets, KINDS)
    options.tools = chosen(parser, options.tools, TOOLS)
    return options


def chosen(parser, text, table):
    names = list(table) if text is None else text.split(",")
    for name in names:
        if name not in table:
            parser.error(f"'{name}' is none of {', '.join(table)}")
    return names


def shown(words):
    """A command line as the page shows it, without this machine's places."""
    short = [str(word).replace(f"{shared.ROOT}/", "").replace(".build/release/", "")
             for word in words]
    short = [word.rsplit("/", 1)[-1] if word.startswith((".build-tools/", "/usr/bin/")) else word
             for word in short]
    return " ".join(f"'{word}'" if " " in word else word for word in short)


def table_of_tools(options):
    found = {}
    for key, tool in TOOLS.items():
        row = {"title": tool.title, "gives": tool.gives, "way": tool.way}
        if key in options.missing:
            row["missing"] = options.missing[key]
        if key in options.available and key != "nobody":
            row |= {"version": tool.version(), "command": shown(tool.words("PID", "FILE"))}
        found[key] = row
    return found


def available(options):
    """Finds out what can be had here, and says what can't."""
    options.missing = {key: reason for key in options.tools
                       if (reason := TOOLS[key].missing()) is not None}
    options.available = [key for key in options.tools if key not in options.missing]
    for key, reason in options.missing.items():
        print(f"not here: {TOOLS[key].title}: {reason}", flush=True)


def former(options):
    """What runs before this one have measured."""
    if options.more and ROWS.exists():
        return json.loads(ROWS.read_text())
    return {"rows": [], "harm": {}, "truth": None, "minutes": 0.0, "notes": [],
            "others": [], "sources": machine.sources()}


def measure(options):
    """All rows, with those of runs before this one."""
    began, found = time.monotonic(), former(options)

    def note(text):
        print(f"note: {text}", flush=True)
        found["notes"].append(text)

    available(options)
    if options.no_rounds and options.no_harm:
        return found
    rounds.warm_up(options, note)
    if truth.missing() is None:
        found["truth"] = found["truth"] or truth.of_steps()
    before = found["minutes"]

    def keep():
        """Saves what there is: a run may be ended at any time."""
        found["minutes"] = before + (time.monotonic() - began) / 60
        RAW.mkdir(exist_ok=True)
        ROWS.write_text(json.dumps(found))

    first = max((row["round"] + 1 for row in found["rows"]), default=0)
    for rows in () if options.no_rounds else rounds.run(options, first, note, found["others"]):
        found["rows"] += rows
        keep()
    for key, row in () if options.no_harm else harm.run(options, note):
        found["harm"][key] = row
        keep()
    return found


def summary(options, found):
    """The figures of the page."""
    about = {"kernel": platform.release(), "cpus": len(CPUS), "model": machine.model(),
             "system": machine.system(), "others": machine.summary(found["others"]),
             "sources": found["sources"],
             "rounds": measures.rounds_text(found["rows"]), "seconds": options.seconds,
             "rate": RATE, "kills": options.kills, "minutes": found["minutes"],
             "callgrind": truth.version() if found["truth"] else None}
    return measures.rounded({
        "about": about, "tools": table_of_tools(options), "left_out": LEFT_OUT,
        "truth": found["truth"], "targets": measures.figures(found["rows"], found["truth"]),
        "harm": found["harm"], "notes": found["notes"]})


def is_whole(options, found):
    """Whether nothing is missing that can be had."""
    return (set(options.tools) == set(TOOLS) and bool(found["harm"])
            and {row["target"] for row in found["rows"]} == set(KINDS))


def write_page(data, directory):
    crowded = DOCS / CROWDED
    crowded = json.loads(crowded.read_text()) if crowded.exists() else None
    for name, text in page.render(data, crowded).items():
        (directory / name).write_text(text)
        print(f"wrote {(directory / name).relative_to(shared.ROOT)}")


def main():
    options = arguments()
    # Whoever ends it leaves no program behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if options.page_only:
        write_page(json.loads((DOCS / MAIN).read_text()), DOCS)
        return 0
    if not PTARMIGAN.exists():
        sys.exit("compare: no .build/release/ptarmigan: make build")
    # What measures keeps off the target's CPU.
    os.sched_setaffinity(0, CPUS[:-1] or CPUS)
    if options.self_test:
        return selftest.run()
    found = measure(options)
    data = summary(options, found)
    text = json.dumps(data, separators=(",", ":"), sort_keys=False) + "\n"
    directory = DOCS if is_whole(options, found) else RAW
    if len(text) > MOST_BYTES:
        print(f"compare: the figures take {len(text)} bytes, over {MOST_BYTES}", file=sys.stderr)
    if options.crowded:
        (DOCS / CROWDED).write_text(text)
        data, directory = json.loads((DOCS / MAIN).read_text()), DOCS
    else:
        (directory / MAIN).write_text(text)
    write_page(data, directory)
    return 0 if data["targets"] else 1


if __name__ == "__main__":
    sys.exit(main())
