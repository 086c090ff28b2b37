#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""The pause of one visit, by the tracer's clock and by the target's, beside the bare system calls.

Visitors take turns on the same target: `floor` in C, blocked in its wait or spinning, and the stop
engine, straight at it or after the agent's look. The target reads the clock without pause and lists
its gaps. What a visit cost it is the part of its gaps in the visit's time; all other gaps are the
host's. Figures are medians over the rounds; a ratio is to the best of the floors of the same case.

Free tracers run in SCHED_FIFO, as the agent's does, where that is permitted; a pinned one that spins
would never let its target run there. Where a host is saturated and the tracer free, a visit without a
look finds the target on a CPU about half the time, so that its median is one of two figures by chance:
there the visit with the look is judged, which is the only kind that the agent makes.
"""

import argparse
import contextlib
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / ".build-targets"
ENGINE = ROOT / ".build/release/visit-bench"
VISITORS = {
    "floor, blocking": [PROGRAMS / "floor", "block"],
    "floor, spinning": [PROGRAMS / "floor", "spin"],
    "engine": [ENGINE, "bare"],
    "engine, looked": [ENGINE, "looked"],
}
FLOORS = ("floor, blocking", "floor, spinning")
# A gap may begin before the stop is asked for and end after the detach has returned: the switch.
SLACK_NS = 100_000
PRIORITY = ["chrt", "--fifo", "1"]


def pinned(command, cpu):
    return [*command] if cpu is None else ["taskset", "-c", str(cpu), *command]


def placed(command, cpu):
    """A visitor, in the scheduling class and on the CPUs of its case."""
    return pinned(command, cpu) if cpu is not None else [*PRIORITY, *command]


@contextlib.contextmanager
def load(count):
    """As many computing processes as make every CPU contended."""
    processes = [subprocess.Popen([PROGRAMS / "busy", "--seconds", "0", "--threads", "1"],
                                  stdout=subprocess.DEVNULL) for _ in range(count)]
    try:
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


def read_pairs(text):
    return [tuple(map(int, line.split())) for line in text.splitlines()]


def lost(visits, gaps):
    """The target's loss in each visit: the gaps that touch the visit's time, whole."""
    losses, index = [], 0
    for began, ended in visits:
        while index < len(gaps) and gaps[index][1] < began - SLACK_NS:
            index += 1
        at, sum_ns = index, 0
        while at < len(gaps) and gaps[at][0] < ended:
            if gaps[at][1] > began:
                sum_ns += gaps[at][1] - gaps[at][0]
            at += 1
        losses.append(sum_ns)
    return losses


def run(options, visitor, cpu):
    with tempfile.TemporaryDirectory() as directory:
        gaps = Path(directory) / "gaps"
        target = subprocess.Popen(
            pinned([PROGRAMS / "gapmeter", "--seconds", "0", "--depth", "64", "--threshold-us",
                    "1.5", "--list", gaps], cpu),
            stdout=subprocess.PIPE, text=True)
        try:
            target.stdout.readline()
            command = [*visitor, target.pid, options.visits, options.stack, options.gap_us]
            seen = subprocess.run(placed([str(word) for word in command], cpu), check=True,
                                  capture_output=True, text=True).stdout
        finally:
            target.send_signal(signal.SIGTERM)
            target.wait()
        visits = read_pairs(seen)
        return [e - b for b, e in visits], lost(visits, read_pairs(gaps.read_text()))


def quantile(values, share):
    values = sorted(values)
    return values[min(int(len(values) * share), len(values) - 1)] / 1e3


def measure(options, saturated, cpu):
    """For each visitor the medians over the rounds, by both clocks."""
    found = {name: {"tracer": [], "target": []} for name in VISITORS}
    with load(2 * os.cpu_count() if saturated else 0):
        for _ in range(options.rounds):
            for name, visitor in VISITORS.items():
                for clock, times in zip(("tracer", "target"), run(options, visitor, cpu)):
                    found[name][clock].append(
                        [quantile(times, share) for share in (0.5, 0.9, 0.99)])
    return {name: {clock: [statistics.median(column) for column in zip(*rounds)]
                   for clock, rounds in clocks.items()} for name, clocks in found.items()}


def judged(case):
    return "engine, looked" if case == "saturated free" else "engine"


def report(case, result, failures):
    for clock in ("tracer", "target"):
        best = [min(result[name][clock][index] for name in FLOORS) for index in (0, 1)]
        for name in VISITORS:
            p50, p90, p99 = result[name][clock]
            ratios = (p50 / best[0], p90 / best[1])
            print(f"{case:18} {clock:7} {name:16} {p50:9.1f} {p90:9.1f} {p99:9.1f}"
                  f" {ratios[0]:6.2f} {ratios[1]:6.2f}", flush=True)
            if name == judged(case):
                for what, ratio, limit in zip(("p50", "p90"), ratios, (1.15, 1.5)):
                    if ratio > limit:
                        failures.append(f"{case}, {clock}'s clock, {name}: {what} is {ratio:.2f} "
                                        f"times the floor's, over {limit}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--visits", type=int, default=300, help="in each round")
    parser.add_argument("--stack", type=int, default=16384, help="bytes to copy")
    parser.add_argument("--gap-us", type=int, default=1500, help="between two visits")
    parser.add_argument("--cases", default="idle free,idle pinned,saturated free,saturated pinned")
    options = parser.parse_args()
    if subprocess.run([*PRIORITY, "true"], capture_output=True).returncode != 0:
        PRIORITY.clear()
        print("without SCHED_FIFO, which this user may not have")
    print(f"{'case':18} {'clock':7} {'visitor':16} {'p50 us':>9} {'p90 us':>9} {'p99 us':>9}"
          f" {'p50 x':>6} {'p90 x':>6}")
    failures, results = [], {}
    for case in options.cases.split(","):
        result = measure(options, "saturated" in case, 0 if "pinned" in case else None)
        results[case] = result
        report(case, result, failures)
    for failure in failures:
        print(f"FAILED: {failure}")
    print(json.dumps({"bench": "pause", "rounds": options.rounds, "visits": options.visits,
                      "microseconds": results, "failures": failures}))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
