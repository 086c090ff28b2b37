# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Tools that people attach to running programs, each again and again, as an agent would."""

import shutil
import subprocess
import threading

from harness import ROOT

PY_SPY = ROOT / ".build-tools/py-spy/bin/py-spy"
# The process's number comes last. What each is for: all stacks; a look at what it does.
COMMANDS = {
    "gdb": ("gdb", "-nx", "-batch", "-ex", "thread apply all backtrace", "-p"),
    "strace": ("timeout", "--signal=INT", "0.1", "strace", "-f", "-o", "/dev/null", "-p"),
    "eu-stack": ("eu-stack", "-p"),
    "py-spy": (str(PY_SPY) if PY_SPY.exists() else "py-spy", "dump", "--pid"),
}
# py-spy looks for an interpreter, and does without a stop where there is none.
PYTHON_ONLY = ("py-spy",)
# timeout(1) says that it had to end what it ran.
ENDED_BY_TIMEOUT = 124
PAUSE_SECONDS = 0.05
END_SECONDS = 30


def missing(tool):
    program = COMMANDS[tool][3 if tool == "strace" else 0]
    return None if shutil.which(program) else f"{program} is not installed"


class Attacher:
    """A tool on a process until the block ends. It is never killed: that could leave a stop."""

    def __init__(self, tool, pid):
        self.command = [*COMMANDS[tool], str(pid)]
        self.attaches = self.refused = 0
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.repeat)

    def repeat(self):
        while not self.is_over.wait(PAUSE_SECONDS):
            done = subprocess.run(self.command, stdin=subprocess.DEVNULL, timeout=END_SECONDS,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if done.returncode in (0, ENDED_BY_TIMEOUT):
                self.attaches += 1
            else:
                self.refused += 1

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        self.thread.join()
