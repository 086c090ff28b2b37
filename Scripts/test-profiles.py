#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Asks a real agent for profiles as engineers and scrapers do, and reads them with Go's pprof.

    Scripts/test-profiles.py

Expects .build/release/ptarmigan, .build-targets and `go`, which Scripts/install-dependencies.sh
provides. Everything listens on loopback. Exits with 0 or 1.
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

from agents import PROGRAM, TARGETS, Agent, Answer, Failure, cpu_seconds, started, wait_for
from recordings import check, conclude

# How far a profile's CPU time may be from the kernel's for the same seconds: both ends of the
# interval are met to the tracer's batch, and clocks are read before and after.
CPU_TOLERANCE = 0.04
# Of some 1,000 samples: four times what chance makes of a share of 60 %.
SHARE_TOLERANCE = 0.06
# Budgets that hold nothing back: what is tested are profiles.
LAVISH = ("--budget.agent-cpu", "100", "--budget.target-pause", "100")
SPLIT = {"hot_sixty": 0.6, "warm_thirty": 0.3, "cool_ten": 0.1}


def pprof(*arguments, directory):
    """What Go's pprof prints."""
    run = subprocess.run(["go", "tool", "pprof", *map(str, arguments)], capture_output=True,
                         text=True, env={**os.environ, "PPROF_TMPDIR": str(directory)})
    if run.returncode != 0:
        raise Failure(f"go tool pprof {' '.join(map(str, arguments))}: {run.stderr}")
    return run.stdout


class Site:
    """The addresses of an agent."""

    def __init__(self, agent):
        self.root = agent.url.removesuffix("/metrics")

    def url(self, path, **parameters):
        query = urllib.parse.urlencode(parameters)
        return f"{self.root}{path}{'?' if query else ''}{query}"

    def profile(self, **parameters):
        return self.url("/debug/pprof/profile", **parameters)


def shares(table):
    """Flat shares by function of pprof -top."""
    rows = re.findall(r"^\s*\S+\s+([\d.]+)%\s+\S+%\s+\S+\s+\S+%\s+(\S+)", table, re.MULTILINE)
    return {name: float(share) / 100 for share, name in rows}


def check_top(site, directory):
    """Must show 1: pprof reads a profile of five seconds and names the function that is hot."""
    table = pprof("-top", "-unit=s", site.profile(seconds=5, group="busy"), directory=directory)
    found = shares(table)
    off = {name: found.get(name, 0) for name, share in SPLIT.items()
           if abs(found.get(name, 0) - share) > SHARE_TOLERANCE}
    check(not off, f"go tool pprof -top: 60, 30 and 10 % are {found}")
    total = re.search(r"Total samples = ([\d.]+)(\w+)", table)
    check(total and total[2] == "s", f"the values are CPU seconds: {total and total[0]}")


def check_scrapers(site, process, directory):
    """Two scrapers at once get what each asked for, whole, and the CPU time is the kernel's."""
    results = {}

    def scrape(name, seconds):
        began, before = time.monotonic(), cpu_seconds(process.pid)
        answer = Answer(site.profile(seconds=seconds, group="busy"))
        results[name] = (seconds, answer, time.monotonic() - began,
                         cpu_seconds(process.pid) - before)

    threads = [threading.Thread(target=scrape, args=pair) for pair in (("Parca", 10), ("Alloy", 14))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name, (seconds, answer, took, used) in results.items():
        check(answer.status == 200, f"{name}: status {answer.status}")
        check(answer.headers["Content-Type"] == "application/octet-stream", f"{name}: its type")
        check(seconds <= took < seconds + 1, f"{name}: asked for {seconds} s, took {took:.2f} s")
        path = directory / f"{name}.pb.gz"
        path.write_bytes(answer.body)
        raw = pprof("-raw", path, directory=directory)
        duration = float(re.search(r"^Duration: ([\d.]+)", raw, re.MULTILINE)[1])
        check(abs(duration - seconds) < 0.2, f"{name}: the profile says {duration} s")
        table = pprof("-top", "-unit=ms", path, directory=directory)
        total = float(re.search(r"Total samples = ([\d.]+)ms", table)[1]) / 1e3
        check(abs(total / used - 1) < CPU_TOLERANCE,
              f"{name}: {total:.3f} s of CPU time, the kernel counts {used:.3f} s")
        check("samples/count cpu/nanoseconds" in raw, f"{name}: the types of samples")


def check_past(site):
    """What was is answered at once, and adjacent spans add up."""
    now = time.time()
    began = time.monotonic()
    parts = [Answer(site.url("/flamegraph", group="busy", format="folded", **{
        "from": now - 12 + 4 * part, "to": now - 8 + 4 * part})).text for part in range(2)]
    whole = Answer(site.url("/flamegraph", group="busy", format="folded",
                            **{"from": now - 12, "to": now - 4})).text
    took = time.monotonic() - began
    check(took < 2, f"three answers from what is kept took {took:.2f} s")

    def weight(text):
        return sum(int(line.rsplit(" ", 1)[1]) for line in text.splitlines())

    parts_weight, whole_weight = sum(map(weight, parts)), weight(whole)
    check(whole_weight > 0 and abs(parts_weight / whole_weight - 1) < 0.02,
          f"two halves weigh {parts_weight}, the whole {whole_weight}")
    ago = Answer(site.profile(group="busy", ago=10, seconds=5))
    check(ago.status == 200, "ten seconds ago, for five seconds")
    check(Answer(site.profile(group="busy", ago=1, seconds=5)).status == 400,
          "what is to come is not past")


def check_wall(site, sleeping):
    """A program that sleeps has no CPU time and much wall time."""
    text = Answer(site.url("/flamegraph", group="sleepers", kind="wall", format="folded")).text
    check("nanosleep" in text or "futex" in text or "pause" in text,
          f"the sleeper's waits are there: {text[:200]!r}")
    wall = Answer(site.url("/debug/pprof/wall", seconds=1, group="sleepers"))
    check(wall.status == 200 and 'filename="wall"' in wall.headers["Content-Disposition"],
          "a wall profile by Go's path")
    check(sleeping.poll() is None, "the sleeper runs on")


def check_formats(site):
    """Each format is what its name says."""
    def flame(form):
        return Answer(site.url("/flamegraph", group="busy", format=form))
    page = flame("html")
    check("text/html" in page.headers["Content-Type"] and "hot_sixty" in page.text, "a page")
    check("script-src" in page.headers["Content-Security-Policy"], "its policy")
    speedscope = json.loads(flame("speedscope").text)
    check("speedscope" in speedscope["$schema"], "speedscope's file")
    check(flame("folded").text.count("hot_sixty") > 0, "folded stacks")
    check(flame("json").status == 200 and json.loads(flame("json").text), "JSON")
    check(flame("pprof").body[:2] == b"\x1f\x8b", "a compressed message")
    text = Answer(site.profile(group="busy", ago=10, seconds=5, debug=1))
    check("text/plain" in text.headers["Content-Type"] and "hot_sixty" in text.text, "debug=1")


def check_discovery(site):
    """One target for each group, as http_sd has it."""
    answer = Answer(site.url("/sd/profiles"))
    listed = json.loads(answer.text)
    groups = {entry["labels"]["__param_group"] for entry in listed}
    address = urllib.parse.urlsplit(site.root).netloc
    check({"busy", "sleepers"} <= groups, f"groups to be discovered: {groups}")
    check(all(entry["targets"] == [address] for entry in listed), "all at this address")


def check_regression(directory):
    """A function that becomes three times as slow is the first row of the difference.

    It is +15 points then and the next one -10, so enough samples are taken to tell them apart.
    """
    with started(TARGETS / "busy", "--seconds", "0") as busy, \
            Agent("--pid", busy.pid, "--rate", "499", *LAVISH) as agent:
        wait_for("the group", lambda: "busy" in agent.groups(), [agent.process])
        compare(Site(agent), busy, directory)


def compare(site, process, directory):
    files = {}
    for name in ("before", "after"):
        answer = Answer(site.profile(seconds=10, group="busy"))
        files[name] = directory / f"{name}.pb.gz"
        files[name].write_bytes(answer.body)
        process.send_signal(signal.SIGUSR1)
    done = subprocess.run([PROGRAM, "diff", files["before"], files["after"]], capture_output=True,
                          text=True)
    rows = [line.split() for line in done.stdout.splitlines() if not line.startswith("#")]
    first = next((row for row in rows if row), [])
    check(first and first[-1] == "cool_ten" and first[0].startswith("+"),
          f"ptarmigan diff: the first row is {first} {done.stderr.strip()}")
    page = directory / "diff.html"
    subprocess.run([PROGRAM, "diff", files["before"], files["after"], "-o", page], check=True)
    check("cool_ten" in page.read_text(), "and a page of it")


def main():
    with tempfile.TemporaryDirectory() as directory, \
            started(TARGETS / "busy", "--seconds", "0") as busy, \
            started(TARGETS / "sleepers", "--seconds", "0") as sleepers, \
            Agent("--pid", busy.pid, "--pid", sleepers.pid, "--rate", "199", *LAVISH) as agent:
        site, directory = Site(agent), Path(directory)
        wait_for("the groups", lambda: {"busy", "sleepers"} <= set(agent.groups()), [agent.process])
        check_top(site, directory)
        check_scrapers(site, busy, directory)
        check_past(site)
        check_wall(site, sleepers)
        check_formats(site)
        check_discovery(site)
    with tempfile.TemporaryDirectory() as directory:
        check_regression(Path(directory))
    return conclude()


if __name__ == "__main__":
    sys.exit(main())
