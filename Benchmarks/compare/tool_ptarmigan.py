# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Ptarmigan: the agent on the whole host at its defaults, and its verbs on one process."""

import contextlib
import re
import signal
import time
import types
import urllib.request

import stacks
from children import first_line
from shared import PTARMIGAN, Trouble
from tools import RATE, Tool

# In which an agent reads the files of all processes, and pays for that out of its budget for CPU
# time; it runs for months after that.
AGENT_BEGINS_SECONDS = 30
# In which one that goes on finds new processes.
AGENT_SETTLES_SECONDS = 1.5
RECORD_SETTLES_SECONDS = 0.5
GROUP = "compared"
RULES = f"""process_names:
  - name: {GROUP}
    cmdline: ['(\\.build-targets|Tests/Targets)/']
"""


class Agent(Tool):
    key, title = "agent", "ptarmigan agent"
    gives, way, is_killable = "stacks", "ptrace, one thread at a time, those on a CPU", True
    ends_with = 15

    @classmethod
    def missing(cls):
        return None if PTARMIGAN.exists() else "not built: make build"

    @classmethod
    def version(cls):
        return first_line([PTARMIGAN, "--version"])

    @classmethod
    def words(cls, pid, file):
        return [PTARMIGAN, "agent", "--web.listen-address", "127.0.0.1:0", "--config.file",
                f"{file}.yml"]

    # The agent of all rounds, where there is one: paused while others have their turn.
    resident = None

    @classmethod
    @contextlib.contextmanager
    def kept_running(cls):
        """One agent for all rounds, as agents are used."""
        with cls(types.SimpleNamespace(pid=0)) as agent:
            agent.launch()
            time.sleep(AGENT_BEGINS_SECONDS)
            agent.child.send(signal.SIGUSR1)
            cls.resident = agent
            try:
                yield
            finally:
                cls.resident = None

    def launch(self):
        self.url = self.answer = self.counted = None
        if self.resident is not None:
            self.child, self.url = self.resident.child, self.resident.url
            self.child.send(signal.SIGUSR1)
        else:
            # Only how groups are called, so that the target's can be asked for.
            self.file.with_name("out.yml").write_text(RULES)
            super().launch()
        time.sleep(AGENT_SETTLES_SECONDS)

    def is_ready(self):
        match = re.search(r"(http://\S+)/metrics", self.child.said())
        self.url = match and match[1]
        return match is not None

    def close(self):
        # That of all rounds ends with them.
        if self.resident is not None and self.child is self.resident.child:
            self.child = None
        super().close()

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=30) as answer:
            return answer.read().decode()

    def profile(self, form):
        """What it has kept of the window, as text."""
        began = time.time() - (time.monotonic() - self.began)
        return self.get(f"/flamegraph?group={GROUP}&format={form}&from={began:.3f}"
                        f"&to={self.ended_at:.3f}")

    def end(self):
        self.ended_at = time.time()
        try:
            self.answer = self.profile("folded")
            # The other format's numbers are microseconds.
            samples = re.search(r"^# Samples: (\d+)", self.profile("text"), re.MULTILINE)
            self.counted = int(samples[1]) if samples else 0
        except OSError as error:
            self.failure = f"no profile: {error}"
        self.ended = time.monotonic()
        if self.resident is not None:
            self.look()
            self.child.send(signal.SIGUSR1)
        else:
            super().end()
        # It was asked while it ran, and its end is part of no answer.
        self.after_seconds = 0.0

    def stacks(self):
        found = stacks.folded(self.answer or "", stacks.ptarmigan_frame)
        found.counted = self.counted
        return found


class Record(Tool):
    key, title = "record", "ptarmigan record"
    gives, way, is_killable = "stacks", Agent.way, True
    missing, version = Agent.missing, Agent.version

    @classmethod
    def words(cls, pid, file):
        return [PTARMIGAN, "record", "-p", pid, "-r", RATE, "--no-inline", "-o", f"{file}.folded"]

    def launch(self):
        super().launch()
        time.sleep(RECORD_SETTLES_SECONDS)
        if not self.child.is_alive():
            raise Trouble(f"{self.title} ended: {self.excuse()}")

    def sampled_seconds(self):
        match = re.search(r"s of CPU time in ([\d.]+) s", self.child.said())
        return float(match[1]) if match else super().sampled_seconds()

    def stacks(self):
        path = self.file.with_name("out.folded")
        return stacks.folded(path.read_text() if path.exists() else "", stacks.ptarmigan_frame)


class SystemCalls(Record):
    key, title = "syscalls", "ptarmigan syscalls"
    gives, way = "counts", "ptrace, short windows on system calls"

    @classmethod
    def words(cls, pid, file):
        return [PTARMIGAN, "syscalls", "-p", pid, "-d", "600", "-o", f"{file}.txt"]

    def stacks(self):
        return None
