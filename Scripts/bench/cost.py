#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""What the agent costs: CPU time and resident memory, its helpers' included.

Agents take turns with `floor-look`, which makes only the bare system calls of a look and a visit of
the same thread at the same rate, so that a neighbour's load falls on both alike. Figures are
medians over the rounds. Every figure is of the time after a settling period.
"""

import argparse
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / ".build-targets"
# What may cost 1 % of a CPU at most; the others show what that is made of.
LIMITED = ("agent, one busy thread, 99 Hz", "agent, 1,000 sleepers, defaults")
AGENT = [ROOT / ".build/release/ptarmigan", "agent", "--web.listen-address", "127.0.0.1:0"]


class Started:
    """A program that is ended when the block ends."""

    def __init__(self, *command):
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE,
                                        stderr=self.errors, text=True)

    def __enter__(self):
        self.process.errors = self.errors
        return self.process

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.process.stdout.close()


def family(pid):
    """An agent and its helpers."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]


def run_seconds(pids):
    total = 0
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").iterdir():
            try:
                total += int((task / "schedstat").read_text().split()[0])
            except (FileNotFoundError, ProcessLookupError):
                pass
    return total / 1e9


def resident_mib(pids):
    """Pages that an agent shares with its helpers count for each."""
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    return pages * os.sysconf("SC_PAGESIZE") / (1 << 20)


def metrics_address(process):
    process.errors.seek(0)
    return re.search(r"http://\S+/metrics", process.errors.read())[0]


def visits(process):
    """How often the agent has attached, by its own metrics."""
    with urllib.request.urlopen(metrics_address(process), timeout=10) as answer:
        return float(re.search(r"^ptarmigan_attach_attempts_total (\S+)", answer.read().decode(),
                               re.MULTILINE)[1])


def agent(options, *arguments, settle=None):
    """CPU time in percent of one CPU, memory, and visits a second of an agent."""
    with Started(*AGENT, *arguments) as process:
        time.sleep(options.settle if settle is None else settle)
        pids, first = family(process.pid), visits(process)
        before, began = run_seconds(pids), time.monotonic()
        time.sleep(options.seconds)
        used, spent = run_seconds(pids) - before, time.monotonic() - began
        return used / spent * 100, resident_mib(pids), (visits(process) - first) / spent


def floor(options, pid, tid, level):
    output = subprocess.run(
        [PROGRAMS / "floor-look", str(pid), str(tid), "99", str(int(options.seconds)), str(level)],
        check=True, capture_output=True, text=True).stdout
    return float(output)


def one_busy_thread(options, rows):
    with Started(PROGRAMS / "busy", "--seconds", "0", "--threads", "1") as busy:
        busy.stdout.readline()
        tid = max(int(task.name) for task in Path(f"/proc/{busy.pid}/task").iterdir())
        for _ in range(options.rounds):
            for level, name in enumerate(("floor: wake up", "floor: and look",
                                          "floor: and visit")):
                rows.setdefault(name, []).append((floor(options, busy.pid, tid, level), None, None))
            busy_agent = ["--no-canary", "--rate", "99", "--pid", str(busy.pid)]
            rows.setdefault("agent, one busy thread, 99 Hz", []).append(
                agent(options, *busy_agent))
            rows.setdefault("the same, budget lifted", []).append(
                agent(options, *busy_agent, "--budget.target-pause", "100",
                      "--budget.agent-cpu", "100"))


def sleepers(options, rows):
    with Started(PROGRAMS / "sleepers", "--processes", "1000", "--threads", "1",
                 "--seconds", "0"):
        time.sleep(2)
        for _ in range(options.rounds):
            for name, arguments in (("agent, 1,000 sleepers, defaults", ()),
                                    ("agent, 1,000 sleepers, 99 Hz", ("--rate", "99"))):
                # Each process is looked at closely while it is new.
                rows.setdefault(name, []).append(agent(options, *arguments, settle=30))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--settle", type=float, default=5)
    options = parser.parse_args()
    rows = {}
    one_busy_thread(options, rows)
    sleepers(options, rows)
    print(f"{'run':34} {'CPU %':>7} {'least':>7} {'most':>7} {'MiB':>6} {'visits/s':>9}")
    failures = []
    for name, runs in rows.items():
        shares = [share for share, _, _ in runs]
        memory = [mib for _, mib, _ in runs if mib is not None]
        made = [made for _, _, made in runs if made is not None]
        middle = statistics.median(shares)
        print(f"{name:34} {middle:7.3f} {min(shares):7.3f} {max(shares):7.3f}"
              f" {max(memory) if memory else 0:6.1f} {statistics.median(made) if made else 0:9.1f}")
        if name in LIMITED and middle > 1:
            failures.append(f"{name}: {middle:.2f} % of a CPU, over 1")
        if memory and max(memory) > 64:
            failures.append(f"{name}: {max(memory):.0f} MiB, over 64")
    for failure in failures:
        print(f"OVER THE LIMIT: {failure}")
    print(json.dumps({"bench": "cost", "runs": rows, "over": failures}))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
