# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Processes that are started here: how they end, what they and theirs have used."""

import os
import signal
import subprocess
import tempfile
import time
from collections import namedtuple
from pathlib import Path

from shared import CPUS, DEADLINE_SECONDS, Trouble

# Tools may run where they would anywhere; what measures them keeps off the target's CPU.
EVERYWHERE = ["taskset", "-c", ",".join(map(str, CPUS))]


def wait_for(condition, what, seconds=DEADLINE_SECONDS, pause=0.02):
    """The first true value of a condition."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(pause)
    raise Trouble(f"waited {seconds} s: {what}")


# How often a program that is waited for is looked at.
POLL_SECONDS = 0.003


class Child:
    """A program whose output goes into files, so that it never waits for a reader."""

    def __init__(self, words, **options):
        self.output, self.errors = tempfile.TemporaryFile("w+"), tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [*EVERYWHERE, *map(str, words)], stdin=subprocess.DEVNULL, stdout=self.output,
            stderr=self.errors, **options)
        self.pid = self.process.pid
        # What it and its children have used, once it has ended.
        self.usage = None
        # The most memory that was seen. The kernel's own figure begins with the memory of who
        # started the program.
        self.peak_mib = 0.0

    def reap(self, seconds=DEADLINE_SECONDS):
        """Waits for its end and keeps what it has used; insists if it does not end."""
        deadline = time.monotonic() + seconds
        while self.usage is None:
            pid, status, usage = os.wait4(self.pid, os.WNOHANG)
            if pid == self.pid:
                self.usage = usage
                self.process.returncode = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > deadline:
                os.kill(self.pid, signal.SIGKILL)
                deadline += seconds
            else:
                self.look()
                time.sleep(POLL_SECONDS)
        return self.usage

    def look(self):
        """Notes its memory; called while it is at work, and as often as it is waited for."""
        self.peak_mib = max(self.peak_mib, peak_mib(self.pid))

    def is_alive(self):
        if self.usage is None:
            pid, status, usage = os.wait4(self.pid, os.WNOHANG)
            if pid == self.pid:
                self.usage = usage
                self.process.returncode = os.waitstatus_to_exitcode(status)
        return self.usage is None

    def send(self, number):
        if self.is_alive():
            os.kill(self.pid, number)

    def end(self, number=signal.SIGINT):
        self.send(number)
        return self.reap()

    def said(self):
        """Both of its outputs."""
        texts = []
        for file in (self.output, self.errors):
            file.seek(0)
            texts.append(file.read())
        return texts[0] + texts[1]

    def written(self):
        self.output.seek(0)
        return self.output.read()

    def close(self):
        self.send(signal.SIGKILL)
        self.reap()
        self.output.close()
        self.errors.close()


def seconds_of(usage):
    return usage.ru_utime + usage.ru_stime


def descendants(pid):
    """A process and all that it and its children have started and that are still there."""
    found = [pid]
    for parent in found:
        try:
            for task in Path(f"/proc/{parent}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except (FileNotFoundError, ProcessLookupError):
            pass
    return found


def cpu_seconds(pid):
    """What a process has used so far, with the children that it has and those that ended."""
    total = 0.0
    for one in descendants(pid):
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                total += int((task / "schedstat").read_text().split()[0]) / 1e9
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")
    return total


def peak_mib(pid):
    """The most resident memory of a process and of each of its children, added up."""
    total = 0
    for one in descendants(pid):
        try:
            status = Path(f"/proc/{one}/status").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(int(line.split()[1]) for line in status.splitlines()
                     if line.startswith("VmHWM:"))
    return total / 1024


Ended = namedtuple("Ended", "code written said cpu_seconds peak_mib")


def run(words, **options):
    """A command that ends by itself, with its output and what it has used."""
    child = Child(words, **options)
    try:
        child.reap()
        return Ended(child.process.returncode, child.written(), child.said(),
                     seconds_of(child.usage), child.peak_mib)
    finally:
        child.close()


def first_line(words):
    """What a tool says of its version."""
    said = run(words).said
    return said.strip().splitlines()[0].strip() if said.strip() else ""
