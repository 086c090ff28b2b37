#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Asks a real Prometheus every query of every dashboard, every recording rule, and every recipe.

    Scripts/test-dashboards.py [--write FILE]

It has the rules of deploy/prometheus and scrapes a real agent that samples real programs, whose
profiles are asked for as deploy/alloy and deploy/parca do meanwhile. A query without an answer is
a failure, but for those that are only there under a fault. --write leaves the table of panels in a
file. Expects .build/release/ptarmigan and .build-targets. Everything listens on loopback. Exits
with 0 or 1.
"""

import argparse
import concurrent.futures
import contextlib
import json
import re
import shutil
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

from agents import TARGETS, Agent, Answer, Failure, get, started, wait_for
from dashboard_queries import check_answered, rows_of_dashboards, rows_of_recipes, rows_of_rules
from dashboard_rules import panels
from prometheus import RuledPrometheus
from recordings import ROOT, check, conclude
from scrapers import asked_for

# As long as the longest of what the agent hands on in turns: waits, every ten seconds, and their
# names a window later.
LEAST_SECONDS = 40
MOST_SECONDS = 75
VALUES = {"job": "ptarmigan", "group": "callers|busy|sleepers|waits", "__rate_interval": "30s",
          "__range": "1m"}
# What stands in for the groups of docs/PROMQL.md; its two versions of one program are copies.
RECIPES_GROUP, RECIPES_OFFSET = "callers", "15s"
VERSIONS = ("shop-1.4", "shop-1.5")


def check_rules(prometheus):
    """Prometheus has evaluated every rule without an error."""
    groups = prometheus.ask("rules")["groups"]
    broken = [(rule["name"], rule["lastError"]) for group in groups for rule in group["rules"]
              if rule["health"] != "ok"]
    count = sum(len(group["rules"]) for group in groups)
    check(count > 50 and not broken, f"{count} rules are evaluated without an error {broken}")


def check_configuration(prometheus):
    """The limits of the scrape are in force, and leave room."""
    configuration = prometheus.ask("status/config")["yaml"]
    limit = int(re.search(r"sample_limit: (\d+)", configuration)[1])
    (_, samples), = prometheus.query("scrape_samples_post_metric_relabeling")
    check(samples < limit, f"a scrape has {samples:.0f} samples, of {limit} allowed")


def services(agent):
    """The targets that scrapers of profiles find, by the service."""
    found = json.loads(get(agent.url.replace("/metrics", "/sd/profiles"))[1])
    return {it["labels"]["service_name"]: (it["targets"][0], it["labels"]["__param_group"])
            for it in found}


def check_scrapers(agent):
    """What deploy/alloy and deploy/parca ask for, of each group at once, as they do."""
    asked = [(path, seconds, target) for path, seconds in asked_for()
             for target in services(agent).values()]

    def ask(path, seconds, target):
        address, group = target
        began = time.monotonic()
        answer = Answer(f"http://{address}{path}?group={urllib.parse.quote(group)}"
                        f"&seconds={seconds}")
        return (answer.status == 200 and answer.body[:2] == b"\x1f\x8b"
                and answer.headers["Content-Type"] == "application/octet-stream"
                and seconds <= time.monotonic() - began < seconds + 3)

    with concurrent.futures.ThreadPoolExecutor(len(asked)) as pool:
        good = list(pool.map(lambda one: ask(*one), asked))
    check(all(good), f"{sum(good)} of {len(asked)} profiles at a time, as Alloy and Parca ask: "
                     f"{sorted(asked_for())}")


def check_flame_graphs(agent):
    """What the flame graph panel asks for is rows in depth-first order, and adds up."""
    dashboard = json.loads((ROOT / "dashboards/ptarmigan-flame-graph.json").read_text())
    panel = next(it for it in panels(dashboard) if it["type"] == "flamegraph")
    target, = panel["targets"]
    names = [column["selector"] for column in target["columns"]]
    netloc = urllib.parse.urlsplit(agent.url).netloc
    values = {"${scheme}": "http", "${instance}": netloc, "${group:percentencode}": "busy",
              "${kind}": "cpu", "${seconds}": "30"}
    url = target["url"]
    for name, value in values.items():
        url = url.replace(name, value)
    answer = Answer(url)
    check(answer.status == 200, f"{url}: {answer.status}")
    rows = json.loads(answer.body)
    check(all(set(names) <= set(row) for row in rows), f"{len(rows)} rows have {names}")
    check(rows[0]["level"] == 0 and all(0 < row["level"] <= before["level"] + 1
                                        for before, row in zip(rows, rows[1:])),
          "one root, and each row below the one before it")
    own = sum(row["self"] for row in rows)
    check(abs(own - rows[0]["value"]) <= 1e-6 * own, f"{own} of their own add up to the root's")
    check(any("hot_sixty" in row["label"] for row in rows), "and hot_sixty is among them")


def table(rows):
    """The panels with their queries, in Markdown."""
    text = ""
    for dashboard in dict.fromkeys(row.dashboard for row in rows):
        text += f"\n## {dashboard}\n\n| panel | query | series |\n|---|---|---|\n"
        for row in (it for it in rows if it.dashboard == dashboard):
            query = row.expression.replace("|", "\\|")
            series = str(row.series) if row.series else f"none: {row.reason}"
            text += f"| {row.panel} | `{query}` | {series} |\n"
    return text


INTRODUCTION = """# Dashboards

Every query of [dashboards/](../dashboards) and every recording rule, as `Scripts/test-dashboards.py
--write docs/DASHBOARDS.md` found them in a real Prometheus that scraped one agent with {programs}
programs. Series are those that came back.
"""


def write(path, rows, programs):
    Path(path).write_text(INTRODUCTION.format(programs=programs) + table(rows))


def run(directory, options):
    began = time.monotonic()
    programs = [("busy", "--threads", "1"), ("callers", "--mixed", "2000", "--naps", "20"),
                ("sleepers", "--threads", "4"), ("waits",)]
    copies = [(shutil.copy(TARGETS / "callers", directory / version), "--mixed", "500")
              for version in VERSIONS]
    with contextlib.ExitStack() as stack:
        processes = [stack.enter_context(started(TARGETS / name, "--seconds", "0", *arguments))
                     for name, *arguments in (*programs, *copies)]
        pids = [word for process in processes for word in ("--pid", process.pid)]
        agent = stack.enter_context(Agent(
            *pids, "--metrics.inclusive", "--syscalls.windows",
            "--syscalls.duration", "pread64", "--syscalls.duration", "write", "--rate", "49",
            "--budget.target-pause", "1", "--budget.agent-cpu", "10", "--web.max-profiles", "24",
            canary=True))
        prometheus = stack.enter_context(RuledPrometheus(directory, agent))
        address = urllib.parse.urlsplit(agent.url).netloc
        values = dict(VALUES, instance=re.escape(address).replace("\\", "\\\\"))
        shown = [*rows_of_dashboards(), *rows_of_rules(prometheus)]
        rows = [*shown, *rows_of_recipes(RECIPES_GROUP, RECIPES_OFFSET)]

        def unanswered():
            """Asks all again; rates need some time, and names of calls some windows."""
            for row in rows:
                row.ask(prometheus, values)
            empty = [str(row) for row in rows if row.is_missing]
            if time.monotonic() - began < LEAST_SECONDS or empty:
                raise ValueError(f"{len(empty)} queries have no answer: {', '.join(empty[:3])}")
            return rows

        wait_for("profiles of each group",
                 lambda: len(services(agent)) == len(processes), [agent.process])
        check_scrapers(agent)
        try:
            wait_for("answers", unanswered, [agent.process, prometheus.process],
                     MOST_SECONDS - (time.monotonic() - began))
        except Failure as failure:
            print(failure)
        print(table(rows))
        check_answered(rows)
        check_rules(prometheus)
        check_configuration(prometheus)
        check_flame_graphs(agent)
        if options.write:
            write(options.write, shown, len(processes))
        check(not prometheus.warnings(), f"Prometheus has no warnings {prometheus.warnings()[:3]}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", help="leave the table of panels in this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ptarmigan-dashboards-") as name:
        try:
            run(Path(name), options)
        except (Failure, OSError) as failure:
            check(False, failure)
    return conclude()


if __name__ == "__main__":
    sys.exit(main())
