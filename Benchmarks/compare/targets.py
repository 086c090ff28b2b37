# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""The programs that tools take turns on."""

import json
import os
import select
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from harness import settled
from shared import CPUS, PROGRAMS, PYTHON, SOURCES, Trouble
from slowdown import give_priority

THREAD_START = {"_start", "main", "clone", "clone3", "__clone", "__clone3", "start_thread"}
STEPS = ("scan_text", "hash_words", "merge_runs", "pack_rows", "check_sums", "walk_tree",
         "copy_keys", "trim_ends", "count_bits", "find_gaps", "nest", "write_output")
SPLIT = ("hot_sixty", "warm_thirty", "cool_ten")


class Kind:
    """A program and what is asked of tools on it."""

    def __init__(self, name, language, command, measures, roots=(), functions=(), tools=None):
        self.name, self.language, self.command = name, language, command
        # Of: "laps" (by how much it is slower), "gaps" (its pauses), "stacks".
        self.measures = measures
        # The outermost frames of a whole stack.
        self.roots = THREAD_START | set(roots)
        self.functions = functions
        # Which tools, where not all of the language's.
        self.tools = tools


KINDS = {kind.name: kind for kind in (
    Kind("steps", "C", [PROGRAMS / "steps", "--seconds", 0], ("laps", "stacks"),
         functions=STEPS),
    Kind("calls", "C", [PROGRAMS / "steps", "--seconds", 0, "--reads", 200], ("laps",),
         tools=("nobody", "record", "syscalls", "perf-dwarf", "strace")),
    Kind("busy", "C", [PROGRAMS / "busy", "--seconds", 0, "--threads", 1], ("stacks",),
         roots=("compute",), functions=SPLIT),
    Kind("gapmeter", "C", [PROGRAMS / "gapmeter", "--seconds", 0, "--list", "{list}"], ("gaps",)),
    Kind("steps.py", "Python", [PYTHON, SOURCES / "steps.py", "--seconds", 0],
         ("laps", "stacks"), roots=("Py_BytesMain", "Py_RunMain", "<module>"), functions=SPLIT),
    Kind("gapmeter.py", "Python", [PYTHON, SOURCES / "gapmeter.py", "--seconds", 0, "--list",
                                   "{list}"], ("gaps",)),
)}


class Target:
    """A running program; one CPU is its own, and its priority is over the rest of the host."""

    def __init__(self, kind):
        self.kind = kind
        self.directory = tempfile.TemporaryDirectory(prefix="compare-target-")
        self.list = Path(self.directory.name) / "gaps"
        words = [str(word).format(list=self.list) for word in kind.command]
        # In a session of its own, whose priority is not that of what reads its laps.
        self.process = subprocess.Popen(
            ["setsid", "taskset", "-c", str(CPUS[-1]), *words], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE)
        self.rest = b""
        if not self.line().startswith("ready"):
            raise Trouble(f"{kind.name} did not become ready")
        self.pid = self.process.pid
        give_priority(self.pid)
        # The thread that computes: the last one that it has started.
        self.tid = max(map(int, os.listdir(f"/proc/{self.pid}/task")))

    def line(self, seconds=30):
        """The next line that it prints."""
        deadline = time.monotonic() + seconds
        while b"\n" not in self.rest:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                raise Trouble(f"{self.kind.name} prints nothing for {seconds} s")
            more = os.read(self.process.stdout.fileno(), 1 << 16)
            if not more:
                raise Trouble(f"{self.kind.name} has ended")
            self.rest += more
        line, self.rest = self.rest.split(b"\n", 1)
        return line.decode()

    def laps(self, count):
        """Wall and CPU time of the first laps that begin from now on."""
        from_ns, wall, cpu = time.monotonic_ns(), 0, 0
        while count > 0:
            began, lasted, used = map(int, self.line().split())
            if began >= from_ns:
                wall, cpu, count = wall + lasted, cpu + used, count - 1
        return {"wall": wall, "cpu": cpu}

    def is_alive(self):
        return self.process.poll() is None

    def left(self, grace=0.5):
        """What a tool left behind, in a sentence for each thread; put right after that."""
        if not self.is_alive():
            return [f"{self.kind.name} ended with {self.process.returncode}"]
        problems = settled(self.pid, grace)[1]
        if problems:
            os.kill(self.pid, signal.SIGCONT)
            settled(self.pid, 1)
        return problems

    def end(self):
        """What it says of itself at its end; None if it does not end."""
        if self.is_alive():
            os.kill(self.pid, signal.SIGTERM)
        try:
            output = self.rest + self.process.communicate(timeout=30)[0]
        except subprocess.TimeoutExpired:
            return None
        said = [line for line in output.decode().splitlines() if line.startswith("{")]
        return json.loads(said[-1]) if said else None

    def gaps(self):
        """Begin and end of each gap; after its end."""
        if not self.list.exists():
            return []
        return [tuple(map(int, line.split())) for line in self.list.read_text().splitlines()]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.is_alive():
            os.kill(self.pid, signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()
        self.directory.cleanup()
