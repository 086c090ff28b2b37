# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""perf, with frame pointers and with copies of stacks that it unwinds afterwards."""

import os
import select
import shutil
import subprocess

import stacks
from children import Child, first_line, run
from shared import DEADLINE_SECONDS, Trouble
from tools import RATE, Tool


def event():
    """The processor's cycles where there are counters for them, else the kernel's timer."""
    tried = subprocess.run(["perf", "stat", "-x,", "-e", "cycles", "--", "true"], text=True,
                           capture_output=True, stdin=subprocess.DEVNULL)
    good = tried.returncode == 0 and "not supported" not in tried.stderr
    return "cycles" if good else "cpu-clock"


class Perf(Tool):
    key, title = "perf-fp", "perf record -g"
    gives, way, is_killable = "stacks", "the kernel, at a timer's interrupt", True
    graph = ["-g"]
    event = None
    # Descriptors over which it is spoken with.
    commands = answers = None

    @classmethod
    def missing(cls):
        if shutil.which("perf") is None:
            return "not installed (Debian's linux-perf)"
        tried = subprocess.run(["perf", "record", "-q", "-e", "cpu-clock", "-o", "/dev/null", "--",
                                "true"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        return None if tried.returncode == 0 else f"may not: {tried.stderr.strip()[:200]}"

    @classmethod
    def version(cls):
        return first_line(["perf", "--version"])

    @classmethod
    def words(cls, pid, file):
        Perf.event = Perf.event or event()
        return ["perf", "record", "-e", Perf.event, "-F", RATE, *cls.graph, "-p", pid, "-o",
                f"{file}.data"]

    def launch(self):
        control, self.commands = os.pipe()
        self.answers, answer = os.pipe()
        try:
            self.child = Child(
                [*self.words(self.target.pid, self.file), "--control", f"fd:{control},{answer}"],
                pass_fds=(control, answer))
        finally:
            os.close(control)
            os.close(answer)
        # It answers from its loop, which it enters when its counters run.
        os.write(self.commands, b"ping\n")
        if not select.select([self.answers], [], [], DEADLINE_SECONDS)[0] or \
                not os.read(self.answers, 16).startswith(b"ack"):
            raise Trouble(f"{self.title} does not answer: {self.excuse()}")

    def end(self):
        super().end()
        os.close(self.commands)
        os.close(self.answers)
        self.commands = self.answers = None

    def stacks(self):
        """Unwound and named now; that is part of what it costs."""
        ended = run(["perf", "script", "-i", f"{self.file}.data", "--no-inline",
                     "-F", "comm,tid,ip,sym,dso"])
        self.after_seconds += ended.cpu_seconds
        self.after_mib = ended.peak_mib
        return stacks.perf_script(ended.written)

    def close(self):
        for number in filter(None, (self.commands, self.answers)):
            os.close(number)
        self.commands = self.answers = None
        super().close()


class PerfDwarf(Perf):
    key, title = "perf-dwarf", "perf record --call-graph dwarf"
    way = "the kernel, at a timer's interrupt, with a copy of the stack"
    graph = ["--call-graph", "dwarf"]
