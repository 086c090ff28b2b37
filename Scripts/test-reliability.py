#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""The page of the long trials, from verdicts that are made up: nothing is invented, nothing hidden.

    Scripts/test-reliability.py
"""

import sys
import xml.etree.ElementTree

import plots
import reliability_page
from recordings import check, conclude

WHERE = {"began": "2026-01-31T10:00:00+00:00", "kernel": "6.1", "machine": "x86_64", "cpus": 2,
         "seconds": 600, "passed": True}
SOAK = {"check": "soak", "passed": True, "agents": {"defaults": {
    "programs": 1200, "visits": 3400, "reloads": 7,
    "found": {"KiB of memory": [30_000 + second for second in range(1_200)],
              "descriptors": [40] * 1_200}}}}
CHAOS = {"check": "chaos", "passed": False, "seed": 1, "failures": ["Killed, visits: traced"],
         "agents": {}, "events": {
             "Killed": {"about": "SIGKILL.", "count": 3, "failures": ["visits: traced"],
                        "longest_ms": 1.25, "notes": {"tries": [1, 0]}},
             "Of32Bits": {"about": "A program.", "count": 0, "failures": [], "longest_ms": 0.0,
                          "notes": {}, "missing": "no compiler"}}}


def part(*verdicts, **changes):
    return {**WHERE, "verdicts": list(verdicts), **changes}


def test_missing():
    pages = reliability_page.files({})
    text = pages["RELIABILITY.md"]
    check(list(pages) == ["RELIABILITY.md"], f"without a run there are no pictures {list(pages)}")
    check(text.count("Missing: ") == text.count("missing: not run") == len(reliability_page.PARTS),
          "each part is said to be missing")
    check("passed" not in text, "and nothing to have passed")
    check("Found and mended on the way" in text, "what was mended stands there all the same")


def test_failures():
    text = reliability_page.files({"chaos": part(CHAOS, passed=False)})["RELIABILITY.md"]
    check("**failed**" in text and "- Killed, visits: traced" in text, "a failure is shown")
    check("| Killed | SIGKILL. | 3 | 1 | 1.2 | tries: 1 of 2 not 0, at most 1 |" in text,
          "with the events of its kind")
    check("no compiler" in text, "and what could not happen")
    text = reliability_page.files({"soak": part(passed=False)})["RELIABILITY.md"]
    check("it ended without a verdict" in text, "so is a run without a verdict")


def test_soak():
    pages = reliability_page.files({"soak": part(SOAK)})
    text = pages["RELIABILITY.md"]
    check("| defaults | 1,200 | 3,400 | 29.9 | 30.5 | 40 | 40 |" in text, "a soak's figures")
    for name in ("reliability-memory.svg", "reliability-descriptors.svg"):
        root = xml.etree.ElementTree.fromstring(pages[name])
        lines = [each for each in root if each.tag.endswith("polyline")]
        check(len(lines) == 1 and name in text and "prefers-color-scheme:dark" in pages[name],
              f"{name} is a picture in light and dark, and on the page")


def test_plots():
    spike = [1.0] * 10_000
    spike[7_777] = 99.0
    check((7_777, 99.0) in plots.thinned(spike) and len(plots.thinned(spike)) <= plots.POINTS + 2,
          f"a spike is not thinned out of {len(plots.thinned(spike))} points")
    check(plots.ticks(43)[-1] >= 43 and len(plots.ticks(43)) <= 7, f"steps {plots.ticks(43)}")
    check(xml.etree.ElementTree.fromstring(plots.plot("<&>", {"a": []}, 0, "")) is not None,
          "nothing is a picture, too")


def main():
    for test in (test_missing, test_failures, test_soak, test_plots):
        test()
    return conclude()


if __name__ == "__main__":
    sys.exit(main())
