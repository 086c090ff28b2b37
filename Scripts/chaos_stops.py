# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Events of the fault campaign that stop an agent for a while, who can then let nobody go."""

import contextlib
import signal
import time

from chaos_events import Event
from faults import tracer_of
from harness import settled, threads
from holding import Held

# For how long an agent is stopped at most.
STOP_SECONDS = 2.0
# One visit is held for some 30 us, and there are some 200 in a second.
TRIES = 300


class Stopped(Event):
    """SIGSTOP of the agent at a random moment, and SIGCONT up to two seconds later.

    Nobody can let its tracees go meanwhile. So that is what is measured: whether a target was held
    at that moment, and for how long it stayed so.
    """

    def happen(self):
        with self.stopped():
            self.stay()
        self.agent_runs_on()

    @contextlib.contextmanager
    def stopped(self):
        """The agent is stopped, all of its threads, until the block ends."""
        agent = self.subject.agent.process
        agent.send_signal(signal.SIGSTOP)
        self.began = time.monotonic()
        try:
            settled(agent.pid, 1, stopped=True)
            yield
        finally:
            agent.send_signal(signal.SIGCONT)

    def held(self):
        """Threads of lasting targets that the agent has in a stop."""
        own = set(self.subject.threads())
        return [tid for pid in self.subject.pids() for tid, state, tracer in threads(pid)
                if state == "t" and tracer in own]

    def stay(self):
        """Keeps it stopped, and notes who was held for all of the time."""
        held = self.held()
        self.place.wait(self.random.uniform(0.1, STOP_SECONDS))
        held = set(held) & set(self.held())
        self.note("targets held", len(held))
        if held:
            self.note("held for ms", (time.monotonic() - self.began) * 1e3)


class StoppedInVisit(Stopped):
    """SIGSTOP of the agent at one moment after the other, until it comes in the midst of a visit."""

    def happen(self):
        for _ in range(TRIES):
            with self.stopped():
                if self.held():
                    self.stay()
                    break
            time.sleep(self.random.uniform(0.001, 0.01))
        else:
            self.note("targets held", 0)
        self.agent_runs_on()


class TracerHeld(Stopped):
    """A debugger holds the agent's tracer for a moment."""

    def happen(self):
        tracer = tracer_of(self.subject.agent)
        with Held(tracer):
            held = len(self.held())
            self.place.wait(self.random.uniform(0.1, 1))
        self.note("targets held", held)
        self.agent_runs_on()


EVENTS = (Stopped, StoppedInVisit, TracerHeld)
