# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""What the events of the fault campaign share."""

import contextlib
import errno
import os
import signal

# Its agent holds a thread for microseconds, and for the time of a window now and then.
TRIES = 20
TRY_SECONDS = 0.1
# For an agent to find a new process and to visit it some times.
FIND_SECONDS = 1.0
# For a program to end.
END_SECONDS = 10


class Event:
    """Something that happens to an agent, or to a program that it samples.

    `happen` does it and undoes what would last; a sentence for each thing that is wrong goes to
    `wrong`, a number worth knowing to `note`.
    """

    # Whether the agent may be gone afterwards.
    may_kill = False
    # Why it can't be done here.
    missing = None

    def __init__(self, place, subject):
        self.place, self.subject, self.random = place, subject, place.random
        self.problems, self.notes = [], {}

    def happen(self):
        raise NotImplementedError

    def wrong(self, what):
        self.problems.append(what)

    def note(self, what, number):
        self.notes.setdefault(what, []).append(number)

    def check(self, holds, what):
        if not holds:
            self.wrong(what)

    def tried(self, what, attempt):
        """An attempt that the agent may be in the way of, until it succeeds."""
        for number in range(1, TRIES + 1):
            answer = attempt()
            if answer:
                self.note("tries", number)
                return answer
            self.place.wait(self.random.uniform(0, TRY_SECONDS))
        self.wrong(f"{what} failed {TRIES} times")
        return None

    @contextlib.contextmanager
    def stopped_by_owner(self):
        """The number of a target that its owner has stopped until the block ends."""
        victim = self.subject.victim.pid
        os.kill(victim, signal.SIGSTOP)
        self.subject.stopped.add(victim)
        try:
            yield victim
        finally:
            self.subject.stopped.discard(victim)
            os.kill(victim, signal.SIGCONT)

    def agent_runs_on(self):
        """For events that no agent may die of."""
        if not self.subject.is_alive:
            self.wrong(f"the agent ended with {self.subject.agent.process.returncode}: "
                       f"{' / '.join(self.subject.agent.output().splitlines()[-3:])}")


class Ending:
    """A target that lasts for one event only."""

    def __init__(self, target):
        self.target, self.pid = target, target.pid

    def report(self, name):
        self.target.terminate()
        return self.target.finish(END_SECONDS).get(name)

    def close(self):
        self.target.kill()


def unless_traced(attempt):
    """The result of an attempt that fails where somebody else is the tracer; None then."""
    try:
        return attempt()
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EBUSY):
            raise
        return None
