# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""What the tests of a running agent share: the agent, its metrics, what /proc says."""

import contextlib
import os
import re
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from recordings import PROGRAMS as TARGETS, ROOT, check

PROGRAM = ROOT / ".build/release/ptarmigan"
SAMPLE = re.compile(r"^(\w+)(?:\{(.*)\})? (\S+)$", re.MULTILINE)
TEXT = "text/plain; version=0.0.4"
OPENMETRICS = "application/openmetrics-text; version=1.0.0"
WAIT_SECONDS = 60
STOP_SECONDS = 30
# Scrapes are paid out of the agent's budget.
POLL_SECONDS = 0.5


class Failure(Exception):
    """What keeps a test from going on, in one line."""


def wait_for(what, attempt, processes=(), seconds=WAIT_SECONDS):
    """The first answer of `attempt` that is true; a process that ends first is a failure."""
    deadline = time.monotonic() + seconds
    last = "not yet"
    while time.monotonic() < deadline:
        for process in processes:
            if process.poll() is not None:
                raise Failure(f"{process.args[0]} ended with {process.returncode} before {what}")
        try:
            answer = attempt()
            if answer:
                return answer
        except (OSError, ValueError) as error:
            last = str(error)
        time.sleep(POLL_SECONDS)
    raise Failure(f"waited {seconds} s for {what}: {last}")


def stop(process):
    """Asks a process to end, insists if it will not, and returns its exit code."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return process.returncode


@contextlib.contextmanager
def started(*command, **options):
    """A target program that is ready, until the block ends."""
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, text=True,
                               **options)
    try:
        process.stdout.readline()
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def status(pid):
    """The fields of /proc/PID/status by name; None if there is no such process."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(errors="replace").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def cpu_seconds(pid):
    """What all threads of a process have run, by the scheduler's count."""
    return sum(int((task / "schedstat").read_text().split()[0])
               for task in Path(f"/proc/{pid}/task").iterdir()) / 1e9


def get(url, accept=TEXT):
    """The content type and the body of an answer."""
    request = urllib.request.Request(url, headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.headers.get("Content-Type", ""), answer.read().decode()


class Answer:
    """A status, headers and a body, whatever the status."""

    def __init__(self, url, method="GET", headers=None, timeout=60):
        request = urllib.request.Request(url, method=method, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                self.status, self.headers, self.body = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            self.status, self.headers, self.body = error.code, error.headers, error.read()

    @property
    def text(self):
        return self.body.decode()


class Agent:
    """An agent on a free port, without its canary unless it is asked for.

    `command` is what starts it, where that is not the program alone.
    """

    def __init__(self, *arguments, canary=False, command=(PROGRAM,), environment=None, **options):
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [*map(str, command), "agent", "--web.listen-address", "127.0.0.1:0",
             *([] if canary else ["--no-canary"]), *map(str, arguments)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.errors,
            env={**os.environ, **(environment or {})}, **options)
        try:
            self.url = wait_for("the agent listens", self.address, [self.process])
        except Failure as failure:
            stop(self.process)
            raise SystemExit(f"{failure}: {self.output()}") from failure

    def __enter__(self):
        return self

    def __exit__(self, exception, *_):
        stop(self.process)
        if exception:
            print("agent:", *self.output().splitlines()[-20:], sep="\n", flush=True)
        self.errors.close()

    @property
    def pid(self):
        return self.process.pid

    def output(self):
        self.errors.seek(0)
        return self.errors.read()

    def address(self):
        found = re.search(r"https?://\S+/metrics", self.output())
        return found and found[0]

    def wait(self, what, attempt, seconds=WAIT_SECONDS):
        """The first answer of `attempt` that is true; a check that fails if none comes."""
        try:
            return wait_for(what, attempt, [self.process], seconds)
        except Failure as failure:
            check(False, failure)
            return None

    def samples(self):
        return [(name, labels, float(value))
                for name, labels, value in SAMPLE.findall(get(self.url)[1])]

    def value(self, name, *labels):
        return sum(value for found, text, value in self.samples()
                   if found == name and all(label in text for label in labels))

    def groups(self):
        """Groups with a process, by name."""
        return {re.search('group="([^"]*)"', labels)[1]: value
                for name, labels, value in self.samples()
                if name == "ptarmigan_group_processes" and value > 0}

    def signal(self, number):
        self.process.send_signal(number)


def counters(text):
    """Names of the counter families in an answer in the text format."""
    return re.findall(r"^# TYPE (\S+) counter$", text, re.MULTILINE)
