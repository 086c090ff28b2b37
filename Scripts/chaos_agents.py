# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Events of the fault campaign that happen to an agent: its end, and less than it needs."""

import os
import resource
import signal

from chaos_events import END_SECONDS, Event
from harness import settled

SQUEEZE_SECONDS = 1.5
SPARE_DESCRIPTORS, SPARE_BYTES = 3, 1 << 20


class Ends(Event):
    """The agent ends by a signal, in whatever it does at that moment."""

    may_kill = True
    number = signal.SIGKILL

    def happen(self):
        process = self.subject.agent.process
        process.send_signal(self.number)
        process.wait(END_SECONDS)
        self.check(process.returncode == -self.number, f"it ends with {process.returncode}")


class Killed(Ends):
    """SIGKILL."""


class Segfaults(Ends):
    """SIGSEGV, as of a fault in its own code."""

    number = signal.SIGSEGV


class Aborts(Ends):
    """SIGABRT."""

    number = signal.SIGABRT


class Terminated(Ends):
    """SIGTERM, as a service manager sends it."""

    number = signal.SIGTERM

    def happen(self):
        process = self.subject.agent.process
        process.terminate()
        process.wait(END_SECONDS)
        self.check(process.returncode == 0, f"it ends with {process.returncode} on SIGTERM")


# On a host with nothing else to do it takes a millisecond.
STOP_SECONDS = 2


class KilledWithTargetStopped(Ends):
    """SIGKILL, while the owner of a target has it stopped: it stays so."""

    def happen(self):
        with self.stopped_by_owner() as victim:
            self.place.wait(0.3)
            super().happen()
            # The kernel wakes threads that a tracer leaves in a stop of their owner's, so that they
            # go into it by themselves (__ptrace_unlink): each needs a CPU for that.
            _, problems = settled(victim, STOP_SECONDS, stopped=True)
            self.problems += problems[:1]


class FewDescriptors(Event):
    """RLIMIT_NOFILE near what it has open, and back."""

    def happen(self):
        pid = self.subject.agent.pid
        before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        least = len(os.listdir(f"/proc/{pid}/fd")) + SPARE_DESCRIPTORS
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (min(least, before[1]), before[1]))
        try:
            self.place.wait(SQUEEZE_SECONDS)
        finally:
            if self.subject.is_alive:
                resource.prlimit(pid, resource.RLIMIT_NOFILE, before)
        self.agent_runs_on()


class LittleMemory(Event):
    """RLIMIT_AS near what it has, while pages are asked for: it may end for want of memory."""

    may_kill = True

    def happen(self):
        pid = self.subject.agent.pid
        with open(f"/proc/{pid}/statm") as file:
            size = int(file.read().split()[0]) * resource.getpagesize()
        before = resource.prlimit(pid, resource.RLIMIT_AS)
        resource.prlimit(pid, resource.RLIMIT_AS, (size + SPARE_BYTES, before[1]))
        try:
            for _ in range(3):
                try:
                    self.subject.page("/flamegraph?seconds=1", timeout=SQUEEZE_SECONDS)
                except OSError:
                    pass
                self.place.wait(SQUEEZE_SECONDS / 3)
        finally:
            if self.subject.is_alive:
                resource.prlimit(pid, resource.RLIMIT_AS, before)
        self.note("ended", int(not self.subject.is_alive))


class Displaced(Event):
    """All of its threads on one CPU, and nice, for a moment."""

    def happen(self):
        pid = self.subject.agent.pid
        before = os.sched_getaffinity(pid)
        try:
            self.place_threads({self.random.choice(sorted(before))}, 19)
            self.place.wait(1)
        finally:
            self.place_threads(before, 0)
        self.agent_runs_on()

    def place_threads(self, cpus, niceness):
        for tid in self.subject.threads():
            try:
                os.sched_setaffinity(tid, cpus)
                os.setpriority(os.PRIO_PROCESS, tid, niceness)
            except ProcessLookupError:
                continue


class Told(Event):
    """SIGHUP and SIGUSR1 many times, in no order that makes sense."""

    def happen(self):
        # An even number of SIGUSR1: it samples again in the end.
        signals = [signal.SIGUSR1] * 6 + [signal.SIGHUP] * 10
        self.random.shuffle(signals)
        for number in signals:
            self.subject.agent.signal(number)
            # Two of one kind that wait at once are one: each must be heard.
            self.place.wait(0.05)
        self.agent_runs_on()


EVENTS = (Killed, Segfaults, Aborts, Terminated, KilledWithTargetStopped, FewDescriptors,
          LittleMemory, Displaced, Told)
