#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Whether the shares that `ptarmigan record` finds are the true ones, and those of perf.

Both sample the same process in the same interval: perf by the kernel's timer (cpu-clock), which the
program under test does without. Functions are compared by their shares of the time in user code,
since one shows a function of the kernel where the other shows a system call; how much is neither is
printed. Code without a symbol is compared by pages of its file. A share of p of n samples has a
standard error of sqrt(p (1 - p) / n); of a difference it is the root of the sum of the squares.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / ".build-targets"
PAGE = 4096
failures = []
BUSY = {"hot_sixty": 0.6, "warm_thirty": 0.3, "cool_ten": 0.1}
TURNS = {"first_turn": 0.5, "second_turn": 0.5}

SQL = ("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 4000000000) "
       "SELECT sum(x * x % 7), max(substr(x, 2)), count(*) FROM c;")
PYTHON = """
def step(bodies):
    for a in bodies:
        a[1] += a[0] * 0.01
    return sum(b[1] for b in bodies)

words = [str(n * 7919 % 10007) for n in range(3000)]
while True:
    bodies = [[float(n), 0.0] for n in range(200)]
    for _ in range(20):
        step(bodies)
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + len(word)
    sorted(words)
"""


def check(condition, what):
    print(f"{'ok    ' if condition else 'FAILED'} {what}", flush=True)
    if not condition:
        failures.append(what)


class Program:
    """A program that computes; the targets of the tests say when they are set up."""

    def __init__(self, command, cpu=None, is_target=True):
        self.process = subprocess.Popen(
            [*map(str, command)], text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if is_target else subprocess.DEVNULL,
            preexec_fn=None if cpu is None else lambda: os.sched_setaffinity(0, {cpu}))
        self.is_target = is_target
        if is_target:
            self.process.stdout.readline()
        else:
            time.sleep(1)
        self.pid = self.process.pid

    def end(self):
        """Ends it; returns what it says of itself."""
        self.process.send_signal(signal.SIGTERM)
        output = self.process.communicate()[0]
        return json.loads(output) if self.is_target else None


@contextmanager
def running(*arguments, **options):
    program = Program(*arguments, **options)
    try:
        yield program
    finally:
        if program.process.poll() is None:
            program.end()


class Maps:
    """The files that a process maps, by address."""

    def __init__(self, pid):
        self.entries = []
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            part = line.split(None, 5)
            start, end = (int(number, 16) for number in part[0].split("-"))
            self.entries.append((start, end, int(part[2], 16), part[5] if len(part) > 5 else ""))

    def page(self, address):
        """The name for code without a symbol: its file and the page in it."""
        for start, end, offset, path in self.entries:
            if start <= address < end:
                place = (address - start + offset) // PAGE * PAGE
                return f"{Path(path).name}+{place:#x}"
        return "[unknown]"


class Shares:
    """Samples and weights of functions that were on a CPU in user code."""

    def __init__(self):
        self.samples, self.weights = Counter(), Counter()
        # What is no user code: the kernel, system calls, and time without a sample.
        self.others = Counter()

    def other_text(self):
        whole = sum(self.weights.values()) + sum(self.others.values())
        return ", ".join(f"{name} {100 * weight / whole:.1f} %"
                         for name, weight in self.others.most_common(4)) or "nothing"

    def add(self, name, samples, weight):
        self.samples[name] += samples
        self.weights[name] += weight

    @property
    def total(self):
        return sum(self.samples.values())

    def share(self, name):
        return self.weights[name] / sum(self.weights.values())

    def error(self, name):
        share = self.share(name)
        return (share * (1 - share) / self.total) ** 0.5


def perf_shares(path, maps):
    shares = Shares()
    listing = subprocess.run(["perf", "script", "-i", path, "-F", "ip,sym,dso"], text=True,
                             capture_output=True).stdout
    for line in listing.splitlines():
        match = re.match(r"\s*([0-9a-f]+) (.+) \((.*)\)$", line)
        if match and match[3].startswith("["):
            shares.others["kernel" if "kernel" in match[3] else match[3]] += 1
        elif match:
            name = match[2] if match[2] != "[unknown]" else maps.page(int(match[1], 16))
            shares.add(name, 1, 1)
    return shares


def own_shares(path, maps):
    """The same of a pprof message, and the nanoseconds of all its samples, user code or not."""
    raw = subprocess.run(["go", "tool", "pprof", "-raw", path], text=True, capture_output=True)
    samples, rest = raw.stdout.split("\nLocations\n")
    locations = {}
    for number, address, text in re.findall(
            r"^ +(\d+): 0x([0-9a-f]+)(?: M=\d+)? ?(.*)$", rest.split("\nMappings\n")[0], re.M):
        name = re.match(r"(\S.*?) \S*:\d+(:\d+)? s=\d+", text)
        locations[number] = (name[1] if name else maps.page(int(address, 16)), int(address, 16))
    shares, nanoseconds = Shares(), 0
    for count, weight, leaf in re.findall(r"^ +(\d+) +(\d+): (\d+)", samples, re.M):
        nanoseconds += int(weight)
        name, address = locations[leaf]
        # What is no user code has no address: [kernel], [unsampled], and system calls.
        if address > 1:
            shares.add(name, int(count), int(weight))
        else:
            shares.others[name] += int(weight)
    return shares, nanoseconds


def record(options, program, rate, seconds, directory):
    """Samples a program with both at once; returns both shares."""
    perf, own = directory / "perf.data", directory / "own.pb.gz"
    maps = Maps(program.pid)
    tools = [
        subprocess.Popen([*map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                         stdin=subprocess.DEVNULL, text=True) for command in (
            ["perf", "record", "-q", "-e", "cpu-clock", "-F", rate, "-p", program.pid, "-o", perf,
             "--", "sleep", seconds],
            [options.ptarmigan, "record", "-p", program.pid, "-r", rate, "-d", seconds,
             "--budget.target-pause", 100, *options.plain, "-o", own])]
    errors = [tool.communicate()[1] for tool in tools]
    for tool, error in zip(tools, errors):
        if tool.returncode != 0:
            sys.exit(f"accuracy: {tool.args[0]} failed: {error}")
    report = [line for line in errors[1].splitlines() if not line.startswith("wrote")]
    print("    " + "\n    ".join(report), flush=True)
    return perf_shares(perf, maps), own_shares(own, maps)[0]


def print_table(perf, own, least, points):
    """Compares all functions above the least share in either."""
    names = {name for shares in (perf, own) for name in shares.samples
             if shares.share(name) >= least}
    print(f"    {'function':40} {'perf %':>8} {'ours %':>8} {'diff':>7} {'s. e.':>6}  verdict"
          f"   ({perf.total} and {own.total} samples)")
    print(f"    beside user code perf has {perf.other_text()}; ours has {own.other_text()}")
    for name in sorted(names, key=lambda name: -perf.share(name)):
        error = (perf.error(name) ** 2 + own.error(name) ** 2) ** 0.5
        difference = own.share(name) - perf.share(name)
        is_good = abs(difference) <= max(3.5 * error, points / 100)
        print(f"    {name[:40]:40} {100 * perf.share(name):8.2f} {100 * own.share(name):8.2f} "
              f"{100 * difference:+7.2f} {100 * error:6.2f}  {'ok' if is_good else 'FAILED'}")
        if not is_good:
            failures.append(f"{name}: {100 * difference:+.2f} points from perf")


def check_truth(own, truth, rate, points):
    """Against what the program's own clock says."""
    for name, share in truth.items():
        found, error = own.share(name), own.error(name)
        difference = found - share
        is_good = abs(difference) < (points / 100 if points else 3.5 * error)
        check(is_good, f"{name} at {rate} Hz: {100 * found:.2f} %, its own clock says "
              f"{100 * share:.2f} %: {100 * difference:+.2f} points, "
              f"{difference / error:+.1f} standard errors")


def measure_busy(options, directory):
    for rate, points in ((1000, 1.2), (99, None)):
        print(f"\nbusy, at {rate} Hz for {options.seconds} s")
        with running([PROGRAMS / "busy", "--seconds", "0", "--threads", "1"]) as program:
            perf, own = record(options, program, rate, options.seconds, directory)
            said = program.end()
        print_table(perf, own, 0.05, 2)
        check_truth(own, {name: said[name] for name in BUSY}, rate, points)


def measure_alternator(options, directory):
    for text, cpu in (("on the same CPU", 0), ("on any CPU", None)):
        print(f"\nalternator beside a CPU hog {text}, at 1999 Hz for {options.seconds} s")
        with running([PROGRAMS / "busy", "--seconds", "0", "--threads", "1"], cpu=cpu), \
                running([PROGRAMS / "alternator", "--seconds", "0"], cpu=cpu) as program:
            perf, own = record(options, program, 1999, options.seconds, directory)
            said = program.end()
        print_table(perf, own, 0.05, 2)
        check_truth(own, {name: said[name] for name in TURNS}, 1999, None)


def check_sum(options, directory):
    """All seconds of a program's life, against what the kernel has accounted it for."""
    path = directory / "sum.pb.gz"
    print(f"\nthe seconds of all functions, over {options.seconds} s")
    done = subprocess.run(
        [options.ptarmigan, "record", "-r", "499", *options.plain, "-o", str(path), "--",
         str(PROGRAMS / "alternator"), "--seconds", str(options.seconds)],
        text=True, capture_output=True, stdin=subprocess.DEVNULL)
    kernel = json.loads(done.stdout.splitlines()[-1])["kernel_seconds"]
    found = own_shares(path, Maps(os.getpid()))[1] / 1e9
    check(abs(found / kernel - 1) <= 0.01, f"functions add up to {found:.3f} s, the kernel says "
          f"{kernel:.3f} s: {100 * (found / kernel - 1):+.2f} %")


def text_for_xz(path, size=96 << 20):
    """Words of a language that nobody speaks, the short ones often."""
    source = random.Random(1)
    words = ["".join(source.choices("etaoinshrdlu", k=source.randint(2, 9))) for _ in range(4000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    part = " ".join(source.choices(words, weights, k=400_000)).encode()
    with open(path, "wb") as file:
        while file.tell() < size:
            start = source.randrange(len(part) // 2)
            file.write(part[start:start + source.randrange(len(part) // 2)])


def measure_real(options, directory):
    data = directory / "text"
    text_for_xz(data)
    for command in (["xz", "-T1", "-6", "-c", data], ["sqlite3", ":memory:", SQL],
                    ["python3", "-c", PYTHON]):
        print(f"\n{command[0]}, at 1999 Hz for {options.seconds} s")
        with running(command, is_target=False) as program:
            perf, own = record(options, program, 1999, options.seconds, directory)
        print_table(perf, own, 0.05, 2)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ptarmigan", default=str(ROOT / ".build/release/ptarmigan"))
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--only", choices=["busy", "alternator", "sum", "real"])
    options = parser.parse_args()
    packages = {"perf": "linux-perf", "go": "golang-go", "xz": "xz-utils", "sqlite3": "sqlite3",
                "python3": "python3"}
    missing = [package for name, package in packages.items() if shutil.which(name) is None]
    if missing:
        sys.exit(f"accuracy: missing: apt-get install {' '.join(missing)}")
    known = subprocess.run([options.ptarmigan, "record", "--help"], text=True, capture_output=True)
    options.plain = ["--no-inline"] if "--no-inline" in known.stdout else []
    parts = {"busy": measure_busy, "alternator": measure_alternator, "sum": check_sum,
             "real": measure_real}
    with tempfile.TemporaryDirectory() as name:
        for part, measure in parts.items():
            if options.only in (None, part):
                measure(options, Path(name))
    print()
    for failure in failures:
        print(f"FAILED: {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
