# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Events of the fault campaign that stop an agent for a while, who can then let nobody go."""

import os
import signal
import time

from chaos_events import Event, seconds_until
from faults import tracer_of
from holding import Held

# For how long an agent is stopped at most, and looked at for a visit to stop it in.
STOP_SECONDS, WATCH_SECONDS = 2.0, 3.0


class Stopped(Event):
    """SIGSTOP of the agent at a random moment, and SIGCONT up to two seconds later.

    Nobody can let its tracees go meanwhile. So that is what is measured: whether a target was held
    at that moment, and for how long it stayed so.
    """

    def happen(self):
        self.freeze(self.random.uniform(0.1, STOP_SECONDS))
        self.agent_runs_on()

    def freeze(self, seconds):
        agent = self.subject.agent.process
        agent.send_signal(signal.SIGSTOP)
        began = time.monotonic()
        try:
            own = set(self.subject.threads())
            held = [tid for _, tid, tracer in self.subject.held() if tracer in own]
            self.place.wait(seconds)
            still = [tid for _, tid, tracer in self.subject.held()
                     if tracer in own and tid in held]
        finally:
            agent.send_signal(signal.SIGCONT)
        self.note("targets held", len(still))
        if still:
            self.note("held_ms", (time.monotonic() - began) * 1e3)


class StoppedInVisit(Stopped):
    """SIGSTOP as soon as a target is seen in a tracing stop, so that it is held."""

    def happen(self):
        own, pid = set(self.subject.threads()), self.subject.victim.pid
        threads = [os.open(f"/proc/{pid}/task/{tid}/stat", os.O_RDONLY)
                   for tid in os.listdir(f"/proc/{pid}/task")]
        try:
            seen = seconds_until(lambda: any(is_traced(file) for file in threads), WATCH_SECONDS)
            if seen is not None:
                self.freeze(self.random.uniform(0.1, STOP_SECONDS / 2))
            self.check(own, "the agent has no threads")
        finally:
            for file in threads:
                os.close(file)
        self.agent_runs_on()


class TracerHeld(Event):
    """A debugger holds the agent's tracer for a moment."""

    def happen(self):
        tracer = tracer_of(self.subject.agent)
        with Held(tracer):
            held = len(self.subject.held())
            self.place.wait(self.random.uniform(0.1, 1))
        self.note("targets held", held)
        self.agent_runs_on()


def is_traced(file):
    """Whether a thread's stat file says that a tracer has stopped it."""
    try:
        text = os.pread(file, 128, 0)
    except OSError:
        return False
    return text[text.rfind(b")") + 2:text.rfind(b")") + 3] == b"t"


EVENTS = (Stopped, StoppedInVisit, TracerHeld)
