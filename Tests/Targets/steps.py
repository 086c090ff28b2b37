#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Laps of the same work in three functions of Python with a split of 60, 30 and 10 %.

Each lap prints a line as laps.py does. The split that the thread's own CPU clock measured is in the
JSON line at the end.
"""

import argparse
import gc
import json
import os
import signal
import time

UNIT = 2_000
TRIES = 20
spent = {"hot_sixty": 0, "warm_thirty": 0, "cool_ten": 0}


def hot_sixty():
    total = 0
    for number in range(6 * UNIT):
        total = (total * 31 + number) & 0xffff
    return total


def warm_thirty():
    total = 0
    for number in range(3 * UNIT):
        total = (total * 31 + number) & 0xffff
    return total


def cool_ten():
    total = 0
    for number in range(UNIT):
        total = (total * 31 + number) & 0xffff
    return total


def turn():
    for function in (hot_sixty, warm_thirty, cool_ten):
        began = time.thread_time_ns()
        function()
        spent[function.__name__] += time.thread_time_ns() - began


def lap(turns):
    for _ in range(turns):
        turn()


def turns_within(nanoseconds):
    """From the quickest of some tries, which nobody has disturbed."""
    least = None
    for _ in range(TRIES):
        began = time.monotonic_ns()
        turn()
        lasted = time.monotonic_ns() - began
        least = lasted if least is None else min(least, lasted)
    return max(nanoseconds // least, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10, help="0 for ever")
    parser.add_argument("--lap-ms", type=float, default=20)
    options = parser.parse_args()
    # As the targets in C: no handler is installed, SIGTERM stays blocked and is asked for.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    gc.disable()
    turns = turns_within(int(options.lap_ms * 1e6))
    end = time.monotonic() + options.seconds if options.seconds > 0 else float("inf")
    print(f"ready {os.getpid()}", flush=True)
    while time.monotonic() < end and not signal.sigpending():
        began, used = time.monotonic_ns(), time.thread_time_ns()
        lap(turns)
        used = time.thread_time_ns() - used
        print(began, time.monotonic_ns() - began, used, flush=True)
    every = sum(spent.values())
    print(json.dumps({"target": "steps.py", **{name: ns / every for name, ns in spent.items()}}))


if __name__ == "__main__":
    main()
