# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""The profilers that slowdown.py compares.

Each is at work when its block is entered, and is ended as it is meant to be, never in a stop.
"""

import os
import re
import select
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from cost import AGENT, Started, family, run_seconds

ROOT = Path(__file__).resolve().parents[2]
# Where Scripts/install-dependencies.sh puts what Debian does not have.
PY_SPY = ROOT / ".build-tools/py-spy/bin/py-spy"
DEADLINE_SECONDS = 60
everywhere = []


def wait_for(condition, what):
    """The first true value of a condition."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.1)
    raise TimeoutError(what)


def stops(pid):
    """How often a program's first thread gave its CPU up: one that only computes does so when it is
    stopped, and at no other time. The kernel counts it, so a tool need not be asked."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", status, re.MULTILINE)[1])


class Nobody:
    """No profiler, for about as long as one takes to start."""

    # Where that is not the number of stops.
    samples_per_second = None
    process = None

    def __init__(self, pid):
        self.pid = pid

    def cpu_seconds(self):
        """What the tool has used so far, with the children that it has and those that ended."""
        if self.process is None:
            return 0
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        ended = (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")
        return run_seconds(family(self.process.pid)) + ended

    @staticmethod
    def missing():
        """Why it can't be used here; None where it can."""
        return None

    def __enter__(self):
        time.sleep(0.3)
        return self

    def __exit__(self, *_):
        pass


class Agent(Nobody):
    """`ptarmigan agent` on the whole host, from when it has visited the program some times: after a
    second or two, in which it reads the files of all processes."""

    options = ()
    VISITS = 10

    def __enter__(self):
        self.started = Started(*everywhere, *AGENT, *self.options)
        before = stops(self.pid)
        self.process = self.started.__enter__()
        try:
            wait_for(lambda: stops(self.pid) >= before + self.VISITS, "the agent does not visit")
        except BaseException:
            self.started.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.started.__exit__()


class UnboundAgent(Agent):
    """As often as perf is asked to."""

    options = ("--rate", "99", "--budget.target-pause", "100", "--budget.agent-cpu", "100")


class Perf(Nobody):
    """perf in its own words: what somebody types who wants stacks without frame pointers."""

    @staticmethod
    def missing():
        if shutil.which("perf") is None:
            return "perf is not installed (Debian's linux-perf)"
        tried = subprocess.run(["perf", "record", "-q", "-o", "/dev/null", "--", "true"],
                               capture_output=True, text=True, stdin=subprocess.DEVNULL)
        return None if tried.returncode == 0 else f"perf may not: {tried.stderr.strip()[:200]}"

    def __enter__(self):
        self.directory = tempfile.TemporaryDirectory()
        control, self.commands = os.pipe()
        self.answers, answer = os.pipe()
        self.process = subprocess.Popen(
            [*everywhere, "perf", "record", "--call-graph", "dwarf", "-F", "99", "-p",
             str(self.pid), "-o", f"{self.directory.name}/perf.data",
             "--control", f"fd:{control},{answer}"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            pass_fds=(control, answer))
        os.close(control)
        os.close(answer)
        # It answers from its loop, which it enters when its counters run.
        os.write(self.commands, b"ping\n")
        if not select.select([self.answers], [], [], DEADLINE_SECONDS)[0] or \
                not os.read(self.answers, 16).startswith(b"ack"):
            self.process.kill()
            raise TimeoutError("perf does not answer")
        self.began = time.monotonic()
        return self

    def __exit__(self, *_):
        spent = time.monotonic() - self.began
        self.process.send_signal(signal.SIGINT)
        said = self.process.communicate(timeout=DEADLINE_SECONDS)[1]
        os.close(self.commands)
        os.close(self.answers)
        self.directory.cleanup()
        match = re.search(r"\((\d+) samples\)", said)
        self.samples_per_second = int(match[1]) / spent if match else 0


class PySpy(Nobody):
    """py-spy with its own default of one stop of the program for each sample."""

    options = ()

    @staticmethod
    def path():
        return str(PY_SPY) if PY_SPY.exists() else shutil.which("py-spy")

    @staticmethod
    def missing():
        return None if PySpy.path() else "py-spy is not installed (not in Debian; on PyPI)"

    def __enter__(self):
        self.directory = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(
            [*everywhere, self.path(), "record", "-p", str(self.pid), "-r", "99", *self.options,
             "-f", "raw", "-o", f"{self.directory.name}/stacks"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        line = "Sampling"
        while line and "Sampling process" not in line:
            line = self.process.stdout.readline()
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=DEADLINE_SECONDS)
        self.directory.cleanup()


class NativePySpy(PySpy):
    """With the frames of C, as the others have them."""

    options = ("--native",)


class StackLoop(Nobody):
    """eu-stack again and again, with a tenth of a second between two."""

    LOOP = 'while [ -e "$1" ]; do eu-stack -p "$2" >&2; echo; sleep 0.1; done'

    @staticmethod
    def missing():
        return None if shutil.which("eu-stack") else "eu-stack is not installed (Debian's elfutils)"

    def __enter__(self):
        self.directory = tempfile.TemporaryDirectory()
        self.flag = Path(self.directory.name) / "goes-on"
        self.flag.touch()
        self.process = subprocess.Popen(
            [*everywhere, "sh", "-c", self.LOOP, "loop", str(self.flag), str(self.pid)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.process.stdout.readline()
        self.began = time.monotonic()
        return self

    def __exit__(self, *_):
        # eu-stack is not killed: that could leave the program stopped.
        spent = time.monotonic() - self.began
        self.flag.unlink()
        said = self.process.communicate(timeout=DEADLINE_SECONDS)[0]
        self.samples_per_second = said.count("\n") / spent
        self.directory.cleanup()
