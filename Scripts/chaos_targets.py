# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Events of the fault campaign that a target brings about: changes of what it is, execs, an end."""

import contextlib
import os
import platform
import subprocess

from agents import ROOT
from chaos_events import END_SECONDS, FIND_SECONDS, Ending, Event
from chaos_place import run
from harness import not_as_found, progresses, settled


class Changes(Event):
    """A target that changes what it is, again and again, while it computes."""

    act = None

    def happen(self):
        started = Ending(self.subject.target("changes", "--act", self.act))
        with contextlib.closing(started) as target:
            self.place.wait(FIND_SECONDS)
            self.check(progresses(target.pid), f"it makes no progress: {not_as_found(target.pid)}")
            result = target.report("changes")
        self.check(result and result["rounds"] > 0 and result["failed"] == 0,
                   f"it reports {result}")


class BecomesAnotherUsers(Changes):
    """All ids of a target become those of nobody."""

    act = "user"


class BecomesUndumpable(Changes):
    """A target may not be dumped, and may again, by turns."""

    act = "undumpable"


class FiltersItself(Changes):
    """A target installs seccomp filters."""

    act = "filter"


class LeavesNamespaces(Changes):
    """A target leaves its namespaces, with another file system on /tmp."""

    act = "namespaces"


class ChangesItsName(Changes):
    """A target goes by names that end lines, quotes and tags."""

    act = "name"


class ExecutesAgain(Event):
    """Programs that execute themselves, from the first thread and from others, and vfork."""

    programs = (("exec-loop",), ("nonleader-exec",), ("zombie-leader",),
                ("vfork-parent", "--child", "slow"))

    def happen(self):
        program, *arguments = self.random.choice(self.programs)
        with contextlib.closing(Ending(self.subject.target(program, *arguments))) as target:
            self.place.wait(FIND_SECONDS)
            result = target.report(program)
        self.check(result and result["rounds"] > 0 and not result.get("failed"),
                   f"{program} reports {result}")


class TargetKilled(Event):
    """SIGKILL of a target that the agent has found."""

    def kill(self, *command, **options):
        target = self.subject.target(*command, **options)
        self.place.wait(FIND_SECONDS)
        target.process.kill()
        try:
            target.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.wrong(f"{target.pid} does not end: {not_as_found(target.pid)}")


class KilledWhileBlocked(TargetKilled):
    """SIGKILL of a target that no stop can reach (state D): it ends as soon as it can."""

    def happen(self):
        self.kill("dstate")


class KilledInVisits(TargetKilled):
    """SIGKILL of a target with many threads: none of them is left as a zombie."""

    def happen(self):
        self.kill("busy", "--threads", "16", named="many")


class Of32Bits(Event):
    """A program of the other register set that this kernel may run."""

    def build(self):
        program = self.place.directory / "compute32"
        if not program.exists():
            done = run(("gcc", "-m32", "-O1", "-static", "-nostdlib", "-fno-stack-protector",
                        "-fno-pie", "-no-pie", "-o", program,
                        ROOT / "Tests/Targets/Freestanding/compute.c"))
            if done.returncode != 0:
                self.missing = f"no 32-bit program can be made: {done.stdout.strip()[-200:]}"
        return program

    def happen(self):
        if platform.machine() != "x86_64":
            self.missing = "32-bit programs are tried on x86-64 only"
            return
        program = self.build()
        if self.missing:
            return
        copy = self.subject.directory / program.name
        if not copy.exists():
            os.link(program, copy)
        try:
            process = subprocess.Popen([copy], stdin=subprocess.DEVNULL)
        except OSError as error:
            self.missing = f"this kernel runs no 32-bit program: {error.strerror}"
            return
        try:
            self.place.wait(FIND_SECONDS)
            self.check(process.poll() is None, f"it ended with {process.returncode}")
            _, problems = settled(process.pid, 1)
            self.problems += problems
            self.check(progresses(process.pid), "it makes no progress")
        finally:
            process.kill()
            process.wait()


EVENTS = (BecomesAnotherUsers, BecomesUndumpable, FiltersItself, LeavesNamespaces, ChangesItsName,
          ExecutesAgain, KilledWhileBlocked, KilledInVisits, Of32Bits)
