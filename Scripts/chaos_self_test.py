# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Shows that the judges of the fault campaign find what they are for."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

from chaos_judges import (all_let_go, counters_fell, signals_arrived, targets_as_found,
                          waits_undisturbed)
from chaos_place import own_descriptors
from harness import Target, lasting_zombies, progresses, settled
from holding import Held
from recordings import check

GRACE_SECONDS = 0.2


def subject_of(*targets, stopped=(), helpers=()):
    """What judges ask of a subject that has just these targets."""
    return SimpleNamespace(
        lasting=targets, stopped=set(stopped), helpers=list(helpers),
        churn=SimpleNamespace(living=lambda: [target.pid for target in targets]))


def found(subject):
    return targets_as_found(subject, GRACE_SECONDS)[1]


def targets_found(target):
    """A target that is well, stopped, continued against its owner's will, or traced."""
    subject = subject_of(target)
    check(not found(subject), "a target that runs is as found")
    os.kill(target.pid, signal.SIGSTOP)
    settled(target.pid, 2, stopped=True)
    check(found(subject), f"one that is left stopped is found: {found(subject)}")
    check(all_let_go(subject), "also among those that come and go")
    check(not found(subject_of(target, stopped=[target.pid])), "but not if its owner did that")
    os.kill(target.pid, signal.SIGCONT)
    settled(target.pid, 2)
    check(found(subject_of(target, stopped=[target.pid])),
          "one that runs though its owner has stopped it is found")
    with Held(target.pid, is_running=True):
        check(found(subject), f"one that is traced is found: {found(subject)}")
    with Held(target.pid):
        check(all_let_go(subject), "so is one that a tracer has stopped")
    check(not found(subject), "and nothing when it was let go")


def idle_found():
    process = subprocess.Popen(["sleep", "60"])
    with contextlib.closing(Killed(process)):
        while progresses(process.pid, GRACE_SECONDS):
            pass
        problems = found(subject_of(SimpleNamespace(pid=process.pid, name="sleep")))
        check(problems, f"a target that makes no progress is found: {problems}")


def agents_found():
    """A counter that falls, a zombie, a descriptor, and a helper that outlives its agent."""
    subject = SimpleNamespace(last={("a_total", ""): 3.0, ("b_total", ""): 1.0})
    check(counters_fell(subject, {("a_total", ""): 2.0, ("b_total", ""): 1.0}),
          "a counter that falls is found")
    check(not counters_fell(subject, {("a_total", ""): 2.0, ("c_total", ""): 0.0}),
          "and neither one that stays nor one that is gone")
    # A parent that reaps nothing.
    parent = subprocess.Popen(
        [sys.executable, "-c", "import os, time\nos.fork() or os._exit(0)\ntime.sleep(60)"])
    with contextlib.closing(Killed(parent)):
        deadline = time.monotonic() + 10
        while not lasting_zombies(parent.pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        check(lasting_zombies(parent.pid), "a zombie is found")
        check(all_let_go(subject_of(helpers=[parent.pid])), "a helper that lives on is found")
    check(not all_let_go(subject_of(helpers=[parent.pid])), "one that has ended is not")
    before = own_descriptors(os.getpid())
    with open(os.devnull), open("/proc/self/stat"):
        now = own_descriptors(os.getpid())
        check(len(now) == len(before) + 1, "an open file is counted, one of /proc is not")


class Killed:
    """A process that is gone afterwards."""

    def __init__(self, process):
        self.process = process

    def close(self):
        self.process.kill()
        self.process.wait()


def reports_found():
    well = {"sent": 9, "lost": 0, "duplicated": 0, "reordered": 0, "foreign": 0}
    check(not signals_arrived(well) and signals_arrived({**well, "lost": 1})
          and signals_arrived(None), "a lost signal is found, and a report that is missing")
    waits = {"calls": 9, "wrong": 0, "early": 0, "stuck": 0, "spurious": 2, "waits": [{}, {}]}
    check(not waits_undisturbed(waits, 1) and waits_undisturbed(waits, 0)
          and waits_undisturbed({**waits, "stuck": 1}, 1),
          "a wait that fails is found, unless an agent's death explains it")


def self_test():
    with Target("busy", "--seconds", "0", "--threads", "1") as target:
        targets_found(target)
    idle_found()
    agents_found()
    reports_found()
