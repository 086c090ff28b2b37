#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""What the agent costs on a host with thousands of sleeping threads.

First 1,000 processes with five threads each and one program with four busy threads: CPU time,
memory, and how long a scrape takes. Then sleepers alone, from 1,000 threads to 20,000, for the cost
of one more. Agents run on their defaults.
"""

import argparse
import statistics
import sys
import time
import urllib.request

from cost import AGENT, PROGRAMS, Started, family, metrics_address, resident_mib, run_seconds

PROCESSES = 1_000
LIMITS = {"CPU %": 1.0, "MiB": 96.0, "scrape p99 ms": 20.0}


def used_percent(process, seconds):
    pids = family(process.pid)
    before, began = run_seconds(pids), time.monotonic()
    time.sleep(seconds)
    return (run_seconds(pids) - before) / (time.monotonic() - began) * 100


def scrapes(process, count):
    """How long each of some scrapes took, in milliseconds."""
    url, times = metrics_address(process), []
    for _ in range(count):
        began = time.monotonic()
        with urllib.request.urlopen(url, timeout=10) as answer:
            answer.read()
        times.append((time.monotonic() - began) * 1e3)
        time.sleep(0.1)
    return times


def host_of_a_fleet(options):
    with Started(PROGRAMS / "sleepers", "--processes", PROCESSES, "--threads", 5, "--seconds", 0), \
            Started(PROGRAMS / "busy", "--seconds", 0, "--threads", 4) as busy:
        busy.stdout.readline()
        time.sleep(2)
        with Started(*AGENT) as process:
            time.sleep(options.settle)
            row = {"CPU %": used_percent(process, options.seconds)}
            times = sorted(scrapes(process, options.scrapes))
            row["MiB"] = resident_mib(family(process.pid))
            row["scrape p50 ms"] = statistics.median(times)
            row["scrape p99 ms"] = times[int(len(times) * 0.99)]
            return row


def growth(options):
    """CPU time in percent by sleeping threads."""
    found = {}
    for threads in options.threads:
        with Started(PROGRAMS / "sleepers", "--processes", PROCESSES,
                     "--threads", threads // PROCESSES, "--seconds", 0):
            time.sleep(3)
            with Started(*AGENT) as process:
                time.sleep(options.settle)
                found[threads] = (used_percent(process, options.seconds),
                                  resident_mib(family(process.pid)))
                print(f"{threads:8,} sleeping threads: {found[threads][0]:6.3f} % of a CPU,"
                      f" {found[threads][1]:5.1f} MiB", flush=True)
    return found


def slope(points):
    """The least-squares slope."""
    mean_x, mean_y = (statistics.mean(values) for values in zip(*points))
    return (sum((x - mean_x) * (y - mean_y) for x, y in points)
            / sum((x - mean_x) ** 2 for x, _ in points))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20)
    # Each process is looked at closely while it is new.
    parser.add_argument("--settle", type=float, default=40)
    parser.add_argument("--scrapes", type=int, default=200)
    parser.add_argument("--threads", type=int, nargs="*",
                        default=[1_000, 2_000, 5_000, 10_000, 20_000])
    options = parser.parse_args()
    row = host_of_a_fleet(options)
    failures = 0
    for name, value in row.items():
        limit = LIMITS.get(name)
        failed = limit is not None and value > limit
        failures += failed
        print(f"{name:14} {value:8.2f}" + (f"  (at most {limit:g})" if limit else "")
              + ("  OVER" if failed else ""), flush=True)
    found = growth(options)
    if len(found) > 1:
        cpu = slope([(threads, used) for threads, (used, _) in found.items()])
        memory = slope([(threads, mib) for threads, (_, mib) in found.items()])
        print(f"one more sleeping thread: {cpu * 1e4:.3f} us of CPU time a second,"
              f" {memory * 1024:.2f} KiB")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
