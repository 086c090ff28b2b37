#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""What gapmeter.c does, in Python: reads the clock without pause and lists every gap.

The list has a line for each gap: its begin and end in nanoseconds of CLOCK_MONOTONIC.
"""

import argparse
import gc
import json
import os
import signal
import time
from array import array

READS = 100_000
# Gaps that are kept.
LIMIT = 1 << 20


def measure(threshold, end):
    """The begins and ends of gaps, one after the other."""
    clock, gaps = time.monotonic_ns, array("q")
    previous = clock()
    while previous < end and not signal.sigpending() and len(gaps) < 2 * LIMIT:
        # SIGTERM is asked for every few milliseconds, outside the measured gaps.
        previous = clock()
        for _ in range(READS):
            now = clock()
            if now - previous > threshold:
                gaps.append(previous)
                gaps.append(now)
                now = clock()
            previous = now
    return gaps


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10, help="0 for ever")
    parser.add_argument("--threshold-us", type=float, default=5)
    parser.add_argument("--list", required=True, help="where to write the gaps")
    options = parser.parse_args()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    gc.disable()
    print(f"ready {os.getpid()}", flush=True)
    end = time.monotonic_ns() + int(options.seconds * 1e9) if options.seconds > 0 else 1 << 62
    gaps = measure(int(options.threshold_us * 1e3), end)
    with open(options.list, "w") as file:
        file.writelines(f"{gaps[at]} {gaps[at + 1]}\n" for at in range(0, len(gaps), 2))
    print(json.dumps({"target": "gapmeter.py", "gaps": len(gaps) // 2}))


if __name__ == "__main__":
    main()
