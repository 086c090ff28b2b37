#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""How much longer commands take while their system calls are followed, beside `strace -f -c`.

Each round runs a command alone and under every tool, in an order drawn anew, so that a neighbour's
load falls on all alike. What a tool adds is its time less that of the command alone; the figure is
that over what strace adds, the median over the rounds. `--pin` is beside a strace that shares one
CPU with its command, too.

What `-e trace=openat` adds is judged by a command that opens few files; one that opens files all the
time is stopped all the time. The kernel itself takes some 50 ns a call for any seccomp filter, so
it is beside one that is empty.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PTARMIGAN = [ROOT / ".build/release/ptarmigan", "syscalls", "-o", "/dev/null"]
ALONE, STRACE, PINNED = "alone", "strace -f -c", "strace, on one CPU"
FEW, EMPTY = "trace=openat", "an empty filter"
# What a tool runs a command with, what it is compared with, and the most it may add of that.
TOOLS = {
    ALONE: ([], None, None),
    "alone, on one CPU": (["taskset", "-c", "0"], None, None),
    STRACE: (["strace", "-f", "-c", "-o", "/dev/null"], None, None),
    PINNED: (["taskset", "-c", "0", "strace", "-f", "-c", "-o", "/dev/null"], None, None),
    "counts only": ([*PTARMIGAN, "--counts-only", "--"], STRACE, 0.3),
    "times and errors": ([*PTARMIGAN, "--"], STRACE, 0.5),
    "counts only, --pin": ([*PTARMIGAN, "--counts-only", "--pin", "--"], PINNED, 0.6),
    "times and errors, --pin": ([*PTARMIGAN, "--pin", "--"], PINNED, None),
    EMPTY: ([ROOT / ".build-targets/empty-filter"], ALONE, None),
    FEW: ([*PTARMIGAN, "-e", "trace=openat", "--"], EMPTY, 0.05),
}
COMPARED = [tool for tool in TOOLS if tool not in (FEW, EMPTY)]
FILTERED = [ALONE, EMPTY, FEW]


def commands(options, directory):
    tree = directory / "tree"
    tree.mkdir()
    for number in range(options.files):
        (tree / f"part{number}.c").write_text(f"int part{number}(void) {{ return {number}; }}\n")
    objects = " ".join(f"part{number}.o" for number in range(options.files))
    (tree / "Makefile").write_text(f"libparts.a: {objects}\n\tar rc $@ $^\n")
    copy = ["dd", "if=/dev/zero", "of=/dev/null", "bs=1"]
    return {
        "find": (["find", options.found], COMPARED),
        "dd bs=1": ([*copy, f"count={options.copies}"], COMPARED),
        "make": (["make", "-B", "-C", tree], COMPARED),
        "dd, long": ([*copy, f"count={options.copies * 40}"], FILTERED),
    }


def seconds(words):
    began = time.monotonic()
    subprocess.run([str(word) for word in words], stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, check=True, timeout=600)
    return time.monotonic() - began


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--found", default="/usr/share", help="the directory for find")
    parser.add_argument("--files", type=int, default=12, help="C files that make compiles")
    parser.add_argument("--copies", type=int, default=50_000, help="bytes that dd copies")
    options = parser.parse_args()
    over = []
    print(f"{'command':8} {'run':26} {'seconds':>8} {'added':>8} {'of':20} {'ratio':>6} {'most':>6}")
    with tempfile.TemporaryDirectory(prefix="ptarmigan-syscalls-") as name:
        for command, (words, tools) in commands(options, Path(name)).items():
            times = {tool: [] for tool in tools}
            seconds(words)
            for _ in range(options.rounds):
                for tool in random.sample(tools, len(tools)):
                    times[tool].append(seconds([*TOOLS[tool][0], *words]))
            over += report(command, times)
    print(json.dumps({"bench": "syscalls", "rounds": options.rounds, "over": over}))
    return 1 if over else 0


def report(command, times):
    """Prints a command's rows, and says which of them are over their limits."""
    over = []
    for tool in times:
        _, base, limit = TOOLS[tool]
        here = statistics.median(times[tool])
        bare = ALONE if "one CPU" not in tool and "--pin" not in tool else "alone, on one CPU"
        if tool == FEW:
            bare = EMPTY
        added = here - statistics.median(times[bare])
        row = f"{command:8} {tool:26} {here:8.3f} {added:8.3f}"
        if base:
            # A tool that is compared with the command without stops may add a share of its time.
            ratios = [
                (run - alone) / (other if base in (ALONE, EMPTY) else other - alone)
                for run, alone, other in zip(times[tool], times[bare], times[base])]
            ratio = statistics.median(ratios)
            row += f" {base:20} {ratio:6.3f} {limit or '-':>6}"
            if limit and ratio > limit:
                over.append(f"{command}, {tool}: {ratio:.3f}")
                row += "  OVER"
        print(row, flush=True)
    return over


if __name__ == "__main__":
    sys.exit(main())
