# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""From the rows of all rounds to the figures of the page."""

import bisect
import statistics
from collections import Counter

import ratios
import truth
from stacks import ELSEWHERE
from targets import KINDS

# Digits that are kept in the committed copy.
DIGITS = 4
# As many pauses as a median, and a 99th percentile, of them need.
LEAST_PAUSES, LEAST_FOR_P99 = 5, 100
# Where the excess over the base is looked at: forty for each doubling, from 5 us to 40 s.
THRESHOLDS_NS = [5_000 * 2 ** (step / 40) for step in range(920)]


def rounded(value):
    """Floats cut to the digits that are kept, wherever they are."""
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(part) for part in value]
    return value


def slower_percent(row, clock):
    """By how much the laps under a tool took longer than as many before and after it."""
    alone = sum(row[part][clock] / row[part]["laps"] for part in ("before", "after")) / 2
    return (row["run"][clock] / row["run"]["laps"] / alone - 1) * 100


def over(sorted_gaps, threshold):
    return len(sorted_gaps) - bisect.bisect_right(sorted_gaps, threshold)


class Gaps:
    """Gaps of some windows together."""

    def __init__(self, windows):
        self.gaps = sorted(gap for part in windows for gap in part["gaps"])
        self.seconds = sum(part["to"] - part["from"] for part in windows) / 1e9
        self.lost_percent = sum(part["lost_ns"] for part in windows) / self.seconds / 1e7

    def rate_over(self, threshold):
        return over(self.gaps, threshold) / self.seconds


def doubts(windows, base_windows):
    """What rates of gaps over each threshold may differ by for nothing: two standard errors, by how
    much the base's windows differ, and one gap."""
    seconds = Gaps(windows).seconds
    bases = [Gaps([part]) for part in base_windows]
    found = []
    for threshold in THRESHOLDS_NS:
        rates = [base.rate_over(threshold) for base in bases]
        spread = statistics.pvariance(rates) * statistics.mean(base.seconds for base in bases)
        found.append(2 * ((spread + statistics.mean(rates)) / seconds) ** 0.5 + 1 / seconds)
    return found


def last_over(excess, least):
    """The longest threshold whose excess is at least as much."""
    return max([threshold for threshold, amount, limit in zip(THRESHOLDS_NS, excess, least)
                if amount >= limit] or THRESHOLDS_NS[:1])


def pauses(windows, base_windows):
    """What a tool's windows have beyond the base: how many pauses a second, and how long.

    The excess over a threshold is the rate of gaps above it less the base's. The longest threshold
    with at least a given part of the whole excess above it is that quantile.
    """
    found, base = Gaps(windows), Gaps(base_windows)
    excess = [found.rate_over(threshold) - base.rate_over(threshold) for threshold in THRESHOLDS_NS]
    doubt = doubts(windows, base_windows)
    row = {"lost_percent": found.lost_percent - base.lost_percent,
           "longest_us": found.gaps[-1] / 1e3 if found.gaps else 0.0}
    # The whole of it is where it stands out most: among the base's own short gaps it hardly does.
    place = max(range(len(excess)), key=lambda at: excess[at] - doubt[at])
    whole, count = excess[place], excess[place] * found.seconds
    if whole <= doubt[place] or count < LEAST_PAUSES:
        return row
    row["per_second"] = whole
    row["p50_us"] = last_over(excess, [whole * 0.5] * len(excess)) / 1e3
    if count >= LEAST_FOR_P99:
        longest = last_over(excess, [whole * 0.01 + part for part in doubt]) / 1e3
        # Where the base has as many of that length it can't be told.
        row |= {"p99_us": longest} if longest >= row["p50_us"] else {}
    return row


def accuracy(rows, expected):
    """The distance of all rounds' shares from what is true, and what chance makes of it."""
    every = Counter()
    for row in rows:
        for name, share in row["shares"].items():
            every[name] += share * row["samples"]
    samples = sum(every.values())
    if not samples:
        return {}
    found = {name: weight / samples for name, weight in every.items()}
    # Time in none of the program's functions is the tool's to explain, and not a wrong share.
    outside = found.pop(ELSEWHERE, 0.0)
    if outside > 0.99:
        return {"outside_percent": 100 * outside, "all_samples": samples}
    inside = {name: share / (1 - outside) for name, share in found.items()}
    return {"distance_percent": 100 * truth.distance(inside, expected),
            "chance_percent": 100 * truth.chance(expected, samples),
            "outside_percent": 100 * outside, "all_samples": samples}


def expectation(kind, rows, callgrind):
    """Shares that are true of a target, by callgrind or by its own clock."""
    if kind.name == "steps":
        return callgrind
    said = next((row["said"] for row in rows if row.get("said")), None)
    if said is None:
        return None
    every = sum(said.get(name, 0) for name in kind.functions)
    return {name: said[name] / every for name in kind.functions} if every else None


def figures_of(kind, rows, base_windows, callgrind):
    """All figures of one tool on one target; a list has a value for each round."""
    row = {}
    good = [one for one in rows if "run" in one and "failure" not in one]
    row["failures"] = sorted({one["failure"] for one in rows if "failure" in one})
    row["left"] = sorted({problem for one in rows for problem in one.get("left", ())})
    for name in ("cpu_percent", "peak_mib", "samples_per_second", "complete", "named"):
        row[name] = [one[name] for one in good if one.get(name) is not None]
    answered = [one for one in good if one["seconds"] > 0 and ratios.has_answer(one)]
    row["after_percent"] = [one["after_seconds"] / one["seconds"] * 100 for one in answered]
    row["all_percent"] = [ratios.cpu(one) for one in answered]
    if "laps" in kind.measures:
        pairs = [one for one in good if "after" in one]
        row["slower_percent"] = [slower_percent(one, "wall") for one in pairs]
        row["slower_cpu_percent"] = [slower_percent(one, "cpu") for one in pairs]
    if "gaps" in kind.measures and good:
        row["pauses"] = pauses([one["run"] for one in good], base_windows)
        base = Gaps(base_windows).lost_percent
        row["lost_percent"] = [Gaps([one["run"]]).lost_percent - base for one in good]
    sampled = [one for one in good if one.get("samples")]
    expected = expectation(kind, rows, callgrind)
    if sampled and expected:
        row |= accuracy(sampled, expected)
    return {name: value for name, value in row.items() if value not in ([], None)}


def figures(rows, callgrind):
    """By target and tool."""
    found = {}
    for name in dict.fromkeys(row["target"] for row in rows):
        kind = KINDS[name]
        here = [row for row in rows if row["target"] == name]
        base_windows = [row[part] for row in here for part in ("before",) if part in row]
        base_windows += [row["run"] for row in here if row["tool"] == "nobody" and "run" in row]
        found[name] = {
            key: figures_of(kind, [row for row in here if row["tool"] == key], base_windows,
                            callgrind)
            for key in dict.fromkeys(row["tool"] for row in here)}
        for key, part in ratios.of(name, here).items():
            found[name][key]["ratios"] = part
    return found


def rounds_text(rows):
    """How many rounds each tool had on each target."""
    counts = Counter((row["target"], row["tool"]) for row in rows if "failure" not in row).values()
    least, most = min(counts, default=0), max(counts, default=0)
    return str(most) if least == most else f"{least} to {most}"


def median(values):
    return statistics.median(values) if values else None
