#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Keeps the metrics within their bounds, and their sums right, while programs come and go.

    Scripts/test-series.py [--minutes N]

500 programs, each a group by its name, live and die in turn and compute in 10,000 functions. A real
Prometheus scrapes the agent meanwhile and is asked afterwards. Expects .build/release/ptarmigan and
.build-targets/crowd. Everything listens on loopback. Exits with 0 or 1.
"""

import argparse
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from agents import Agent, Failure, counters, get, started, stop, wait_for
from prometheus import Prometheus, Scrapes
from recordings import PROGRAMS, check, conclude

GROUPS = 500
# Those that live all the time, and how many of the others do at a time. Of these two use 30 % of a
# CPU each and the rest 4 %. All together ask for 1.5 CPUs.
RESIDENTS, GUESTS = 8, 16
RESIDENT_PERCENT, HEAVY_PERCENT, LIGHT_PERCENT = 5, 30, 4
HEAVY_EVERY = 8
# Sources/Profiles/GroupTable.swift and GroupCounters.swift; docs/METRICS.md. `other` is one more
# each time, and three functions have series for good.
MOST = {"group": 24 + 1, "function": 10 + 1 + 3, "syscall": 8 + 1}
# Sources/Exporter/Metrics/Exposition.swift.
MOST_SERIES = 2000
INTERVAL_SECONDS = 2
TOLERANCE = 0.02
# A group's seconds are compared where they are not a few samples.
LEAST_SECONDS = 1


class Crowd:
    """The programs: one under 500 names, of which some are alive at a time."""

    def __init__(self, directory, seconds):
        self.paths = [directory / f"group-{number:03}" for number in range(GROUPS)]
        shutil.copy(PROGRAMS / "crowd", self.paths[0])
        for path in self.paths[1:]:
            os.link(self.paths[0], path)
        self.seconds = seconds
        # Each name has its turn within the time, and again if there is more. A program that lives
        # for less than two looks at what there is, which are a second apart, may be missed.
        self.life_seconds = max(3, min(5, 0.9 * seconds * GUESTS / (GROUPS - RESIDENTS)))
        self.residents = []
        self.guests = []
        self.begun = 0

    def start(self, number, percent, seconds):
        return subprocess.Popen(
            [self.paths[number], "--seconds", f"{seconds:.1f}", "--share", str(percent)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def start_guest(self):
        turn, number = divmod(self.begun, GROUPS - RESIDENTS)
        # Others are heavy in the next turn, so that places in the table are lost and won.
        heavy = (number + turn) % HEAVY_EVERY == 0
        self.guests.append(self.start(RESIDENTS + number,
                                      HEAVY_PERCENT if heavy else LIGHT_PERCENT,
                                      self.life_seconds))
        self.begun += 1

    def live(self, others):
        """Keeps as many alive until the time is over."""
        begin = time.monotonic()
        for number in range(RESIDENTS):
            self.residents.append(self.start(number, RESIDENT_PERCENT, self.seconds + 60))
        while (passed := time.monotonic() - begin) < self.seconds:
            for process in [process for process in self.guests if process.poll() is not None]:
                self.guests.remove(process)
                if process.returncode != 0:
                    raise Failure(f"{process.args[0]} ended with {process.returncode}")
            for process in (*self.residents, *others):
                if process.poll() is not None:
                    raise Failure(f"{process.args[0]} ended with {process.returncode}")
            # One after the other from the start, so that they do not end all at once either.
            allowed = min(GUESTS, 1 + int(passed / self.life_seconds * GUESTS))
            while len(self.guests) < allowed:
                self.start_guest()
            time.sleep(0.05)

    def end(self):
        for process in (*self.residents, *self.guests):
            stop(process)

    @staticmethod
    def used_seconds():
        """The CPU time of all that have ended and were waited for."""
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime


def check_bounds(scrapes):
    """Never more series than the caps allow, at any scrape; and the caps were met."""

    def most(expression):
        # By steps of half a scrape's time none is passed over.
        step = f"{scrapes.window}:{INTERVAL_SECONDS / 2:.0f}s"
        rows = scrapes.query(f"max_over_time(({expression})[{step}])")
        return rows[0][1] if rows else 0

    groups = most("count(count by (group) ({group!=''}))")
    check(groups == MOST["group"], f"{groups:.0f} groups at most, of {MOST['group']} allowed")
    for label, family in (("function", "ptarmigan_function_cpu_seconds_total"),
                          ("function", "ptarmigan_function_cpu_samples_total"),
                          ("syscall", "ptarmigan_syscall_samples_total")):
        found = most(f"max(count by (group) ({family}))")
        # The programs make few system calls; of functions there have to be as many as may be.
        least = 1 if label == "syscall" else MOST[label]
        check(least <= found <= MOST[label],
              f"{family}: {found:.0f} a group, of {MOST[label]} allowed")
    scraped = most("scrape_samples_scraped")
    check(most("count({__name__=~'ptarmigan_.*'})") <= scraped <= MOST_SERIES,
          f"{scraped:.0f} series a scrape, of {MOST_SERIES} allowed")
    check(most("ptarmigan_omitted_series") == 0, "none is left out")
    names = scrapes.query("count(count by (group) (last_over_time("
                          f"ptarmigan_group_cpu_seconds_total[{scrapes.window}])))")[0][1]
    check(names > MOST["group"], f"{names:.0f} groups had series in all: places changed hands")
    for label in ("group", "function"):
        found = most(f"ptarmigan_label_overflows_total{{label='{label}'}}")
        check(found > 0, f"{found:.0f} values of {label} were counted under other")


def check_falls(scrapes, families):
    """No counter falls while its series lives.

    A group or a function that loses its place takes its series with it and begins at 0 if it comes
    back, which resets() can't tell from a fall: it skips the scrapes that have no sample. So of
    what resets() finds, a reset without such a scrape between its two samples is a fall. Places
    change at the end of a window, ten seconds apart, and never go back to the name that loses one,
    so a series that comes back was away for four scrapes.
    """
    falls, returns, lasting = [], 0, 0
    for family in families:
        for labels, _ in scrapes.query(f"resets({family}[{scrapes.window}]) > 0"):
            rows = scrapes.rows(family, labels)
            for (earlier, before), (later, now) in zip(rows, rows[1:]):
                if now < before and scrapes.was_away(earlier, later):
                    returns += 1
                elif now < before:
                    falls.append(f"{family}{labels}: {before} to {now}")
        # What has no place to lose: the agent's own counters, and what `other` gathers.
        last = f"{family}{{group=~'|other',object='',syscall=~'|other'}}"
        found = scrapes.query(f"sum(resets({last}[{scrapes.window}]))")
        lasting += found[0][1] if found else 0
    check(not falls, f"no series of {len(families)} counters falls {falls[:3]}")
    check(lasting == 0, f"and resets() is {lasting:.0f} for those that never vanish")
    print(f"       {returns} series came back with less than they had left with")


def check_sums(scrapes):
    """The functions' seconds are the groups' seconds, in all and group by group."""
    groups = scrapes.growths("ptarmigan_group_cpu_seconds_total")
    functions = scrapes.growths("ptarmigan_function_cpu_seconds_total")
    total, shared = sum(groups.values()), sum(functions.values())
    check(total > 0 and abs(shared / total - 1) < TOLERANCE,
          f"functions have {shared:.2f} s of the groups' {total:.2f} s: {shared / total:.2%}")
    compared = {group: functions.get(group, 0) / seconds - 1
                for group, seconds in groups.items() if seconds >= LEAST_SECONDS}
    worst = max(compared, key=lambda group: abs(compared[group]))
    check(len(compared) >= RESIDENTS and abs(compared[worst]) < TOLERANCE,
          f"so in each of {len(compared)} groups; {worst} is the worst: {compared[worst]:+.2%}")


def settle(agent, sleeper, others):
    """Waits until what the crowd did is counted: a new group's functions wait for a second window.

    A program that only sleeps shows that there was one.
    """
    wait_for("a window without the crowd", lambda: not agent.groups(), others)
    with started(sleeper, "--seconds", "0"):
        wait_for("the window after it", agent.groups, others)


def run(directory, minutes):
    programs = directory / "programs"
    programs.mkdir()
    shutil.copy(PROGRAMS / "sleepers", programs)
    rules = directory / "agent.yml"
    # The rest of the host is left alone, and its groups are not among those counted here.
    rules.write_text(f"targets: {{include: [{{cmdline: '{directory.name}/programs/'}}]}}\n")
    crowd = Crowd(programs, minutes * 60)
    # At 99 Hz, with the budget lifted, there are enough samples to meet thousands of functions.
    with Agent("--config.file", rules, "--rate", "99", "--budget.agent-cpu", "100",
               "--budget.target-pause", "100") as agent, \
            Prometheus(directory, agent, f"{INTERVAL_SECONDS}s") as prometheus:
        others = [agent.process, prometheus.process]
        begin = time.time()
        try:
            crowd.live(others)
        finally:
            crowd.end()
        used = crowd.used_seconds()
        settle(agent, programs / "sleepers", others)
        settled = time.time()
        wait_for("a last scrape", lambda: prometheus.query("timestamp(up)")[0][1] > settled, others)
        end = time.time()
        scrapes = Scrapes(prometheus, end - begin, end)
        print(f"       {crowd.begun} guests of {crowd.life_seconds:.1f} s, "
              f"{used:.0f} s of CPU time; {len(scrapes.times)} scrapes, {scrapes.missed} missed")
        check_bounds(scrapes)
        check_falls(scrapes, counters(get(agent.url)[1]))
        check_sums(scrapes)
        check(not prometheus.warnings(), f"Prometheus has no objection {prometheus.warnings()[:3]}")
        check(stop(agent.process) == 0, "the agent ends with 0")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10, help="10 by default")
    options = parser.parse_args()
    # An interrupt of make ends what was started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="ptarmigan-series-") as name:
        try:
            run(Path(name), options.minutes)
        except (Failure, OSError) as failure:
            check(False, failure)
    return conclude()


if __name__ == "__main__":
    sys.exit(main())
