#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Nothing is allocated or freed while a thread is held: counted by a preloaded library.

The library sees every malloc and free of the thread that holds another, from PTRACE_INTERRUPT to
PTRACE_DETACH. A spoilt run, in which each hold allocates once, shows that it would be seen.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / ".build-targets"


def counts(command, seconds=None, spoil=False):
    """Holds, allocations and frees of a program that runs to its end, or until SIGTERM."""
    with tempfile.TemporaryDirectory() as directory:
        report = Path(directory) / "counts"
        environment = dict(os.environ, LD_PRELOAD=str(PROGRAMS / "hold-watch.so"),
                           HOLD_WATCH=str(report))
        if spoil:
            environment["HOLD_WATCH_SPOIL"] = "1"
        process = subprocess.Popen([str(word) for word in command], env=environment,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if seconds is not None:
            time.sleep(seconds)
            process.send_signal(signal.SIGTERM)
        if process.wait(60) != 0:
            raise SystemExit(f"{command[0]} ended with {process.returncode}")
        return tuple(map(int, report.read_text().split()))


def main():
    busy = subprocess.Popen([PROGRAMS / "busy", "--seconds", "0", "--threads", "1"],
                            stdout=subprocess.PIPE, text=True)
    meter = subprocess.Popen([PROGRAMS / "gapmeter", "--seconds", "0"], stdout=subprocess.PIPE,
                             text=True)
    try:
        busy.stdout.readline()
        meter.stdout.readline()
        bench = [ROOT / ".build/release/visit-bench", "looked", meter.pid, 2000, 16384, 500]
        agent = [ROOT / ".build/release/ptarmigan", "agent", "--pid", busy.pid, "--rate", "199",
                 "--budget.target-pause", "100", "--budget.agent-cpu", "100", "--no-canary",
                 "--web.listen-address", "127.0.0.1:0"]
        runs = {"engine": counts(bench), "agent": counts(agent, 5),
                "spoilt engine": counts(bench, spoil=True)}
    finally:
        for process in (busy, meter):
            process.terminate()
            process.wait()
    print(f"{'run':14} {'holds':>7} {'allocations':>12} {'frees':>7}")
    for name, row in runs.items():
        print(f"{name:14} {row[0]:7} {row[1]:12} {row[2]:7}")
    failed = [name for name in ("engine", "agent")
              if runs[name][0] < 100 or runs[name][1] + runs[name][2] > 0]
    if runs["spoilt engine"][1] < runs["spoilt engine"][0]:
        failed.append("spoilt engine")
    for name in failed:
        print(f"FAILED: {name}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
