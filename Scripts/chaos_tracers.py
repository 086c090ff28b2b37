# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Events of the fault campaign in which others stop or trace a target: its owner, debuggers,
another target."""

import contextlib
import os
import signal
import subprocess
import sys

from agents import ROOT
from chaos_events import END_SECONDS, FIND_SECONDS, Event, unless_traced
from chaos_place import run
from harness import not_as_found, settled
from holding import Held

TRACER_SECONDS = 0.3


class StoppedByOwner(Event):
    """SIGSTOP and, later, SIGCONT by whom it belongs to: the agent changes neither."""

    def happen(self):
        with self.stopped_by_owner() as victim:
            took, problems = settled(victim, 1, stopped=True)
            self.place.wait(self.random.uniform(0.3, 1.5))
            self.problems += (problems or not_as_found(victim, stopped=True))[:1]
        took, problems = settled(victim, 1)
        self.note("stop_ms", took * 1e3)


class DebuggedByGdb(Event):
    """gdb attaches and detaches; the agent may be there first, so it may have to try again."""

    def happen(self):
        command = ("gdb", "-nx", "-batch", "-p", self.subject.victim.pid, "-ex", "detach")
        self.tried("gdb", lambda: "detached]" in run(command).stdout)


class TracedByStrace(Event):
    """strace attaches to all threads, and is interrupted."""

    def happen(self):
        self.tried("strace", self.attempt)

    def attempt(self):
        process = subprocess.Popen(
            ["strace", "-f", "-o", "/dev/null", "-p", str(self.subject.victim.pid)],
            stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            attached = "attached" in process.stderr.readline()
            if attached:
                self.place.wait(TRACER_SECONDS)
                process.send_signal(signal.SIGINT)
            process.communicate(timeout=END_SECONDS)
            return attached
        finally:
            process.kill()
            process.wait()


class HeldByAnother(Event):
    """Another tracer holds one thread of a target; its others run and may be visited."""

    def happen(self):
        victim = self.subject.victim.pid
        thread = int(self.random.choice(os.listdir(f"/proc/{victim}/task")))
        held = self.tried("a seize", lambda: unless_traced(Held(thread).__enter__))
        if held:
            self.place.wait(TRACER_SECONDS)
            held.__exit__()


class TraceEachOther(Event):
    """Two targets, each of which is the other one's tracer."""

    def happen(self):
        command = [sys.executable, ROOT / "Scripts/holding.py", f"{self.subject.directory}/"]
        with contextlib.ExitStack() as stack:
            pair = [stack.enter_context(ended(subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                text=True))) for _ in range(2)]
            for process, other in (pair, pair[::-1]):
                process.stdin.write(f"{other.pid}\n")
                process.stdin.flush()
            # One of them ends where the agent visits it at that moment.
            traces = [process.stdout.readline() == "traces\n" for process in pair]
            self.note("tracers", sum(traces))
            self.place.wait(FIND_SECONDS)
            for process in pair:
                process.stdin.close()
            for process in pair:
                try:
                    process.wait(END_SECONDS)
                except subprocess.TimeoutExpired:
                    self.wrong(f"{process.pid} of two that trace each other does not end")


@contextlib.contextmanager
def ended(process):
    """A process that is gone after the block."""
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


EVENTS = (StoppedByOwner, DebuggedByGdb, TracedByStrace, HeldByAnother, TraceEachOther)
