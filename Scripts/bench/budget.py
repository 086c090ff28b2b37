#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Whether the pause budget holds: a program with 64 busy threads, asked for at 1,000 Hz.

The time held is judged by the agent's figures against the program's CPU time by the kernel's, and by
the program itself: its threads only compute, so what they neither run nor wait for a CPU they are
held, but for what each change of threads takes of a CPU; that is measured without an agent. One
half of the runs has the host to itself, and in the other a load keeps every CPU busy as well.
"""

import argparse
import json
import os
import re
import statistics
import sys
import time
import urllib.request

from cost import AGENT, PROGRAMS, Started, metrics_address, run_seconds

BUDGET_PERCENT = 0.1
RATE = 1_000


def figures(process):
    with urllib.request.urlopen(metrics_address(process), timeout=10) as answer:
        text = answer.read().decode()

    def figure(name):
        return float(re.search(rf"^{re.escape(name)} (\S+)", text, re.MULTILINE)[1])

    return {
        "held": figure("ptarmigan_target_pause_seconds_sum"),
        "rate": figure("ptarmigan_sampling_frequency_hertz"),
        "throttled": figure('ptarmigan_throttled_seconds_total{reason="pause_budget"}'),
        "visits": figure("ptarmigan_target_pause_seconds_count"),
    }


def own_figures(busy):
    """What a program says of itself, once it has ended."""
    return json.loads(busy.stdout.readline())


def start(options):
    return Started(PROGRAMS / "busy", "--seconds", options.settle + options.seconds, "--threads",
                   options.threads, "--held-after", options.settle)


def run_alone(options):
    with start(options) as busy:
        busy.stdout.readline()
        return own_figures(busy)


def run_visited(options):
    with start(options) as busy:
        busy.stdout.readline()
        began = time.monotonic()
        with Started(*AGENT, "--pid", busy.pid, "--rate", RATE, "--budget.target-pause",
                     BUDGET_PERCENT, "--budget.agent-cpu", 100, "--no-canary") as process:
            time.sleep(options.settle)
            before, ran = figures(process), run_seconds([busy.pid])
            # The last figures are asked for before the program ends, while its CPU time is there.
            time.sleep(began + options.settle + options.seconds - 2 - time.monotonic())
            after, ran = figures(process), run_seconds([busy.pid]) - ran
            own = own_figures(busy)
    change = {name: after[name] - before[name] for name in after}
    return {"held": change["held"], "ran": ran, "own": own, "visits": change["visits"],
            "rate": after["rate"], "throttled": change["throttled"]}


def lost_by_own_clock(visited, alone):
    """The share of its CPU time that each run lost by its own clock, in percent.

    What a change of threads takes is that of all runs without an agent together.
    """
    change = sum(run["held_seconds"] for run in alone) / sum(run["arrivals"] for run in alone)
    return [(run["held_seconds"] - change * run["arrivals"]) / run["accounted_cpu_seconds"] * 100
            for run in visited]


def run(options, load):
    """All rounds together, and what the program's own figure is uncertain by."""
    with Started(*load) if load else Started("sleep", "3600"):
        runs, alone = [], []
        for _ in range(options.rounds):
            alone.append(run_alone(options))
            runs.append(run_visited(options))
    result = {name: statistics.median(run[name] for run in runs)
              for name in ("visits", "rate", "throttled")}
    result["held"] = sum(run["held"] for run in runs) / sum(run["ran"] for run in runs) * 100
    result["highest"] = max(run["held"] / run["ran"] for run in runs) * 100
    own = lost_by_own_clock([run["own"] for run in runs], alone)
    nothing = lost_by_own_clock(alone, alone)
    result["own"] = statistics.mean(own)
    result["error"] = sum(statistics.variance(figures) / options.rounds
                          for figures in (own, nothing)) ** 0.5
    return result


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--threads", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--settle", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=4)
    options = parser.parse_args()
    cpus = os.cpu_count()
    loads = {"idle host": None, "all CPUs busy": ["stress-ng", "--cpu", cpus, "--quiet"]}
    failures = 0
    print(f"{'run':14} {'held %':>8} {'highest':>8} {'by its own clock':>17} {'visits':>7} "
          f"{'Hz':>6} {'throttled s':>12}")
    for name, load in loads.items():
        found = run(options, load)
        # What a second earns may be left from before, and a batch may come a second late.
        over = (found["held"] > BUDGET_PERCENT * (1 + 2 / options.seconds)
                or found["own"] - 2 * found["error"] > BUDGET_PERCENT)
        failures += over
        print(f"{name:14} {found['held']:8.4f} {found['highest']:8.4f} "
              f"{found['own']:9.4f} ±{found['error']:.4f} {found['visits']:7.0f} "
              f"{found['rate']:6.1f} {found['throttled']:12.1f}"
              + ("  OVER" if over else ""), flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
