# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""A real VictoriaMetrics that Prometheus writes to, and what the two say of the same queries."""

import contextlib
import re

from agents import Failure, get, wait_for
from dashboard_queries import filled
from prometheus import Store, free_port, tool
from recordings import check

# VictoriaMetrics keeps decimal numbers of 64 bits, sums are of floats in any order, and a time of this
# century in seconds is a float with steps of 0.24 us, of which decimals of 15 digits are up to 5 us
# away.
SAME = 1e-7
TIME_STEP_SECONDS = 1e-5
RATED = re.compile(r"\b(rate|increase)\((\w+(?:\{[^{}]*\})?)\[(\w+)\](?: offset (\w+))?\)")
SECONDS = {"s": 1, "m": 60}
# Ranges of recipes that the test is too short for, and what is asked instead.
LONG = re.compile(r"\[(?:5m|1h)\]")
SHORTER = "[1m]"


class VictoriaMetrics(Store):
    """A server with its files in a directory, until the block ends."""

    def __init__(self, directory):
        self.address = f"http://127.0.0.1:{free_port()}"
        self.api = f"{self.address}/api/v1"
        self.run(tool("victoria-metrics"), f"-storageDataPath={directory / 'victoria-metrics'}",
                 f"-httpListenAddr={self.address.removeprefix('http://')}", "-loggerLevel=WARN",
                 "-memory.allowedBytes=256MB", "-retentionPeriod=1d", "-search.disableCache",
                 # By default the latest half minute is left out of every answer.
                 "-search.latencyOffset=0s")

    def wait_until_ready(self):
        wait_for("VictoriaMetrics answers", lambda: get(f"{self.address}/health"), [self.process])

    @property
    def remote_write(self):
        """The section of Prometheus' configuration that has it write here."""
        return f"\nremote_write: [{{url: {self.api}/write}}]\n"


def keyed(rows):
    """Values by labels; what is no number is no answer in VictoriaMetrics."""
    return {tuple(sorted(labels.items())): value for labels, value in rows if value == value}


def samples(store, window, when):
    """Each sample of the fleet in a time before `when`: {labels: [(time, value)]}."""
    rows = store.query(f'{{job="ptarmigan"}}[{window}]', when)
    if not rows:
        raise Failure(f"{store.api} has no samples")
    return {tuple(sorted(labels.items())):
            [(round(moment, 3), value) for moment, value in found if value == value]
            for labels, found in rows if any(value == value for _, value in found)}


def is_same(one, other, least=0.0):
    return abs(one - other) <= max(least, SAME * max(abs(one), abs(other)))


def different_samples(ours, theirs):
    """What is not in both stores with the same times and values."""
    wrong = [dict(key) for key in ours.keys() ^ theirs.keys()]
    for key in ours.keys() & theirs.keys():
        pairs = list(zip(ours[key], theirs[key]))
        if len(ours[key]) != len(theirs[key]) or not all(
                one[0] == other[0] and is_same(one[1], other[1]) for one, other in pairs):
            wrong.append((dict(key), ours[key], theirs[key]))
    return wrong


def check_samples(prometheus, store, window, when):
    """Waits for what is on its way, and compares each sample of a time."""
    ours = samples(prometheus, window, when)
    wrong = []

    def caught_up():
        wrong[:] = different_samples(ours, samples(store, window, when))
        return not wrong

    with contextlib.suppress(Failure):
        wait_for("remote write", caught_up, [prometheus.process, store.process])
    check(not wrong, f"{sum(map(len, ours.values()))} samples of {len(ours)} series within {window} "
                     f"are the same in both {len(wrong)} {wrong[:2]}")


def seconds(length):
    return int(length[:-1]) * SECONDS[length[-1]]


def ends(found):
    """The series of a match of RATED at the end and at the begin of its range."""
    _, series, length, offset = found.groups()
    since = seconds(offset) if offset else 0
    return (f"{series} offset {since}s" if since else series,
            f"{series} offset {since + seconds(length)}s")


def as_counted(query):
    """What MetricsQL makes of rate() and increase(), said in PromQL.

    It takes the last sample at or before the range's begin for the first one, and stretches nothing
    to the ends of the range. So it is the growth between two samples by the time between them.
    """
    def counted(found):
        last, first = ends(found)
        growth = f"({last} - {first})"
        if found[1] == "increase":
            return growth
        return f"({growth} / (timestamp({last}) - timestamp({first})))"

    return RATED.sub(counted, query)


class Comparison:
    """One query in both stores, at one instant."""

    def __init__(self, row, values, prometheus, store, when):
        self.row = row
        # Which of two that are equal topk() takes is left open.
        self.query = re.sub(r"\btopk\(\d+,\s*", "(", filled(row.expression, values))
        self.query = LONG.sub(SHORTER, self.query)
        self.store = keyed(store.query(self.query, when))
        self.prometheus = keyed(prometheus.query(self.query, when))
        self.is_rated = bool(RATED.search(self.query))
        self.least = max(TIME_STEP_SECONDS if "time()" in self.query else 0.0,
                         SAME * self.largest_rate(prometheus, when))
        self.reason = self.why_not(prometheus, when)
        self.expected = (keyed(prometheus.query(as_counted(self.query), when))
                         if self.is_rated and not self.reason else self.prometheus)

    def largest_rate(self, prometheus, when):
        """Of all that the query sums or subtracts: what two rates differ by has the errors of both."""
        return max((value for found in RATED.finditer(self.query)
                    for _, value in prometheus.query(f"max({found[0]})", when)), default=0.0)

    def why_not(self, prometheus, when):
        """Why the two may differ, beyond what as_counted() knows; None if they may not."""
        for found in RATED.finditer(self.query):
            last, first = ends(found)
            if prometheus.query(f"({last} unless {first}) or ({first} unless {last})", when):
                return "a series began or ended within the range"
        return None

    @property
    def differences(self):
        """What is not as expected: labels with both values, None where there is none."""
        return [(dict(key), self.expected.get(key), self.store.get(key))
                for key in self.expected.keys() | self.store.keys()
                if key not in self.expected or key not in self.store
                or not is_same(self.expected[key], self.store[key], self.least)]

    @property
    def deviation(self):
        """The most by which the stores' own answers differ, as a part of Prometheus' largest."""
        most = max(map(abs, self.prometheus.values()), default=0)
        found = [abs(self.prometheus.get(key, 0) - self.store.get(key, 0))
                 for key in self.prometheus.keys() | self.store.keys()]
        return max(found, default=0) / most if most else 0.0
