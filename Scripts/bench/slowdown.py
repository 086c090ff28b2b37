#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""By how much a busy program is slower while it is profiled, by ptarmigan and by others.

A program on one CPU does the same work again and again and times it by its own clocks. Profilers
take turns on it, in an order that is drawn anew in each round, each between two runs of the program
alone that are together as long as its own, so that a drift falls on both alike. A run begins when
the profiler is at work, and profilers that take too few samples fail. The slowdown is the time of
the profiled run over that of the two alone, in wall time, and in CPU time beside it; the figure is
the median over all rounds, with the interval that has the medians of 95 of 100 drawings from the
same rounds (bootstrap). The row "nobody" has no profiler: it is what the host alone does.

The program has priority over the rest of the host, so that a neighbour's work is not taken for a
profiler's. What a profiler computes on any CPU is therefore in a column of its own. On a host whose
CPUs are all wanted, a program without priority loses more to each stop: `--no-priority` shows that.
"""

import argparse
import json
import os
import random
import statistics
import sys
import time

import slowdown_tools as tools
from cost import PROGRAMS, Started

LIMIT = 1.005
LAP_MS = 50
DRAWINGS = 4_000
OURS = "ptarmigan, 19 Hz"
PERF = "perf, dwarf, 99 Hz"

# What samples which program, how often a second, and how many runs a round has of it: what is
# judged needs the most.
PROFILERS = {
    "C": {
        "nobody": (tools.Nobody, 0, 3),
        OURS: (tools.Agent, 19, 3),
        PERF: (tools.Perf, 99, 3),
        "ptarmigan, 99 Hz, no budgets": (tools.UnboundAgent, 99, 1),
        "eu-stack, 0.1 s between two": (tools.StackLoop, 1, 1),
    },
    "Python": {
        "nobody": (tools.Nobody, 0, 1),
        OURS: (tools.Agent, 19, 1),
        PERF: (tools.Perf, 99, 1),
        "py-spy, 99 Hz": (tools.PySpy, 99, 1),
        "py-spy --native, 99 Hz": (tools.NativePySpy, 99, 1),
    },
}
COMMANDS = {
    "C": [PROGRAMS / "laps"],
    "Python": [sys.executable, tools.ROOT / "Tests/Targets/laps.py"],
}


class Laps:
    """A program that prints a line for each lap."""

    def __init__(self, process):
        self.process = process
        self.process.stdout.readline()

    def run(self, count):
        """Wall and CPU time of the first laps that begin from now on."""
        from_ns, wall, cpu = time.monotonic_ns(), 0, 0
        while count > 0:
            began, lasted, used = map(int, self.process.stdout.readline().split())
            if began >= from_ns:
                wall, cpu, count = wall + lasted, cpu + used, count - 1
        return {"wall": wall, "cpu": cpu}


def give_priority(pid):
    """Over all other work. Where sessions are scheduled as groups, the group's priority decides."""
    try:
        os.setpriority(os.PRIO_PROCESS, pid, -20)
        with open(f"/proc/{pid}/autogroup", "w") as file:
            file.write("-20")
    except FileNotFoundError:
        pass
    except PermissionError:
        print("the program has no priority here, so that neighbours disturb it: run as root")


def profiled(laps, profiler, count):
    """A run under a profiler, and what the profiler did in it."""
    pid = laps.process.pid
    with profiler(pid) as tool:
        stops, used, began = tools.stops(pid), tool.cpu_seconds(), time.monotonic()
        run = laps.run(count)
        spent = time.monotonic() - began
        stops, used = tools.stops(pid) - stops, tool.cpu_seconds() - used
    samples = stops / spent if tool.samples_per_second is None else tool.samples_per_second
    return run, {"samples_per_s": samples, "own_cpu_percent": used / spent * 100}


def measure_round(options, language, cpu, rows):
    """All profilers of a language, each between two runs alone."""
    count = max(round(options.seconds * 1e3 / LAP_MS / 2), 1)
    order = [(name, profiler) for name, (profiler, _, times) in options.profilers[language].items()
             for _ in range(times)]
    random.shuffle(order)
    # In a session of its own, whose priority is not that of what reads the laps.
    with Started("setsid", "taskset", "-c", cpu, *COMMANDS[language], "--seconds", 0,
                 "--lap-ms", LAP_MS) as process:
        laps = Laps(process)
        if not options.no_priority:
            give_priority(process.pid)
        laps.run(count)
        before = laps.run(count)
        for name, profiler in order:
            run, did = profiled(laps, profiler, 2 * count)
            after = laps.run(count)
            did |= {clock: run[clock] / (before[clock] + after[clock]) for clock in run}
            row = rows.setdefault((language, name), {})
            for key, value in did.items():
                row.setdefault(key, []).append(value)
            before = after


def interval(ratios):
    """Where the medians of 95 of 100 drawings with replacement are; equal for equal ratios."""
    source = random.Random(1)
    medians = sorted(statistics.median(source.choices(ratios, k=len(ratios)))
                     for _ in range(DRAWINGS))
    return medians[int(DRAWINGS * 0.025)], medians[int(DRAWINGS * 0.975)]


def report(options, rows):
    """The table; what it comes to, by row."""
    found = {}
    print(f"{'program':8} {'profiled by':30} {'slower, %':>9} {'95 % interval':>15}"
          f" {'by CPU, %':>9} {'95 % interval':>15} {'samples/s':>9} {'own CPU, %':>10}"
          f" {'runs':>4}")
    for language, profilers in options.profilers.items():
        for name in profilers:
            row = rows[language, name]
            ours = found[language, name] = {
                "samples_per_s": statistics.median(row["samples_per_s"]),
                "own_cpu_percent": statistics.mean(row["own_cpu_percent"])}
            line = f"{language:8} {name:30}"
            for clock in ("wall", "cpu"):
                low, high = interval(row[clock])
                ours |= {clock: statistics.median(row[clock]), f"{clock}_high": high}
                line += (f" {(ours[clock] - 1) * 100:9.2f} {(low - 1) * 100:+7.2f}"
                         f" {(high - 1) * 100:+7.2f}")
            print(f"{line} {ours['samples_per_s']:9.1f} {ours['own_cpu_percent']:10.2f}"
                  f" {len(row['wall']):4}")
    return found


def judge(options, found):
    failures = []
    for (language, name), row in found.items():
        rate = options.profilers[language][name][1]
        if row["samples_per_s"] < rate / 2:
            failures.append(f"{language}, {name}: {row['samples_per_s']:.1f} samples a second, "
                            f"not {rate}: its slowdown says nothing")
        if rate == 0 and row["samples_per_s"] > 0.5:
            failures.append(f"{language}: somebody else stops the program, "
                            f"{row['samples_per_s']:.1f} times a second")
    # Of Python there are too few runs for half a percent.
    row, perf = found.get(("C", OURS)), found.get(("C", PERF))
    if row is not None and row["wall"] > LIMIT:
        failures.append(f"C, {OURS}: {row['wall']:.4f} times as slow, over {LIMIT}")
    if row is not None and perf is not None and row["wall"] > perf["wall_high"]:
        failures.append(f"C, {OURS}: {row['wall']:.4f} times as slow, over {perf['wall_high']:.4f},"
                        f" the upper end for {PERF}")
    return failures


def available(wanted):
    """The profilers that can be had here; says which can't, and why."""
    found = {}
    for language in wanted:
        found[language] = {}
        for name, entry in PROFILERS[language].items():
            reason = entry[0].missing()
            if reason is None:
                found[language][name] = entry
            else:
                print(f"not here: {language}, {name}: {reason}")
    return found


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=1, help="of work in each profiled run")
    parser.add_argument("--programs", nargs="*", choices=list(PROFILERS), default=list(PROFILERS))
    parser.add_argument("--no-priority", action="store_true")
    options = parser.parse_args()
    options.profilers = available(options.programs)
    cpus = sorted(os.sched_getaffinity(0))
    # What reads the laps is out of the program's way; profilers may run where they would anywhere.
    os.sched_setaffinity(0, cpus[:-1] or cpus)
    tools.everywhere = ["taskset", "-c", ",".join(map(str, cpus))]
    rows = {}
    try:
        for _ in range(options.rounds):
            for language in options.profilers:
                measure_round(options, language, cpus[-1], rows)
    except TimeoutError as error:
        print(f"FAILED: {error} within {tools.DEADLINE_SECONDS} s; is the host too busy?")
        return 1
    found = report(options, rows)
    failures = judge(options, found)
    for failure in failures:
        print(f"FAILED: {failure}")
    print(json.dumps({
        "bench": "slowdown", "rounds": options.rounds, "seconds": options.seconds,
        "runs": {f"{language}, {name}": row for (language, name), row in rows.items()},
        "failures": failures}))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
