# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Files that an agent may meet and that are not what they should be."""

import os
import random

# What no frame may be called.
WRONG_NAME = "wrong_name"


def fifo(path):
    os.mkfifo(path)


def loop(path):
    path.symlink_to(path)


def huge(path):
    path.touch()
    os.truncate(path, 4 << 30)


def foreign(path):
    path.write_text(f"0 ffffffffffffffff {WRONG_NAME}\n")
    os.chown(path, 65534, 65534)


def noise(path):
    path.write_bytes(random.Random(9).randbytes(1 << 20))


# Perf maps that are no files, are endless, or are somebody else's.
PERF_MAPS = (fifo, loop, huge, foreign, noise)
