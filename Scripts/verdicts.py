# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""What a long run writes for docs/RELIABILITY.md: a verdict as JSON, and where and when it was."""

import datetime
import json
import os
import platform
import time
from pathlib import Path

from recordings import conclude, failures


def circumstances():
    """When a run began, and on what. Taken at its beginning."""
    return {"began": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
            "kernel": platform.release().split("-")[0], "machine": platform.machine(),
            "cpus": os.cpu_count()}


class Run:
    """A trial whose checks are judged, and whose verdict is written where that is asked for."""

    def __init__(self, check, options):
        self.path, self.began = options.json, time.monotonic()
        self.verdict = {"check": check, "seed": options.seed, **circumstances()}

    def conclude(self):
        """Says what failed and writes the verdict; the exit code."""
        code = conclude()
        if self.path:
            write(self.path, {**self.verdict, "passed": code == 0, "failures": failures,
                              "seconds": time.monotonic() - self.began})
        return code


def write(path, verdict):
    """As a whole or not at all; the directory may be missing."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(verdict, indent=1) + "\n")
    part.rename(path)
