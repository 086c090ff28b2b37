#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""`ptarmigan record` as its users meet it: on real programs, through the shell's eyes.

Each check names what went wrong; the exit code is 1 if any did.
"""

import argparse
import gzip
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = ROOT / ".build-targets"
failures = []


def check(condition, what):
    print(f"{'ok    ' if condition else 'FAILED'} {what}", flush=True)
    if not condition:
        failures.append(what)


def record(options, *arguments, timeout=60):
    return subprocess.run([options.ptarmigan, "record", *map(str, arguments)], text=True,
                          capture_output=True, timeout=timeout, stdin=subprocess.DEVNULL)


class Busy:
    """A program that computes 60, 30 and 10 % of its time in three functions."""

    def __enter__(self):
        self.process = subprocess.Popen([PROGRAMS / "busy", "--seconds", "0", "--threads", "1"],
                                        stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()
        return self.process

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        self.process.stdout.close()


def folded(path):
    """Stacks of a folded file, the root first, with their counts."""
    lines = Path(path).read_text().splitlines()
    return [(line.rsplit(" ", 1)[0].split(";"), int(line.rsplit(" ", 1)[1])) for line in lines]


def check_split(options, directory):
    """The split within 3.5 standard errors at 99 Hz, and whole stacks without frame pointers."""
    path = directory / "split.folded"
    with Busy() as busy:
        done = record(options, "-p", busy.pid, "-d", options.seconds, "-o", path, "--no-inline")
    check(done.returncode == 0, f"record ends well: {done.stderr.strip()}")
    stacks = folded(path)
    total = sum(count for _, count in stacks)
    for name, share in (("hot_sixty", 0.6), ("warm_thirty", 0.3), ("cool_ten", 0.1)):
        own = [(stack, count) for stack, count in stacks if stack[-1] == name]
        found = sum(count for _, count in own) / total
        error = (share * (1 - share) / total) ** 0.5
        check(abs(found - share) < 3.5 * error,
              f"{name}: {found:.3f} of {total} samples, {(found - share) / error:+.1f} standard errors")
        check(all("compute" in stack for stack, _ in own), f"{name} has its callers")
    match = re.search(r"stacks +(\d+) complete, (\d+) truncated.*, (\d+) broken", done.stderr)
    complete, rest = int(match[1]), int(match[2]) + int(match[3])
    check(complete >= 99 * rest, f"{complete} stacks complete, {rest} not")
    check("pauses" in done.stderr and "p99" in done.stderr, "pauses are reported")


def check_formats(options, directory):
    with Busy() as busy:
        for name in ("a.html", "a.svg", "a.folded", "a.pb.gz", "a.json", "a.txt"):
            path = directory / name
            done = record(options, "-p", busy.pid, "-d", 0.5, "-o", path)
            check(done.returncode == 0 and path.stat().st_size > 0, f"{name} is written")
        shown = record(options, "-p", busy.pid, "-d", 0.5, "-o", "-", "-f", "text")
        check("hot_sixty" in shown.stdout, "the standard output gets a table")
    check((directory / "a.html").read_text().startswith("<!DOCTYPE html>"), "the page is one")
    check("hot_sixty" in (directory / "a.svg").read_text(), "the picture names functions")
    check(b"hot_sixty" in gzip.decompress((directory / "a.pb.gz").read_bytes()),
          "the pprof message names functions")
    check("frames" in json.loads((directory / "a.json").read_text())["shared"],
          "speedscope's JSON is read")
    top = subprocess.run(["go", "tool", "pprof", "-top", directory / "a.pb.gz"], text=True,
                         capture_output=True)
    check("hot_sixty" in top.stdout, "go tool pprof -top shows the hot function")


def check_command(options, directory):
    """A command is recorded from its start, keeps its output, and its end ends the recording."""
    path = directory / "command.folded"
    done = record(options, "-r", 499, "-o", path, "--no-inline", "--", PROGRAMS / "busy",
                  "--seconds", 1.5, "--threads", 1)
    check(done.returncode == 0, f"a command is recorded: {done.stderr.strip()}")
    check('"target": "busy"' in done.stdout or '"target":"busy"' in done.stdout,
          "the command's output is its own")
    check(any(stack[-1] == "hot_sixty" for stack, _ in folded(path)), "and its functions are there")
    done = record(options, "-o", directory / "no.folded", "--", "/no/such/command")
    check("can't be started" in done.stderr, "a command that is none is named")
    path = directory / "child.folded"
    shell = f"{PROGRAMS / 'busy'} --seconds 1.5 --threads 1 & wait"
    record(options, "-s", "-o", path, "--no-inline", "--", "sh", "-c", shell)
    check(any(stack[-1] == "hot_sixty" for stack, _ in folded(path)), "-s follows children")


def check_interrupt(options, directory):
    path = directory / "interrupted.folded"
    with Busy() as busy:
        process = subprocess.Popen([options.ptarmigan, "record", "-n", "busy", "-o", path],
                                   stderr=subprocess.PIPE, text=True)
        # It has begun once the target has been stopped and let go a few times.
        waits = f"/proc/{busy.pid}/task"
        tid = max(int(task) for task in os.listdir(waits))
        status, before = Path(f"{waits}/{tid}/status"), None
        end = time.monotonic() + 20
        while time.monotonic() < end:
            count = int(status.read_text().split("\nvoluntary_ctxt_switches:")[1].split()[0])
            before = count if before is None else before
            if count > before + 20:
                break
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        errors = process.communicate(timeout=20)[1]
        check(process.returncode == 0 and path.exists(), f"Ctrl-C writes what there is: {errors}")
        tracer = re.search(r"TracerPid:\t(\d+)", status.read_text())[1]
        check(tracer == "0" and busy.poll() is None, "and the target runs on, free")


def check_refusals(options, directory):
    gone = subprocess.Popen(["true"])
    gone.wait()
    for arguments, code, word in (
            (["-p", gone.pid], 127, str(gone.pid)), (["-p", 1], 1, "1"),
            (["-p", "x"], 2, "x"), ([], 2, "-p"), (["-p", 1, "-f", "gif"], 2, "gif"),
            (["-n", "no-such-name"], 127, "no-such-name"),
            (["-p", os.getpid(), "-o", "/no/such/directory/a.svg"], 1, "/no/such/directory"),
            (["-p", os.getpid(), "-o", directory / "a.gif"], 2, "a.gif")):
        done = record(options, *arguments)
        lines = done.stderr.strip().splitlines()
        check(done.returncode == code and len(lines) == 1 and word in lines[0],
              f"record {' '.join(map(str, arguments))}: {done.returncode}, {done.stderr.strip()}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ptarmigan", default=str(ROOT / ".build/release/ptarmigan"))
    parser.add_argument("--seconds", type=float, default=8)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        check_split(options, directory)
        check_formats(options, directory)
        check_command(options, directory)
        check_interrupt(options, directory)
        check_refusals(options, directory)
    for failure in failures:
        print(f"FAILED: {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
