# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""What is true of a target: instructions by function, counted by callgrind."""

import re
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from children import first_line, run
from shared import PROGRAMS, Trouble
from targets import STEPS

# So much that each function is called many times, and so little that it takes seconds.
LAPS, PASSES = 2, 10


def missing():
    return None if shutil.which("valgrind") else "not installed (Debian's valgrind)"


def version():
    return first_line(["valgrind", "--version"])


def words(file):
    return ["valgrind", "--tool=callgrind", f"--callgrind-out-file={file}", PROGRAMS / "steps",
            "--seconds", "0", "--laps", LAPS, "--passes", PASSES, "--depth", "20"]


def own_costs(text):
    """The first cost of each function without its callees, of a file as callgrind writes it.

    A name is written once and is a number after that. The line behind `calls=` has the cost of the
    callee.
    """
    names, costs = {}, Counter()
    function, is_callee = "", False
    for line in text.splitlines():
        match = re.match(r"fn=\((\d+)\)(?: (.*))?$", line)
        if match:
            if match[2]:
                names[match[1]] = match[2]
            # A function that calls itself has another name for its further depths.
            function = re.sub(r"'\d+$", "", names.get(match[1], ""))
        elif match := re.match(r"cfn=\((\d+)\) (.*)$", line):
            names[match[1]] = match[2]
        elif line.startswith("calls="):
            is_callee = True
        elif re.match(r"[+\-*]?\d*\s+\d+", line):
            if not is_callee and function:
                costs[function] += int(line.split()[1])
            is_callee = False
    return costs


def shares(costs, functions):
    """Of each function; the rest of the program is not in them."""
    found = {name: costs[name] for name in functions if costs[name] > 0}
    every = sum(found.values())
    return {name: cost / every for name, cost in found.items()} if every else {}


def of_steps():
    """Shares of instructions of the functions of `steps`."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "out"
        ended = run(words(file))
        if ended.code != 0 or not file.exists():
            raise Trouble(f"callgrind: {ended.said.strip()[-200:]}")
        return shares(own_costs(file.read_text()), STEPS)


def distance(found, truth):
    """Half the sum of all differences of shares (total variation): 0 is equal, 1 has nothing in
    common."""
    return sum(abs(found.get(name, 0) - truth.get(name, 0)) for name in {*found, *truth}) / 2


def chance(truth, samples):
    """What that is to be expected to be of a perfect sampler with so many samples."""
    if not samples:
        return None
    return sum((2 * share * (1 - share) / (3.14159265 * samples)) ** 0.5
               for share in truth.values()) / 2
