# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Programs that come, change and go, for as long as a test wants them to."""

import os
import shutil
import signal
import subprocess
import time

from agents import Failure, status
from recordings import PROGRAMS

# At all times: new processes, a quarter of them with threads. 1.5 ms of 50, so 3 % of a CPU.
STORM = ("fork-storm", "--rate", "20", "--compute-us", "1000")
# Some of these, for a few seconds each: programs that execute themselves, from the first thread or
# from another one; vfork; threads whose leader has ended; threads that come and go; sleepers.
GUESTS = (
    ("exec-loop", "--compute-us", "2000"),
    ("nonleader-exec",),
    ("vfork-parent", "--child", "exec", "--command"),
    ("vfork-parent", "--child", "slow"),
    ("zombie-leader",),
    ("fork-storm", "--rate", "50", "--compute-us", "4000"),
    ("sleepers", "--threads", "20", "--processes", "5"),
    ("bursts",),
    ("deep",),
    ("alternator",),
    ("coroutines",),
    ("replaced", "--threads", "2"),
)
GUESTS_AT_ONCE = 3
END_SECONDS = 10
# A thread that is traced or stopped for longer is stuck (ptarmigan_targets_stuck).
STUCK_SECONDS = 1


class Churn:
    """One agent's targets: copies of programs in a directory of their own, which names them."""

    def __init__(self, directory, random):
        self.directory = directory.resolve()
        self.directory.mkdir()
        self.random = random
        names = {name for name, *_ in (STORM, *GUESTS)} - {"replaced"}
        for name in names:
            shutil.copy(PROGRAMS / name, self.directory)
        shutil.copy(shutil.which("true"), self.directory / "true")
        self.programs = [self.directory / name for name in sorted(names | {"replaced", "true"})]
        self.replacements = 0
        self.begun = 0
        # Each kind comes once before any comes again: what is kept of a program is kept from then on.
        self.unseen = random.sample(GUESTS, len(GUESTS))
        self.storm = None
        self.guests = {}

    def __enter__(self):
        self.storm = self.start(*STORM)
        return self

    def __exit__(self, exception, *_):
        for process in (self.storm, *self.guests):
            process.kill()
            process.wait()

    def start(self, name, *arguments):
        self.begun += 1
        if name == "replaced":
            self.replace()
        if arguments[-1:] == ("--command",):
            arguments = (*arguments, str(self.directory / "true"))
        return subprocess.Popen([str(self.directory / name), "--seconds", "0", *arguments],
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def replace(self):
        """A new file under the name of a program, as an upgrade does it; the old one may run on."""
        new = self.directory / "new"
        shutil.copy(PROGRAMS / "busy", new)
        new.rename(self.directory / "replaced")
        self.replacements += 1

    def turn(self):
        """Ends guests whose time is over and starts others."""
        now = time.monotonic()
        if self.storm.poll() is not None:
            raise Failure(f"{self.storm.args[0]} ended with {self.storm.returncode}")
        for process in [process for process, until in self.guests.items() if until <= now]:
            del self.guests[process]
            self.end(process)
        while len(self.guests) < GUESTS_AT_ONCE:
            guest = self.unseen.pop() if self.unseen else self.random.choice(GUESTS)
            self.guests[self.start(*guest)] = now + self.random.uniform(0.2, 5)

    def end(self, process):
        """Every third ends in the middle of what it does; the others are asked to, and report."""
        if process.poll() is not None:
            raise Failure(f"{process.args} ended by itself with {process.returncode}")
        kills = self.random.random() < 1 / 3
        process.send_signal(signal.SIGKILL if kills else signal.SIGTERM)
        try:
            code = process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise Failure(f"{process.args} did not end within {END_SECONDS} s") from None
        if code != (-signal.SIGKILL if kills else 0):
            raise Failure(f"{process.args} ended with {code}")

    def finish(self):
        """Ends all, and returns what does not end with its parent."""
        for process in (self.storm, *self.guests):
            process.terminate()
            process.wait(END_SECONDS)
        deadline = time.monotonic() + END_SECONDS
        while (left := self.living()) and time.monotonic() < deadline:
            time.sleep(0.05)
        return left

    def living(self):
        """Its processes: those whose program is one of this directory's."""
        found = []
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                try:
                    program = os.readlink(f"/proc/{entry}/exe")
                except OSError:
                    continue
                if program.startswith(f"{self.directory}/"):
                    found.append(int(entry))
        return found


def is_held(pid):
    """Whether some thread of a process is traced, or stopped by whomever."""
    try:
        tasks = os.listdir(f"/proc/{pid}/task")
    except (FileNotFoundError, ProcessLookupError):
        return False
    for task in tasks:
        fields = status(task)
        if fields and (fields["TracerPid"] != "0" or fields["State"][0] in "tT"):
            return True
    return False


def stays_held(pid):
    """Whether a process is held at every look for longer than a visit may take."""
    deadline = time.monotonic() + STUCK_SECONDS
    while is_held(pid):
        if time.monotonic() > deadline:
            return True
        time.sleep(0.01)
    return False
