#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Holds a thread as a debugger does.

    Scripts/holding.py

As a program it traces the process whose number it reads, which runs on, and computes until there
is more to read: what two programs that trace each other do.
"""

import ctypes
import os
import select
import sys

# ptrace(2).
PTRACE_SEIZE, PTRACE_INTERRUPT, PTRACE_CONT, PTRACE_DETACH = 0x4206, 0x4207, 7, 17
PTRACE_EVENT_STOP = 128
WALL = 0x40000000

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


def main():
    # It is let go by the end of this: two that wait for each other's stop would wait for ever.
    ptrace(PTRACE_SEIZE, int(sys.stdin.readline()))
    print("traces", flush=True)
    while not select.select([sys.stdin], [], [], 0)[0]:
        sum(range(10_000))


if __name__ == "__main__":
    main()
