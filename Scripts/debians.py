# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""A Debian as a file, for tests that need a whole one; debootstrap makes it."""

import subprocess
import tempfile
from pathlib import Path

from agents import Failure
from recordings import ROOT

DISTRIBUTION = "bookworm"
DIRECTORY = ROOT / ".build-tools/debian"


def run(*command, **options):
    return subprocess.run([str(word) for word in command], text=True, capture_output=True,
                          stdin=subprocess.DEVNULL, **options)


def must(*command):
    done = run(*command)
    if done.returncode != 0:
        raise Failure(f"{' '.join(map(str, command))}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def archive(name, packages):
    """The tar file of a Debian with these packages."""
    path = DIRECTORY / f"{name}.tar"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as directory:
            # Not the temporary directory itself: that is open to its owner alone.
            made = Path(directory) / "made"
            made.mkdir(mode=0o755)
            must("debootstrap", "--variant=minbase",
                 *([f"--include={packages}"] if packages else []), DISTRIBUTION, made)
            must("tar", "-C", made, "-cf", f"{path}.new", ".")
        Path(f"{path}.new").rename(path)
    return path
