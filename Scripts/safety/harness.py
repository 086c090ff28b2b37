# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""What the drivers of this folder share: targets, agents, what /proc says of them, verdicts.

An agent is a command line with `{pid}` and `{rate}` in it, and `{method}` or `{point}` where a
driver asks for them. Only processes that were started here, or their children, are signalled.
"""

import argparse
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / ".build-targets"
NAIVE = f"{shlex.quote(str(PROGRAMS / 'naive-visitor'))} --pid {{pid}} --rate {{rate}}"


class HarnessError(Exception):
    """Something that keeps a run from being judged at all."""


class TargetHung(Exception):
    """A target under an agent did not report within its time: a promise is broken."""

    def __init__(self, target):
        left = [f"{tid} {state} TracerPid {tracer}" for tid, state, tracer in threads(target.pid)
                if tracer or state in "tTZ"]
        super().__init__(f"{target.name} did not report; stopped, traced or dead threads: "
                         f"{', '.join(left) or 'none'}")


class Target:
    """A program of Tests/Targets: its `ready` line is read, its JSON lines are kept."""

    def __init__(self, *command, environment=None):
        self.name = str(command[0])
        program = PROGRAMS / self.name
        self.process = subprocess.Popen(
            [str(program if program.exists() else self.name), *map(str, command[1:])],
            stdout=subprocess.PIPE, text=True, env=environment)
        line = self.process.stdout.readline().split()
        if not line or line[0] != "ready":
            raise HarnessError(f"{self.name} did not become ready; run it by hand: {command}")
        self.pid, *self.others = map(int, line[1:])

    def terminate(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def finish(self, seconds):
        """The JSON lines by target name; an empty dictionary if it did not end in time."""
        try:
            output, _ = self.process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            return {}
        results = {}
        for line in output.splitlines():
            if line.startswith("{"):
                result = json.loads(line)
                results[result["target"]] = result
        return results

    def kill(self):
        """For the way out: it and the process it named are gone afterwards."""
        if self.process.poll() is None:
            for pid in {self.pid, self.process.pid}:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()


class Agent:
    """A running agent. Its output goes to files, so that it can never block on a full pipe."""

    def __init__(self, template, pid, rate=99, **values):
        words = shlex.split(template)
        values.update(pid=pid, rate=rate)
        self.command = [word.format(**values) for word in words]
        self.output = tempfile.TemporaryFile("w+")
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, stdout=self.output, stderr=self.errors)
        self.pid = self.process.pid

    def is_alive(self):
        return self.process.poll() is None

    def stop(self, seconds=10):
        """SIGTERM, then a wait. None, or a sentence that says what went wrong."""
        if not self.is_alive():
            return f"agent ended by itself with status {self.process.returncode}: {self.excuse()}"
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            return f"agent did not end within {seconds} s of SIGTERM"
        if status not in (0, -signal.SIGTERM):
            return f"agent ended with status {status}: {self.excuse()}"
        return None

    def end(self):
        """Like stop(), but it may have ended by itself, properly, when its only target did."""
        return None if self.process.poll() == 0 else self.stop()

    def kill(self):
        if self.is_alive():
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def excuse(self):
        self.errors.seek(0)
        lines = self.errors.read().strip().splitlines()
        return lines[-1] if lines else "no message"

    def result(self, metrics_url=None):
        """What it says of itself: its metrics if it serves any, else its last JSON line."""
        if metrics_url and self.is_alive():
            return read_metrics(metrics_url)
        self.output.seek(0)
        lines = [line for line in self.output.read().splitlines() if line.startswith("{")]
        return json.loads(lines[-1]) if lines else None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()


def read_metrics(url):
    """The counters and gauges of a Prometheus page, summed over their labels."""
    with urllib.request.urlopen(url, timeout=5) as answer:
        lines = answer.read().decode().splitlines()
    sums = {}
    for line in lines:
        match = re.match(r"([a-zA-Z_:][\w:]*)(?:\{.*\})? (\S+)", line)
        if match and not match[1].endswith("_bucket"):
            sums[match[1]] = sums.get(match[1], 0.0) + float(match[2])
    return sums


def stat_fields(pid, tid=None):
    """The fields of /proc/PID/stat after the name: [0] is the state, [1] the parent."""
    path = f"/proc/{pid}/stat" if tid is None else f"/proc/{pid}/task/{tid}/stat"
    text = Path(path).read_text(errors="replace")
    fields = text[text.rindex(")") + 2:].split()
    return [fields[0], *map(int, fields[1:])]


def threads(pid):
    """(tid, state letter, TracerPid) of each thread; empty when the process is gone."""
    found = []
    try:
        tids = os.listdir(f"/proc/{pid}/task")
    except FileNotFoundError:
        return found
    for tid in tids:
        try:
            lines = Path(f"/proc/{pid}/task/{tid}/status").read_text(errors="replace").splitlines()
        except (FileNotFoundError, ProcessLookupError):
            continue
        fields = dict(line.split(":", 1) for line in lines if ":" in line)
        found.append((int(tid), fields["State"].split()[0], int(fields["TracerPid"])))
    return found


def not_as_found(pid, stopped=False, tracer=0):
    """One sentence for each thread that is traced or (un)stopped otherwise than it was."""
    problems = []
    for tid, state, traced_by in threads(pid):
        if traced_by != tracer:
            problems.append(f"thread {tid} of {pid} has TracerPid {traced_by}")
        if state == "t" and tracer == 0 or stopped != (state == "T") and state not in "tZX":
            problems.append(f"thread {tid} of {pid} is in state {state}")
    return problems


def settled(pid, grace, stopped=False):
    """Waits until the process is as found; (seconds that took, what is still wrong)."""
    start = time.monotonic()
    while True:
        problems = not_as_found(pid, stopped)
        spent = time.monotonic() - start
        if not problems or spent > grace:
            return spent, problems
        time.sleep(0.001)


def run_time_ns(pid):
    """The CPU time of all living threads."""
    total = 0
    for tid, _, _ in threads(pid):
        try:
            total += int(Path(f"/proc/{pid}/task/{tid}/schedstat").read_text().split()[0])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total


def progresses(pid, seconds=2):
    """Whether a computing process gets CPU time within the given time."""
    before, end = run_time_ns(pid), time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.005)
        if run_time_ns(pid) > before:
            return True
    return False


def children(pid, state=None):
    found = []
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            fields = stat_fields(entry)
        except (FileNotFoundError, ProcessLookupError):
            continue
        if fields[1] == pid and state in (None, fields[0]):
            found.append(int(entry))
    return found


def lasting_zombies(pid):
    """Children of the agent that nobody has reaped for half a second."""
    before = set(children(pid, "Z"))
    if not before:
        return before
    time.sleep(0.5)
    return before & set(children(pid, "Z"))


def voluntary_switches(pid, tid):
    """How often a thread left its CPU to wait; a stop is such a wait, and being displaced is not."""
    status = Path(f"/proc/{pid}/task/{tid}/status").read_text(errors="replace")
    return int(status.split("\nvoluntary_ctxt_switches:")[1].split()[0])


def see_visits(template, rate, seconds=5.0, **values):
    """Watches a thread that only computes until it has waited: the agent does stop it.

    Without this an agent that does nothing would pass everything. To look for its tracer would
    not do: where the tracer shares the looker's CPU, nobody looks while it holds the thread.
    """
    with Target("busy", "--seconds", 0, "--threads", 1) as target:
        tid = max(tid for tid, _, _ in threads(target.pid))
        time.sleep(0.2)
        before = voluntary_switches(target.pid, tid)
        time.sleep(0.5)
        alone = voluntary_switches(target.pid, tid) - before
        with Agent(template, target.pid, rate, **values) as agent:
            before, end = before + alone, time.monotonic() + seconds
            while time.monotonic() < end and agent.is_alive():
                time.sleep(0.01)
                if voluntary_switches(target.pid, tid) - before >= 5 + alone * 20:
                    return None
            excuse = "" if agent.is_alive() else f"; it ended: {agent.excuse()}"
            waits = voluntary_switches(target.pid, tid) - before
        return (f"the agent was not seen to visit: a thread that computes waited {waits} times "
                f"in {seconds} s, and {alone} times in 0.5 s without it{excuse}")


def arguments(description, seconds, **extra):
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--agent", default=NAIVE, help="command line with {pid} and {rate}")
    parser.add_argument("--seconds", type=float, default=seconds, help="length of one run")
    parser.add_argument("--settle", type=float, default=0.5, help="seconds an agent has to start")
    parser.add_argument("--no-probe", action="store_true", help="skip the look for visits")
    parser.add_argument("--metrics-url", help="where the agent serves metrics, for the report")
    parser.add_argument("--must-fail", action="store_true",
                        help="exit 0 if a promise is broken: shows that this run can fail")
    for name, (default, text) in extra.items():
        kind = {"type": type(default)} if default is not None else {}
        parser.add_argument("--" + name.replace("_", "-"), default=default, help=text, **kind)
    return parser


def build():
    made = subprocess.run(["make", "-s", "-C", str(ROOT / "Tests/Targets")])
    if made.returncode != 0:
        raise HarnessError("make -C Tests/Targets failed; its messages are above")


def table(headings, rows):
    cells = [[str(cell) for cell in row] for row in [headings, *rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(headings))]
    for row in cells:
        print("  ".join(cell.ljust(width) if i == 0 else cell.rjust(width)
                        for i, (cell, width) in enumerate(zip(row, widths))).rstrip())
    sys.stdout.flush()


def conclude(name, options, failures, data):
    """Prints the failures and the JSON verdict; returns the exit code."""
    for failure in failures:
        print(f"FAILED: {failure}")
    passed = not failures
    print(json.dumps({"check": name, "passed": passed, "failures": failures, **data}))
    return int(passed == options.must_fail)


def run_main(main):
    """Ends the process with main()'s code: 1 too if a target hung, 2 if it could not be judged."""
    try:
        sys.exit(main())
    except TargetHung as error:
        print(f"FAILED: {error}")
        print(json.dumps({"passed": False, "failures": [str(error)]}))
        sys.exit(int("--must-fail" not in sys.argv))
    except HarnessError as error:
        print(f"cannot judge: {error}", file=sys.stderr)
        sys.exit(2)
