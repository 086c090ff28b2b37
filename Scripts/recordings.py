# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""What the tests of `ptarmigan record` share."""

import re
import signal
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = ROOT / ".build-targets"
failures = []


def check(condition, what):
    print(f"{'ok    ' if condition else 'FAILED'} {what}", flush=True)
    if not condition:
        failures.append(what)


def conclude():
    """Repeats what went wrong; the exit code."""
    for failure in failures:
        print(f"FAILED: {failure}")
    return 1 if failures else 0


class Started:
    """A target program, by its path or its name, that runs until the block ends."""

    def __init__(self, program, *arguments):
        self.command = [PROGRAMS / program, "--seconds", "0", *arguments]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()
        return self.process

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        self.process.stdout.close()


def record(options, *arguments, timeout=60):
    return subprocess.run([options.ptarmigan, "record", *map(str, arguments)], text=True,
                          capture_output=True, timeout=timeout, stdin=subprocess.DEVNULL)


def check_refusals(run, verb, cases):
    """Each case is arguments, an exit code and a word of the one line that says why."""
    for arguments, code, word in cases:
        done = run(*arguments)
        lines = done.stderr.strip().splitlines()
        check(done.returncode == code and len(lines) == 1 and word in lines[0]
              and not done.stdout,
              f"{verb} {' '.join(map(str, arguments))}: {done.returncode}, {done.stderr.strip()}")


def folded(path):
    """Stacks of a folded file, the root first, with their counts."""
    lines = Path(path).read_text().splitlines()
    return [(line.rsplit(" ", 1)[0].split(";"), int(line.rsplit(" ", 1)[1])) for line in lines]


def stacks(done):
    """How many stacks a recording says were complete, and how many were not."""
    match = re.search(r"stacks +(\d+) complete, (\d+) truncated.*, (\d+) broken", done.stderr)
    return (int(match[1]), int(match[2]) + int(match[3])) if match else (0, 0)
