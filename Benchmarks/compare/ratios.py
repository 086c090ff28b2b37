# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Each tool's figures over those of one of ours in the same round, so that drift falls out."""

from peers import TOOLS
from targets import KINDS

# Beside which: what is asked for the same rate, and on system calls what counts them too.
BESIDE = {"steps": "record", "steps.py": "record", "calls": "syscalls"}


def lap_time(row):
    """The time of a lap under the tool over that of the laps before and after it."""
    if "laps" not in row.get("run", ()) or "after" not in row:
        return None
    alone = sum(row[part]["wall"] / row[part]["laps"] for part in ("before", "after")) / 2
    return row["run"]["wall"] / row["run"]["laps"] / alone


def has_answer(row):
    """Whether the tool was asked for all that it has to say: where no stacks are measured, what
    samples them was ended without (perf unwinds afterwards)."""
    return "stacks" in KINDS[row["target"]].measures or TOOLS[row["tool"]].gives != "stacks"


def cpu(row):
    """CPU time in all, the answer's included, for each second that was sampled."""
    if not has_answer(row):
        return None
    return row["cpu_percent"] + row["after_seconds"] / max(row["seconds"], 1e-9) * 100


def cpu_of_sample(row):
    rate = row.get("samples_per_second")
    return cpu(row) / rate if rate and has_answer(row) else None


FIGURES = {"lap time": lap_time, "CPU in all": cpu, "CPU of a sample": cpu_of_sample,
           "memory": lambda row: row["peak_mib"],
           "samples": lambda row: row.get("samples_per_second")}


def is_good(row):
    return "run" in row and "failure" not in row


def ratio(figure, row, base):
    ours, theirs = figure(base), figure(row)
    return theirs / ours if ours and theirs else None


def of(target, rows):
    """By tool and figure, a ratio for each round that has both."""
    beside, found = BESIDE.get(target), {}
    bases = {row["round"]: row for row in rows if row["tool"] == beside and is_good(row)}
    for row in rows:
        base = bases.get(row["round"])
        if base is None or row["tool"] == beside or not is_good(row):
            continue
        for name, figure in FIGURES.items():
            value = ratio(figure, row, base)
            if value is not None:
                found.setdefault(row["tool"], {}).setdefault(name, []).append(value)
    return found
