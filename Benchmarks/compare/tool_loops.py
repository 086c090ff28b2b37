# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Debuggers that print all stacks once, again and again: what is done where nothing else may."""

import shutil
import threading
import time

import stacks
from children import Child, cpu_seconds, first_line, seconds_of
from shared import Trouble
from tools import Tool

PAUSE_SECONDS = 0.1


class Loop(Tool):
    """One run after the other, with a tenth of a second between two."""

    gives, is_killable = "stacks", True
    way = "ptrace, all threads, held while their stacks are unwound and named"

    def launch(self):
        self.going_on = threading.Event()
        self.going_on.set()
        self.texts, self.used, self.current = [], 0.0, None
        self.thread = threading.Thread(target=self.repeat, daemon=True)
        self.thread.start()
        deadline = time.monotonic() + 60
        while not self.texts:
            if time.monotonic() > deadline:
                raise Trouble(f"{self.title} does not end")
            time.sleep(0.005)

    def repeat(self):
        while self.going_on.is_set():
            child = Child(self.words(self.target.pid, self.file))
            self.current = child
            usage = child.reap()
            self.current = None
            self.used += seconds_of(usage)
            self.after_mib = max(self.after_mib, child.peak_mib)
            self.texts.append(child.said())
            child.close()
            time.sleep(PAUSE_SECONDS)

    def start(self):
        super().start()
        self.first = len(self.texts)

    def cpu_seconds(self):
        current = self.current
        return self.used + (cpu_seconds(current.pid) if current else 0.0)

    def end(self):
        # A run is not killed: that could leave the target stopped.
        self.ended = time.monotonic()
        self.going_on.clear()
        self.thread.join(60)

    def victim(self):
        current = self.current
        return current.pid if current else None

    def stacks(self):
        found = stacks.Stacks()
        for text in self.texts[self.first:]:
            found.add(self.parse(text))
        return found

    def close(self):
        if getattr(self, "going_on", None) is not None:
            self.going_on.clear()
            self.thread.join(60)
        super().close()


class EuStack(Loop):
    key, title = "eu-stack", "eu-stack in a loop"

    @classmethod
    def missing(cls):
        return None if shutil.which("eu-stack") else "not installed (Debian's elfutils)"

    @classmethod
    def version(cls):
        return first_line(["eu-stack", "--version"])

    @classmethod
    def words(cls, pid, file):
        return ["eu-stack", "-p", pid]

    def parse(self, text):
        return stacks.eu_stack(text, self.target.tid)


class Gdb(Loop):
    key, title = "gdb", "gdb in a loop"

    @classmethod
    def missing(cls):
        return None if shutil.which("gdb") else "not installed (Debian's gdb)"

    @classmethod
    def version(cls):
        return first_line(["gdb", "--version"])

    @classmethod
    def words(cls, pid, file):
        return ["gdb", "-nx", "-q", "-batch", "-iex", "set debuginfod enabled off",
                "-iex", "set pagination off", "-p", pid, "-ex", "thread apply all bt", "-ex",
                "detach"]

    def parse(self, text):
        return stacks.gdb(text, self.target.tid)
