# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""What a tool is to the comparison: it is started beside a target, at work, and ended properly.

Each tool has a class; the table of all of them is in peers.py.
"""

import signal
import tempfile
import time
from pathlib import Path

from children import Child, cpu_seconds, seconds_of
from shared import Trouble

# One rate for all samplers that can be asked for one.
RATE = 99


class Tool:
    """No tool, for about as long as one takes to start: the base."""

    key, title = "nobody", "nobody"
    # "stacks", "counts" or "metrics": what of the target it tells.
    gives = None
    languages = ("C", "Python")
    # How it looks at the target, in some words, for the page.
    way = ""
    ends_with = signal.SIGINT
    # Whether it can be killed in the middle of its work.
    is_killable = False

    def __init__(self, target):
        self.target = target
        self.child = None
        self.directory = tempfile.TemporaryDirectory(prefix="compare-")
        self.file = Path(self.directory.name) / "out"
        self.began = self.ended = 0.0
        # CPU seconds and memory of what is run after its end for its answer.
        self.after_seconds, self.after_mib = 0.0, 0.0
        self.failure = None

    @classmethod
    def missing(cls):
        """Why it can't be used here; None where it can."""
        return None

    @classmethod
    def version(cls):
        return ""

    @classmethod
    def words(cls, pid, file):
        """Its command line, which the page shows as well."""
        return []

    def is_ready(self):
        """Whether it is at work; asked again and again from its start."""
        return True

    def launch(self):
        words = self.words(self.target.pid, self.file)
        if not words:
            time.sleep(0.3)
            return
        self.child = Child(words)
        deadline = time.monotonic() + 20
        while not self.is_ready():
            if not self.child.is_alive():
                raise Trouble(f"{self.title} ended: {self.excuse()}")
            if time.monotonic() > deadline:
                raise Trouble(f"{self.title} is not ready: {self.excuse()}")
            time.sleep(0.02)

    def start(self):
        self.launch()
        self.began = time.monotonic()

    def excuse(self):
        lines = self.child.said().strip().splitlines() if self.child else []
        return lines[-1][:200] if lines else "it says nothing"

    def cpu_seconds(self):
        return cpu_seconds(self.child.pid) if self.child else 0.0

    def look(self):
        """Notes its memory."""
        if self.child is not None:
            self.child.look()

    def peak_mib(self):
        """The most of its memory that was seen, its answer included."""
        return max(self.child.peak_mib if self.child else 0.0, self.after_mib)

    def sampled_seconds(self):
        """For how long it sampled what it gives in the end."""
        return self.ended - self.began

    def end(self):
        """Ends it as it is meant to be ended."""
        self.ended = time.monotonic()
        if self.child is None:
            return
        used = self.cpu_seconds()
        if not self.child.is_alive():
            self.failure = f"{self.title} ended by itself: {self.excuse()}"
        usage = self.child.end(self.ends_with)
        self.after_seconds = max(seconds_of(usage) - used, 0.0)

    def victim(self):
        """The process to kill; None while there is none."""
        return self.child.pid if self.child and self.child.is_alive() else None

    def stacks(self):
        """What it has found, after its end; None if it gives no stacks."""
        return None

    def close(self):
        if self.child is not None:
            self.child.close()
        self.directory.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
