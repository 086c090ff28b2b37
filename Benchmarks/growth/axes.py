# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""The causes along which the agent's cost is measured, and the cost at one point of each."""

import concurrent.futures
import contextlib
import re
import statistics
import tempfile
import time
from pathlib import Path

import loads
from agents import Agent, Failure, get, wait_for
from children import cpu_seconds, descendants, run
from cost import resident_mib
from shared import PTARMIGAN

# Others on the host come and go, and are no part of any cause.
CONFIGURATION = r"""targets:
  include:
    - cmdline: ['(/\.build-targets/|/growth-)']
"""
# So that cost follows its cause, and no budget holds it back.
UNBOUND = ("--budget.target-pause", "100", "--budget.agent-cpu", "100")
SCRAPES = 5
# In which an agent begins: it reads the files of all processes first.
SETTLE_SECONDS = 6.0
# Each of some clients asks so often, one after the other.
REQUESTS_EACH = 20
# Of which the median counts.
RECORDINGS = 3


class Axis:
    """A cause, its points, and which cost is asked for."""

    def __init__(self, name, unit, points, load, costs, *, text, options=(), at=None,
                 cost_at=None):
        self.name, self.unit, self.points, self.load = name, unit, points, load
        # What the page says of it.
        self.text = text
        # The names of the figures whose order is fitted.
        self.costs = costs
        self.cost_at = cost_at or of_agent
        self.options = options
        # What is done at a point beside the load; takes the agent and the point.
        self.at = at


def metric(text, name):
    return sum(float(value) for value in re.findall(
        rf"^{name}(?:\{{[^}}]*\}})? (\S+)", text, re.MULTILINE))


def scrapes(url, count):
    """How long answers took, in milliseconds, and the last one."""
    times, text = [], ""
    for _ in range(count):
        began = time.monotonic()
        text = get(url)[1]
        times.append((time.monotonic() - began) * 1e3)
    return times, text


def client(url):
    """How long answers took, in milliseconds, and how many requests got none."""
    times, refused = [], 0
    for _ in range(REQUESTS_EACH):
        try:
            times += scrapes(url, 1)[0]
        except OSError:
            refused += 1
    return times, refused


def many_clients(agent, count):
    """What a scrape costs the agent where so many ask at once."""
    before = cpu_seconds(agent.pid)
    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        parts = list(pool.map(lambda _: client(agent.url), range(count)))
    times = [one for part, _ in parts for one in part]
    used = cpu_seconds(agent.pid) - before
    return {"burst_cpu_seconds": used, "ms_each": used / max(len(times), 1) * 1e3,
            "burst_p50_ms": statistics.median(times or [0.0]),
            "burst_longest_ms": max(times, default=0.0),
            "refused": sum(refused for _, refused in parts)}


def cost(axis, point, seconds):
    """All figures at one point; without a load where the point is None."""
    return axis.cost_at(axis, point, seconds)


def recording(axis, point, _):
    """What recordings of one program cost, which read its files and name its functions."""
    with axis.load(point or 0) as (program, *_), tempfile.TemporaryDirectory() as directory:
        path, found = Path(directory) / "out.folded", []
        for _ in range(RECORDINGS):
            ended = run([PTARMIGAN, "record", "-p", program.pid, "-d", 1, "-r", 99, "-o", path])
            if ended.code != 0 or not re.search(r";main \d+$", path.read_text(), re.MULTILINE):
                raise Failure(f"the program's function has no name: {ended.said[-200:]}")
            found.append(ended)
    return {"record_cpu_seconds": statistics.median(one.cpu_seconds for one in found),
            "record_mib": statistics.median(one.peak_mib for one in found)}


def of_agent(axis, point, seconds):
    """All figures of an agent of its own."""
    load = axis.load(point) if point is not None else contextlib.nullcontext()
    options = [str(word).format(point=point or axis.points[0]) for word in axis.options]
    with load, tempfile.NamedTemporaryFile("w", suffix=".yml") as configuration:
        configuration.write(CONFIGURATION)
        configuration.flush()
        began = time.monotonic()
        with Agent("--config.file", configuration.name, *options) as agent:
            time.sleep(max(SETTLE_SECONDS - (time.monotonic() - began), 0))
            first = cpu_seconds(agent.pid)
            # On a busy machine the first metrics may be late.
            text = wait_for("the first metrics", lambda: get(agent.url)[1])
            held = metric(text, "ptarmigan_target_pause_seconds_sum")
            visits = metric(text, "ptarmigan_target_pause_seconds_count")
            before, began = cpu_seconds(agent.pid), time.monotonic()
            time.sleep(seconds)
            used = cpu_seconds(agent.pid) - before
            spent = time.monotonic() - began
            times, text = scrapes(agent.url, SCRAPES)
            held = metric(text, "ptarmigan_target_pause_seconds_sum") - held
            visits = metric(text, "ptarmigan_target_pause_seconds_count") - visits
            row = {"cpu_percent": used / spent * 100, "start_cpu_seconds": first,
                   "mib": resident_mib(descendants(agent.pid)),
                   "scrape_ms": statistics.median(times), "scrape_kib": len(text) / 1024,
                   "visits_per_second": visits / spent,
                   "pause_us": held / visits * 1e6 if visits else 0.0}
            return row | (axis.at(agent, point) if axis.at and point is not None else {})


AXES = {axis.name: axis for axis in (
    Axis("threads", "sleeping threads of one process", [100, 400, 1_600, 6_400],
         loads.sleeping_threads, ("cpu_percent", "mib"), options=UNBOUND,
         text="One process whose threads sleep."),
    Axis("processes", "sleeping processes", [50, 200, 800, 2_400],
         loads.sleeping_processes, ("cpu_percent", "mib"), options=UNBOUND,
         text="As many processes with one thread each that sleeps."),
    Axis("rate", "Hz asked for, one busy thread", [10, 30, 100, 300, 1_000],
         loads.busy, ("cpu_percent", "mib"), options=("--rate", "{point}", *UNBOUND),
         text="A thread that computes, at another rate each time."),
    Axis("depth", "frames of the one busy thread, at 99 Hz", [5, 20, 80, 320, 1_000],
         loads.deep, ("cpu_percent", "pause_us"), options=("--rate", "99", *UNBOUND),
         text="A thread that computes below so many calls."),
    Axis("symbols", "symbols of the recorded program's file",
         [3_000, 10_000, 100_000, 300_000, 1_000_000],
         loads.symbols, ("record_cpu_seconds", "record_mib"), cost_at=recording,
         text="A recording of a second (`ptarmigan record -d 1`) reads the program's symbols to "
              "name its only function; the median of three. In an agent this is spread over time, "
              "and a table that takes more than an eighth of its memory budget is not read."),
    Axis("file size", "MiB of the recorded program's file", [1, 8, 64, 256],
         loads.file_mebibytes, ("record_cpu_seconds", "record_mib"), cost_at=recording,
         text="The same, of a file with so many bytes that are neither code nor symbols."),
    Axis("groups", "programs of different names", [4, 8, 16, 24, 64, 256],
         loads.groups, ("cpu_percent", "scrape_kib"), options=UNBOUND,
         text="As many processes, each of a program with its own name, that compute for 0.2 ms ten "
              "times a second. 24 groups have series of their own at most; what else there is is "
              "one group, so a scrape grows no longer from there on."),
    Axis("scrapers", "clients that scrape at once", [1, 4, 16, 64],
         loads.busy, ("burst_cpu_seconds", "burst_p50_ms"), options=UNBOUND, at=many_clients,
         text="So many clients ask for the metrics at once, each 20 times, one request after the "
              "other. They run on the same CPUs as the agent."),
)}
