# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Places, and what the comparison takes from the scripts beside it."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "Scripts" / name) for name in ("bench", "safety", "")]

PROGRAMS = ROOT / ".build-targets"
SOURCES = ROOT / "Tests/Targets"
PTARMIGAN = ROOT / ".build/release/ptarmigan"
# Where Scripts/install-dependencies.sh puts what is not installed.
UNPACKED = ROOT / ".build-tools"
# Raw data; not committed.
RAW = ROOT / ".build-compare"
DOCS = ROOT / "docs"
# Debian's, whatever else is first on the path: peers know its layout.
PYTHON = "/usr/bin/python3"
CPUS = sorted(os.sched_getaffinity(0))
DEADLINE_SECONDS = 60


class Trouble(Exception):
    """What keeps one tool or target from being measured, in one line."""
