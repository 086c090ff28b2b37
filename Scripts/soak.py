#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Runs agents for a long time among programs that come and go: nothing of theirs may grow.

    Scripts/soak.py [--minutes N] [--seed N] [--json FILE]
    Scripts/soak.py --self-test

One agent is at its defaults, the other one at 99 Hz. Both run at once, so that the soak is as long
as it says, and each has targets of its own: a target is one agent's alone, and what is found wrong
with it is that agent's doing. Expects .build/release/ptarmigan and .build-targets. Everything
listens on loopback. Exits with 0 or 1.
"""

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import verdicts
from agents import Failure
from churn import stays_held
from recordings import check, conclude
from watched import MOST_GROWTH, Watched, fallen, growth

# The budget would not let 99 Hz be: what these scrapes and reloads cost is most of it.
# Profiles fill their memory for as long as they are kept: half a minute, which is in the warm-up.
KEPT = ("--profiles.keep-minutes", "0.5")
AGENTS = {"defaults": KEPT, "99 Hz": ("--rate", "99", "--budget.agent-cpu", "100",
                                      "--budget.target-pause", "100", *KEPT)}
TURN_SECONDS = 0.25


def soak(directory, minutes, seed, verdict):
    with contextlib.ExitStack() as stack:
        watched = [Watched(name, arguments, directory / name.split()[0], random.Random(seed + turn),
                           stack)
                   for turn, (name, arguments) in enumerate(AGENTS.items())]
        begin = observation = time.monotonic()
        while (now := time.monotonic()) - begin < minutes * 60:
            for each in watched:
                each.churn.turn()
            if now >= observation:
                observation += 1
                for each in watched:
                    each.operate(now)
                    each.observe()
            time.sleep(TURN_SECONDS)
        verdict["agents"] = {each.name: each.report() for each in watched}
        for each in watched:
            each.judge()
            each.end()


def self_test():
    """The judges find what they are for, in series like those of an agent."""
    noise = random.Random(1)
    flat = [25_000 + noise.uniform(-600, 600) + 300 * (second % 10) for second in range(900)]
    check(abs(growth(flat)) < 1024, f"memory that moves up and down is flat: {growth(flat):+.0f}")
    leak = [value + 8 * second for second, value in enumerate(flat)]
    check(growth(leak) > MOST_GROWTH["KiB of memory"], f"8 KiB a second grow: {growth(leak):+.0f}")
    spikes = [value + (40_000 if second % 100 == 99 else 0) for second, value in enumerate(flat)]
    check(abs(growth(spikes)) < 1024, f"a spike now and then is none: {growth(spikes):+.0f}")
    filling = [value - max(0, 200 - second) * 100 for second, value in enumerate(flat)]
    check(abs(growth(filling)) < 1024, f"nor is what the warm-up fills: {growth(filling):+.0f}")
    descriptors = [60 + noise.randint(-20, 20) + second // 30 for second in range(900)]
    check(growth(descriptors) > MOST_GROWTH["descriptors"],
          f"a descriptor in 30 s is growth: {growth(descriptors):+.0f}")
    check(fallen({"a": 2, "b": 1}, {"a": 1, "b": 1, "c": 0}) == ["a"], "a fall is found")
    check(not fallen({"a": 2}, {"b": 1}), "a series that has vanished has not fallen")
    with subprocess.Popen(["sleep", "600"]) as process:
        try:
            check(not stays_held(process.pid), "a process that sleeps is not held")
            process.send_signal(signal.SIGSTOP)
            os.waitpid(process.pid, os.WUNTRACED)
            check(stays_held(process.pid), "one that is stopped is")
        finally:
            process.kill()


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=20, help="20 by default")
    parser.add_argument("--seed", type=int, default=1, help="of what the programs do")
    parser.add_argument("--json", help="where to write the verdict, with each second's figures")
    parser.add_argument("--self-test", action="store_true", help="try the judges, in seconds")
    options = parser.parse_args()
    # An interrupt of make ends what was started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if options.self_test:
        self_test()
        return conclude()
    run = verdicts.Run("soak", options)
    with tempfile.TemporaryDirectory(prefix="ptarmigan-soak-") as name:
        try:
            soak(Path(name), options.minutes, options.seed, run.verdict)
        except (Failure, OSError) as failure:
            check(False, failure)
    return run.conclude()


if __name__ == "__main__":
    sys.exit(main())
