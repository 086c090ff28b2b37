#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""The fault campaign: agents and targets to which one bad thing after the other happens.

    Scripts/chaos.py [--minutes N | --seconds N] [--seed N] [--only NAME,...] [--json FILE]
    Scripts/chaos.py --self-test

Two agents at 99 Hz without budgets, one of them with windows on system calls, each among programs
of its own that come and go. Events are drawn as cards are, so that each comes once before any comes
again. After each one, all targets are as found and make progress, the agent answers and visits, no
counter has fallen within a life of it, and nothing of it is left open. Expects
.build/release/ptarmigan and .build-targets; some events need root and are left out without it. All
traffic is on loopback. Exits with 0 or 1.
"""

import argparse
import contextlib
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "safety"))

import chaos_agents
import chaos_stops
import chaos_surroundings
import chaos_targets
import chaos_tracers
import verdicts
from agents import Failure, stop
from chaos_judges import (DEAD_GRACE_SECONDS, LIVING_GRACE_SECONDS, agent_is_well, all_let_go,
                          guests_let_go, left_over, targets_as_found)
from chaos_place import Place
from chaos_self_test import self_test
from harness import HarnessError
from recordings import check, conclude

EVENTS = {event.__name__: event for event in (
    *chaos_agents.EVENTS, *chaos_stops.EVENTS, *chaos_tracers.EVENTS, *chaos_targets.EVENTS,
    *chaos_surroundings.EVENTS)}
# What an event may end with instead of its end: the others go on.
MISHAPS = (Failure, HarnessError, OSError, subprocess.TimeoutExpired)
# Between two events, at most: time in which all is well.
PAUSE_SECONDS = 0.5


class Deck:
    """Events in an order by chance, each once before any comes again."""

    def __init__(self, names, generator):
        self.names, self.random, self.left = sorted(names), generator, []

    def draw(self):
        if not self.left:
            self.left = list(self.names)
            self.random.shuffle(self.left)
        return self.left.pop()


class Campaign:
    """Event after event, and what came of each kind."""

    def __init__(self, place, names):
        self.place = place
        self.deck = Deck(names, place.random)
        self.kinds = {name: {"about": EVENTS[name].__doc__.splitlines()[0], "count": 0,
                             "failures": [], "longest_ms": 0.0, "notes": {}}
                      for name in self.deck.names}
        self.restarts, self.reports = [], {}

    def turn(self):
        """One event, and the judges."""
        self.place.wait(self.place.random.uniform(0, PAUSE_SECONDS))
        name = self.deck.draw()
        subject = self.place.random.choice(self.place.subjects)
        event, began = EVENTS[name](self.place, subject), time.monotonic()
        try:
            event.happen()
        except MISHAPS as mishap:
            event.wrong(f"{type(mishap).__name__}: {mishap}")
        kind = self.kinds[name]
        if event.missing:
            kind["missing"] = event.missing
            print(f"left   {name}: {event.missing}", flush=True)
            return
        longest, problems = self.judge(event, subject)
        kind["count"] += 1
        kind["longest_ms"] = max(kind["longest_ms"], longest * 1e3)
        for what, numbers in event.notes.items():
            kind["notes"].setdefault(what, []).extend(numbers)
        kind["failures"] += [f"{subject.name}: {problem}" for problem in problems]
        check(not problems, f"{name}, {subject.name}: as found in {longest * 1e3:.1f} ms, "
                            f"{time.monotonic() - began:.1f} s in all {'; '.join(problems)}"
                            f"{notes(event)}")

    def judge(self, event, subject):
        problems = list(event.problems)
        dead = not subject.is_alive
        longest, wrong = targets_as_found(
            subject, DEAD_GRACE_SECONDS if dead else LIVING_GRACE_SECONDS)
        problems += wrong
        if dead:
            if not event.may_kill:
                problems.append("the agent is gone")
            problems += all_let_go(subject)
            self.restarts.append(subject.begin_life())
        problems += agent_is_well(self.place, subject)
        problems += guests_let_go(subject, self.place.random)
        if not subject.is_alive:
            subject.begin_life()
        return longest, problems

    def end(self):
        """Ends both agents and all targets, and reads what these report."""
        for subject in self.place.subjects:
            code = stop(subject.agent.process)
            problems, reports = left_over(subject)
            if code != 0:
                problems.append(f"the agent ends with {code} on SIGTERM")
            waits, signals = reports.get("waits", {}), reports.get("signals", {})
            check(not problems, f"{subject.name}: {subject.lives} lives of the agent, "
                  f"{signals.get('received')} of {signals.get('sent')} signals in order, "
                  f"{waits.get('spurious')} of {waits.get('calls')} waits failed "
                  f"{'; '.join(problems)}")
            self.reports[subject.name] = {
                "lives": subject.lives, "problems": problems,
                "programs": subject.churn.begun,
                "signals": {key: signals.get(key) for key in ("sent", "received", "lost")},
                "waits": {key: waits.get(key) for key in ("calls", "spurious")}}


def notes(event):
    return "".join(f"; {what} {', '.join(f'{number:.4g}' for number in numbers)}"
                   for what, numbers in event.notes.items())


def campaign(directory, options, verdict):
    generator = random.Random(options.seed)
    names = options.only.split(",") if options.only else list(EVENTS)
    with contextlib.ExitStack() as stack:
        run = Campaign(Place(directory, generator, stack), names)
        verdict.update(events=run.kinds, agents=run.reports, restarts_s=run.restarts)
        end = time.monotonic() + options.seconds
        turns = 0
        while time.monotonic() < end and not (options.once and turns >= len(names)):
            run.turn()
            turns += 1
        run.end()
        never = [name for name, kind in run.kinds.items()
                 if not kind["count"] and "missing" not in kind]
        check(not (options.once and never), f"each event has come but {never}")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=20, help="20 by default")
    parser.add_argument("--seconds", type=float, help="instead of minutes")
    parser.add_argument("--once", action="store_true",
                        help="end when each event has come once; fail if the time is over before")
    parser.add_argument("--seed", type=int, default=1, help="of what happens, and when")
    parser.add_argument("--only", help=f"some of {', '.join(EVENTS)}")
    parser.add_argument("--json", help="where to write the verdict")
    parser.add_argument("--self-test", action="store_true", help="try the judges, in seconds")
    options = parser.parse_args()
    # Agents that crash here leave no dumps behind.
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    # An interrupt of make ends what was started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if options.self_test:
        self_test()
        return conclude()
    if options.seconds is None:
        options.seconds = options.minutes * 60
    run = verdicts.Run("chaos", options)
    with tempfile.TemporaryDirectory(prefix="ptarmigan-chaos-") as name:
        try:
            # Another user's program has to reach its file.
            os.chmod(name, 0o755)
            campaign(Path(name), options, run.verdict)
        except MISHAPS as failure:
            check(False, failure)
    return run.conclude()


if __name__ == "__main__":
    sys.exit(main())
