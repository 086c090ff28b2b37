# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Tools that are known to do harm, or none, by which the measures are tried."""

import os
import signal
import threading
import time

import harness
from tools import Tool

HOLD_SECONDS = 0.1
PERIOD_SECONDS = 0.25


class Holder(Tool):
    """Stops its target for 100 ms four times a second."""

    key, title = "holder", "holder"
    # How long it held its targets, by its own clock.
    lengths = []

    def launch(self):
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.hold, daemon=True)
        self.thread.start()

    def hold(self):
        while not self.is_over.wait(PERIOD_SECONDS - HOLD_SECONDS):
            began = time.monotonic()
            os.kill(self.target.pid, signal.SIGSTOP)
            time.sleep(HOLD_SECONDS)
            os.kill(self.target.pid, signal.SIGCONT)
            self.lengths.append(time.monotonic() - began)

    def end(self):
        self.is_over.set()
        self.thread.join()
        super().end()


class Leaver(Tool):
    """Leaves its target stopped."""

    key, title = "leaver", "leaver"

    def end(self):
        os.kill(self.target.pid, signal.SIGSTOP)
        super().end()


class Slayer(Tool):
    """Is killed, and leaves its target stopped."""

    key, title, is_killable = "slayer", "slayer", True

    @classmethod
    def words(cls, pid, file):
        return ["sh", "-c", f"kill -STOP {pid}; exec sleep 60"]

    def is_ready(self):
        return bool(harness.not_as_found(self.target.pid))


class Idler(Slayer):
    """Is killed, and has done nothing."""

    key, title = "nobody-child", "idler"

    @classmethod
    def words(cls, pid, file):
        return ["sleep", "60"]

    def is_ready(self):
        return True


class Disturber(Holder):
    """Stops and continues its target all the time, which ends some waits."""

    key, title = "disturber", "disturber"

    def hold(self):
        while not self.is_over.wait(0.01):
            try:
                os.kill(self.target.pid, signal.SIGSTOP)
                time.sleep(0.001)
                os.kill(self.target.pid, signal.SIGCONT)
            except ProcessLookupError:
                return


ALL = (Holder, Leaver, Slayer, Idler, Disturber)
