# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Whether the measures see what they are for: tools that are known to do harm."""

import argparse
import subprocess
import sys

import harm
import machine
import measures
import mojo
import ratios
import rounds
import selftest_tools
import truth
from peers import TOOLS
from recordings import check, conclude
from shared import CPUS
from targets import KINDS


def options_for(*keys):
    return argparse.Namespace(rounds=2, seconds=2.0, targets=[], available=list(keys), missing={},
                              kills=3)


def turns(kind, *keys):
    """The figures of some tools on one target."""
    rows, options = [], options_for(*keys)
    for number in range(options.rounds):
        rows += rounds.Turns(options, number, KINDS[kind], lambda text: None).run()
    return rows, measures.figures(rows, None)[kind]


def check_pauses():
    _, found = turns("gapmeter", "nobody", "holder")
    seen = found["holder"]["pauses"]
    lasted = measures.median(selftest_tools.Holder.lengths) * 1e6
    check(0.8 < seen.get("p50_us", 0) / lasted < 1.2,
          f"holds of {lasted:.0f} us are seen as such: {seen.get('p50_us')} us")
    check(2 < seen.get("per_second", 0) < 8, f"four a second: {seen.get('per_second')}")
    check(30 < seen["lost_percent"] < 50, f"and what they take: {seen['lost_percent']} %")
    alone = found["nobody"]["pauses"]
    check(abs(alone["lost_percent"]) < 5, f"the base loses nothing: {alone['lost_percent']} %")
    check("per_second" not in alone or alone["p50_us"] < 1_000,
          f"and has no pauses of such length: {alone}")


def check_laps():
    _, found = turns("steps", "nobody", "holder")
    slower = measures.median(found["holder"]["slower_percent"])
    by_cpu = measures.median(found["holder"]["slower_cpu_percent"])
    check(40 < slower < 120, f"a program that is held for 40 % of the time is slower: {slower} %")
    check(abs(by_cpu) < 15, f"but not by its CPU time: {by_cpu} %")


def check_left():
    rows, found = turns("steps", "nobody", "leaver")
    check(found["leaver"]["left"] and not found["nobody"].get("left"),
          f"a target that is left stopped is noted: {found['leaver'].get('left')}")
    check(all("after" in row for row in rows), "and goes on for the next tool")
    killed = harm.kills("slayer", 3)
    check(killed["left"] == 3 and killed["died"] == 0, f"and counted after kills: {killed}")
    untouched = harm.kills("nobody-child", 3)
    check(untouched["left"] == 0 and untouched["kills"] == 3, f"an idle tool's is not: {untouched}")


def check_waits():
    alone, disturbed = harm.waits("nobody"), harm.waits("disturber")
    check(alone["calls"] > 100 and alone["spurious"] == 0, f"no wait fails alone: {alone}")
    check(disturbed["spurious"] > 0, f"waits that SIGSTOP ends are counted: {disturbed}")
    alone, disturbed = harm.transfers("nobody"), harm.transfers("disturber")
    check(alone["short"] == 0, f"no transfer is short alone: {alone}")
    check(disturbed["short"] > 0, f"transfers that it cuts short are counted: {disturbed}")


def check_shares():
    """Arithmetic, on made-up shares and files."""
    true = {"a": 0.6, "b": 0.4}
    check(truth.distance(true, true) == 0 and truth.distance({"c": 1.0}, true) == 1,
          "the distance of equal shares is 0, and of shares with nothing in common 1")
    check(abs(truth.distance({"a": 0.5, "b": 0.5}, true) - 0.1) < 1e-9, "10 points are 10 %")
    costs = truth.own_costs("fn=(1) a\n3 10\n+1 5\ncfn=(2) b\ncalls=1 5\n4 100\nfn=(2)\n5 90\n")
    check(costs == {"a": 15, "b": 90}, f"callgrind's own costs leave callees out: {dict(costs)}")
    data = (b"MOJ\x03" b"\x02\x05\x00t\x00" b"\x0b\x02f\x00" b"\x03\x07\x02\x02\x01\x01\x01\x01"
            b"\x05\x07" b"\x09\x01" b"\x02\x05\x00t\x00" b"\x05\x07" b"\x08")
    check(mojo.read(data).rows == {("f",): 1}, f"Austin's file: {mojo.read(data).rows}")
    if truth.missing() is None:
        counted = truth.of_steps()
        check(abs(counted["scan_text"] - 22 / 107) < 0.01,
              f"callgrind gives the functions their parts: {counted}")


def made_up(tool, number, lap_ns, cpu_percent, **more):
    """A row as a round gives it, of a program whose laps take 20 ms alone."""
    part = {"laps": 10, "wall": 200_000_000}
    return {"target": "steps", "tool": tool, "round": number, "before": part, "after": part,
            "run": {"laps": 10, "wall": lap_ns * 10}, "cpu_percent": cpu_percent,
            "after_seconds": 0.02, "seconds": 2.0, "peak_mib": 10.0, **more}


def check_ratios():
    """Arithmetic: only rounds that have both, and what failed in none."""
    rows = [made_up("record", 0, 20_000_000, 1.0, samples_per_second=100.0),
            made_up("perf-fp", 0, 22_000_000, 3.0, samples_per_second=50.0),
            made_up("perf-fp", 1, 22_000_000, 3.0, samples_per_second=50.0),
            made_up("gdb", 0, 22_000_000, 3.0, failure="it ended")]
    found = ratios.of("steps", rows)
    seen = {name: round(values[0], 3) for name, values in found["perf-fp"].items()
            if len(values) == 1}
    check(seen == {"lap time": 1.1, "CPU in all": 2.0, "CPU of a sample": 4.0, "memory": 1.0,
                   "samples": 0.5}, f"ratios are of one round and one second: {seen}")
    check(ratios.has_answer(rows[1]) and not ratios.has_answer(rows[1] | {"target": "calls"}),
          "what was not asked for its stacks has no CPU time in all")
    check(set(found) == {"perf-fp"}, f"and none is of a failure or of itself: {set(found)}")


def check_others():
    """What the page says of the machine: a CPU that computes here is seen."""
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as burner:
        look = machine.others()
        burner.kill()
    check(look["busy"] > 20 / len(CPUS), f"work of others is seen: {look}")
    said = machine.sentence(machine.summary([{"busy": 10.0, "stolen": 0.0},
                                             {"busy": 90.0, "stolen": 4.0}]))
    check("50 %" in said and "90 %" in said and "4 %" in said, f"and said: {said}")


def run():
    """All checks; the exit code."""
    for tool in selftest_tools.ALL:
        TOOLS[tool.key] = tool
    for part in (check_shares, check_ratios, check_others, check_pauses, check_laps, check_left,
                 check_waits):
        part()
    return conclude()
