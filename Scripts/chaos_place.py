# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""An agent of the fault campaign, through all of its lives, and the programs that it samples."""

import os
import shutil
import subprocess
import time

from agents import Agent, Answer, Failure
from churn import Churn
from harness import PROGRAMS, Target, children

# A look at the churn's programs so often.
TURN_SECONDS = 0.25
# Within this an agent answers and visits, also beside a build.
RESTART_SECONDS = 30
# Real-time signals that are queued to one target all the time, so many a second.
SIGNALS, SIGNAL_RATE = 1_000_000, 500
# What computes takes all CPUs; the campaign's own looks have to come in between.
POLITE = ("nice", "-n", "5")
# Of each kind of wait that the kernel begins again by itself, and that it does not.
WAITS = ("waits", "--kind", "alternators", "--compute-us", "100", "--only",
         "epoll_wait,futex,nanosleep,recv,rt_sigtimedwait")
VISITING = ("--rate", "99", "--budget.agent-cpu", "100", "--budget.target-pause", "100",
            "--profiles.keep-minutes", "0.5")
AGENTS = {"visits": VISITING, "windows": (*VISITING, "--syscalls.windows")}


def own_descriptors(pid):
    """Descriptors that are no files of /proc, which are kept for each target that there is."""
    found = []
    for entry in os.listdir(f"/proc/{pid}/fd"):
        try:
            link = os.readlink(f"/proc/{pid}/fd/{entry}")
        except FileNotFoundError:
            continue
        if not link.startswith("/proc/"):
            found.append(link)
    return sorted(found)


class Subject:
    """One agent, the churn and the lasting programs that are its targets and no other agent's."""

    def __init__(self, name, arguments, directory, generator, stack):
        self.name, self.arguments, self.stack = name, arguments, stack
        directory.mkdir()
        self.directory = directory.resolve()
        self.random = generator
        self.churn = stack.enter_context(Churn(directory / "programs", generator))
        self.rules = directory / "agent.yml"
        programs = ", ".join(f"'{path}'" for path in self.churn.programs)
        self.rules.write_text(f"targets:\n  include:\n    - exe: [{programs}]\n"
                              f"    - cmdline: ['{self.directory}/']\n")
        (directory / "run").mkdir()
        self.environment = {"RUNTIME_DIRECTORY": str(directory / "run")}
        self.victim = self.target("busy", "--threads", "2", "--sleepers", "2", named="victim")
        self.signals = self.target("signals", "--signals", SIGNALS, "--rate", SIGNAL_RATE)
        self.waits = self.target(*WAITS)
        self.lasting = [self.victim, self.signals, self.waits]
        # Where its owner has stopped one.
        self.stopped = set()
        self.agent, self.lives, self.helpers = None, 0, []

    def copy(self, program, named=None):
        """A copy of a program that is this agent's target by its place."""
        path = self.directory / (named or program)
        if not path.exists():
            shutil.copy(PROGRAMS / program, path)
            path.chmod(0o755)
        return path

    def target(self, program, *arguments, named=None, prefix=POLITE):
        """A target that is ready, for the rest of the campaign or until it is ended."""
        command = (*prefix, self.copy(program, named), "--seconds", "0", *arguments)
        target = self.stack.enter_context(Target(*command))
        target.name = named or program
        return target

    def begin_life(self):
        """Starts the agent; the seconds that took until it could be asked."""
        began = time.monotonic()
        try:
            self.agent = self.stack.enter_context(Agent(
                "--config.file", self.rules, *self.arguments, canary=True,
                environment=self.environment))
        except SystemExit as problem:
            raise Failure(f"{self.name}: no agent: {problem}") from None
        self.lives += 1
        self.last, self.harm = {}, {}
        self.helpers = children(self.agent.pid)
        self.descriptors = own_descriptors(self.agent.pid)
        return time.monotonic() - began

    @property
    def is_alive(self):
        return self.agent.process.poll() is None

    def threads(self):
        """The agent's own threads."""
        try:
            return [int(entry) for entry in os.listdir(f"/proc/{self.agent.pid}/task")]
        except FileNotFoundError:
            return []

    def pids(self):
        return [target.pid for target in self.lasting]

    def page(self, path, **options):
        return Answer(self.agent.url.replace("/metrics", path), **options)


class Place:
    """All that a campaign has: its agents, their targets, a directory, and chance."""

    def __init__(self, directory, generator, stack, agents=AGENTS):
        self.directory, self.random = directory, generator
        self.subjects = [Subject(name, arguments, directory / name, generator, stack)
                         for name, arguments in agents.items()]
        for subject in self.subjects:
            subject.begin_life()

    def wait(self, seconds):
        """Time goes by, in which programs come and go."""
        end = time.monotonic() + seconds
        while True:
            for subject in self.subjects:
                subject.churn.turn()
            left = end - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(TURN_SECONDS, left))

    def until(self, condition, seconds):
        """Waits for something; the seconds that took, or None if it did not come."""
        began = time.monotonic()
        while not condition():
            if time.monotonic() - began > seconds:
                return None
            self.wait(0.02)
        return time.monotonic() - began


def run(command, seconds=60, **options):
    """A program's end, with what it wrote to both outputs."""
    return subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=seconds, **options)
