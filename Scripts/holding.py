# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Holds a thread as a debugger does.

As a program, holds an agent's tracer while that holds a target: holding.py AGENT TARGET
"""

import ctypes
import os
import sys
import time
from pathlib import Path

# ptrace(2).
PTRACE_SEIZE, PTRACE_INTERRUPT, PTRACE_CONT, PTRACE_DETACH = 0x4206, 0x4207, 7, 17
PTRACE_EVENT_STOP = 128
WALL = 0x40000000
HOLD_SECONDS = 0.015

library = ctypes.CDLL(None, use_errno=True)
library.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


def ptrace(request, thread, number=0):
    if library.ptrace(request, thread, None, number) != 0:
        raise OSError(ctypes.get_errno(), f"ptrace {request:#x} of {thread}")


class Held:
    """A thread that is traced and stopped until the block ends, or traced and running."""

    def __init__(self, thread, is_running=False):
        self.thread = thread
        self.is_running = is_running

    def __enter__(self):
        ptrace(PTRACE_SEIZE, self.thread)
        if not self.is_running:
            self.interrupt()
        return self

    def interrupt(self):
        ptrace(PTRACE_INTERRUPT, self.thread)
        while True:
            _, status = os.waitpid(self.thread, WALL)
            if status >> 16 == PTRACE_EVENT_STOP or not os.WIFSTOPPED(status):
                return
            # A signal of its own came first, and is not to be lost.
            ptrace(PTRACE_CONT, self.thread, os.WSTOPSIG(status))

    def go_on(self):
        ptrace(PTRACE_CONT, self.thread)

    def __exit__(self, *_):
        try:
            if self.is_running:
                self.interrupt()
            ptrace(PTRACE_DETACH, self.thread)
        except (OSError, ChildProcessError):
            # It has ended.
            pass


def named(process, name):
    return next(int(task.name) for task in Path(f"/proc/{process}/task").iterdir()
                if (task / "comm").read_text().strip() == name)


def main():
    agent, target = map(int, sys.argv[1:])
    computing = max(map(int, os.listdir(f"/proc/{target}/task")))
    state = os.open(f"/proc/{target}/task/{computing}/stat", os.O_RDONLY)

    def is_held():
        return b") t " in os.pread(state, 64, 0)

    with Held(named(agent, "tracer"), is_running=True) as tracer:
        while True:
            if is_held():
                tracer.interrupt()
                # It may have let the target go meanwhile.
                if is_held():
                    time.sleep(HOLD_SECONDS)
                tracer.go_on()


if __name__ == "__main__":
    main()
