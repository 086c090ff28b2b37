#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""`ptarmigan syscalls -p PID` on programs that count their own system calls.

Rates are compared with the program's own; what a naive estimate says (calls seen for the time that
was watched) stands beside them. Each check names what went wrong; the exit code is 1 if any did.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

from recordings import PROGRAMS, ROOT, check, check_refusals, conclude

# What `callers` is told, and by how much each rate may be off. None: no rate may be told. A rate of
# up to 1,000 a second has to be told.
LOOPS = {
    "getppid, 10/s": (["--gets", 10], {"getppid": 0.10}),
    "getppid, 100/s": (["--gets", 100], {"getppid": 0.03}),
    "getppid, 1,000/s": (["--gets", 1000], {"getppid": 0.03}),
    "sleeps, 300/s": (["--naps", 300], {"getppid": 0.03, "clock_nanosleep": 0.05}),
    "reads, 1,000/s": (["--reads", 1000], {"pread64": 0.03}),
    "reads, 10,000/s": (["--reads", 10_000], {"pread64": 0.10}),
    "reads, 100,000/s": (["--reads", 100_000], {"pread64": 0.10}),
    "reads, as many as it can": (["--reads", -1], {"pread64": 0.10}),
    "read, getppid, write, 10,000/s": (
        ["--mixed", 10_000], {"pread64": 0.10, "getppid": 0.10, "write": 0.10}),
    "read, getppid, write, as many as it can": (
        ["--mixed", -1], {"pread64": 0.10, "getppid": 0.10, "write": 0.10}),
    "getppid, 20,000/s": (["--gets", 20_000], {"getppid": None}),
    "getppid, as many as it can": (["--gets", -1], {"getppid": None}),
}


class Callers:
    """The program, which says every 200 ms how often it has made each call."""

    def __init__(self, *arguments):
        self.output = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [PROGRAMS / "callers", "--seconds", "0", *map(str, arguments)], stdout=self.output)
        self.pid = self.process.pid

    def rates(self, start_ns, end_ns):
        """Calls a second between two instants, of each call."""
        self.output.seek(0)
        lines = [json.loads(line) for line in self.output if line.startswith("{")
                 and line.endswith("}\n")]
        lines = [line for line in lines if start_ns <= line["at_ns"] <= end_ns]
        first, last = lines[0], lines[-1]
        seconds = (last["at_ns"] - first["at_ns"]) / 1e9
        return {name: (last[name] - first[name]) / seconds
                for name in first if name not in ("at_ns", "target")}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def watch(options, pid, *arguments, seconds):
    done = subprocess.run(
        [options.ptarmigan, "syscalls", "-p", str(pid), "-d", str(seconds), "-j", *arguments],
        capture_output=True, text=True, timeout=seconds + 30)
    return json.loads(done.stderr) if done.returncode == 0 else done.stderr


def check_rates(options):
    print(f"{'loop':40} {'call':16} {'truth':>10} {'said':>10} {'off %':>6} {'stated %':>8} "
          f"{'naive off %':>11}")
    for name, (arguments, calls) in LOOPS.items():
        with Callers(*arguments) as target:
            # It has to have run for some time before it may be stopped at all.
            time.sleep(0.5)
            start = time.monotonic_ns()
            # What can't be told from the free looks is asked for, to see that no rate is told.
            more = ["--visit-kernel"] if None in calls.values() else []
            seconds = options.seconds * (4 if "10/s" in name else 1)
            report = watch(options, target.pid, *more, seconds=seconds)
            truth = target.rates(start, time.monotonic_ns())
        rows = {row["name"]: row for row in report["syscalls"]}
        for call, limit in calls.items():
            row, rate = rows.get(call), (rows.get(call) or {}).get("rate")
            naive = row["calls"] / report["windows"]["watched_ns"] * 1e9 if row else 0
            said = rate["per_second"] if rate else None
            off = abs(said / truth[call] - 1) if said else None
            print(f"{name:40} {call:16} {truth[call]:10.0f} "
                  + (f"{said:10.0f} {off * 100:6.1f} {rate['error'] * 100:8.1f}" if said
                     else f"{'-':>10} {'-':>6} {'-':>8}")
                  + f" {(naive / truth[call] - 1) * 100:+11.1f}", flush=True)
            if limit is None:
                check(row and not said, f"{name}: {call} is seen, and has no rate")
            else:
                check(said and off <= max(limit, rate["error"] if said else 0),
                      f"{name}: {call} within {limit * 100:.0f} % or its stated error")
                # A stated error is no excuse where there is much to see.
                if said and limit <= 0.03:
                    check(off <= limit, f"{name}: {call} within {limit * 100:.0f} %")


def check_budget(options):
    for percent in (1, 5):
        with Callers("--reads", -1) as target:
            time.sleep(0.5)
            start = time.monotonic_ns()
            report = watch(options, target.pid, "--budget.target-pause", str(percent),
                           seconds=options.seconds)
            truth = target.rates(start, time.monotonic_ns())
        windows = report["windows"]
        held = windows["held_ns"] / report["elapsed_ns"] * 100
        check(truth["pread64"] > 1_000_000, f"{truth['pread64']:.0f} calls a second are made")
        check(held <= percent, f"at most {percent} % of the time held: {held:.2f} %")
        check(windows["ends"].get("pause_budget", 0) > 3, f"windows say so: {windows['ends']}")


def check_table(options):
    """As people see it."""
    with Callers("--mixed", 1000, "--foreign", 500) as target:
        time.sleep(0.5)
        done = subprocess.run(
            [options.ptarmigan, "syscalls", "-p", str(target.pid), "-d", "1",
             "--visit-kernel", "-e", "trace=getppid"], capture_output=True, text=True, timeout=30)
    lines = done.stderr.splitlines()
    check(lines[0].split()[-3:] == ["calls/s", "+-", "%"], "the table has a column of rates")
    check("getppid" in done.stderr and "pread64" not in done.stderr, "-e chooses the calls")
    if options.foreign:
        check("getppid (32-bit)" in done.stderr, "calls by int 0x80 are named as such")
    check(any(line.startswith("held for ") for line in lines), "and says what the process was held")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--ptarmigan", default=ROOT / ".build/release/ptarmigan")
    parser.add_argument("--seconds", type=float, default=2)
    options = parser.parse_args()
    options.foreign = os.uname().machine == "x86_64"
    check_table(options)
    check_budget(options)
    check_rates(options)
    check_refusals(
        lambda *arguments: subprocess.run([options.ptarmigan, "syscalls", *arguments],
                                          capture_output=True, text=True, timeout=30),
        "syscalls", [(["-p", "999999999"], 127, "no process"), (["-p", "1", "-d", "1"], 1, "1")])
    return conclude()


if __name__ == "__main__":
    sys.exit(main())
