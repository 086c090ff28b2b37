#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Twenty agents in network namespaces, one real Prometheus, and a real VictoriaMetrics behind it.

    Scripts/test-fleet.py [--agents N] [--keep FILE]

Prometheus has the configuration and the rules of deploy/prometheus, with shorter intervals and
shorter `for`. Some of the hosts have something wrong. Every query of every dashboard, every
recording rule and every recipe is asked of both stores. Runs as root, for about four minutes.
Expects .build/release/ptarmigan, .build-targets and what Scripts/install-dependencies.sh fleet
unpacks. All traffic stays in namespaces that the test makes. --keep leaves the figures in a file.
Exits with 0 or 1.
"""

import argparse
import contextlib
import datetime
import os
import re
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path

import fleet_inventory
import fleet_network
from agents import Failure, stop, wait_for
from dashboard_queries import check_answered, rows_of_dashboards, rows_of_recipes, rows_of_rules
from fleet_checks import (alerts, check_admin_sockets, check_alerts, check_bounds, check_groups,
                          check_targets, check_up, check_vanished, figures, values, wanted)
from fleet_members import KINDS, Killed, fleet
from fleet_stores import Comparison, VictoriaMetrics, check_samples
from fleet_sums import check_sums, scraped_after
from prometheus import RuledPrometheus
from recordings import check, conclude

INTERVAL_SECONDS = 5
VALUES = {"job": "ptarmigan", "instance": ".+", "group": ".+", "__rate_interval": "30s",
          "__range": "1m"}
RECIPES_GROUP, RECIPES_OFFSET = "shop", "20s"
# Functions of a new group come with its second window, after twenty seconds; and what has ended
# must be out of every range that is compared.
SETTLE_SECONDS = 100
ALERT_SECONDS = 120


def hurried(rules):
    """The rules with a shorter `for`; what they ask for, and of which ranges, stands."""
    return re.sub(r"for: \d+[mh]", "for: 15s", rules)


def check_comparisons(prometheus, store, rows, when):
    """The stores have the same samples, and answer alike but where MetricsQL differs by design."""
    check_samples(prometheus, store, "30s", when)
    done = [Comparison(row, VALUES, prometheus, store, when) for row in rows]
    plain = [one for one in done if not one.is_rated]
    counted = [one for one in done if one.is_rated and not one.reason]
    others = [one for one in done if one.reason]
    for text, chosen in (("queries without a range give the same", plain),
                         ("queries of rates give the growth between samples", counted)):
        wrong = [(str(one.row), one.differences[:2]) for one in chosen if one.differences]
        check(chosen and not wrong, f"{len(chosen)} {text} {wrong[:3]}")
    print("\nHow far the stores' own answers are apart, of the largest:")
    for one in sorted(counted + others, key=lambda one: (one.reason or "", -one.deviation)):
        print(f"{one.deviation:9.2%}  {one.row}: {one.reason or 'extrapolation'}")
    print()
    return {"queries that VictoriaMetrics answers as Prometheus": f"{len(plain)}",
            "rates that differ by extrapolation alone, median and most": apart(counted),
            "those of series that came or went, median and most": apart(others)}


def apart(comparisons):
    found = [one.deviation for one in comparisons]
    return f"{len(found)}: {statistics.median(found):.1%}, {max(found):.1%}" if found else "0"


def report(found, path):
    width = max(map(len, found))
    text = "".join(f"{name:<{width}}  {value}\n" for name, value in found.items())
    print(f"\n{text}")
    if path:
        Path(path).write_text(text)


def settle(prometheus, members, begun):
    """Waits for the alerts, and until ranges hold nothing of the time before the faults."""
    expected = wanted(members)

    def settled_down():
        for member in members:
            member.poke()
        missing = expected - alerts(prometheus)
        if missing or time.time() < begun + SETTLE_SECONDS:
            raise ValueError(f"alerts that do not fire yet: {sorted(missing)}")
        return True

    try:
        wait_for("alerts", settled_down, [prometheus.process], ALERT_SECONDS)
    except Failure as failure:
        check(False, failure)


def has_rates(prometheus, members):
    """Whether the recording rules have each group of each agent."""
    rows = prometheus.query("instance_group:ptarmigan_group_cpu_seconds:rate5m")
    return ({(labels["instance"], labels["group"]) for labels, _ in rows}
            >= {(member.instance, group) for member in members for group in member.groups})


def has_passed(prometheus, when):
    """Whether all has been scraped and evaluated once more: nothing of a time is still to come."""
    evaluated = [datetime.datetime.fromisoformat(group["lastEvaluation"]).timestamp()
                 for group in prometheus.ask("rules")["groups"]]
    return scraped_after(prometheus, when) and min(evaluated) > when


def watch(prometheus, store, members, options):
    """The fleet from its first scrape to the last."""
    rows = [*rows_of_dashboards(), *rows_of_rules(prometheus),
            *rows_of_recipes(RECIPES_GROUP, RECIPES_OFFSET)]
    wait_for("all agents", lambda: sum(values(prometheus, "up").values()) == len(members))
    begin = time.time()
    check(True, f"{len(members)} agents are up")
    check_admin_sockets(members)
    wait_for("rates of all groups", lambda: has_rates(prometheus, members), [prometheus.process])
    for member in members:
        member.begin()
    settle(prometheus, members, begin)
    # Of a part of a second the stores make milliseconds in different ways.
    when = int(time.time())
    wait_for("all of this time is written", lambda: has_passed(prometheus, when),
             [prometheus.process])
    for row in rows:
        row.ask(prometheus, VALUES, when)
    check_answered(rows)
    check_groups(prometheus, members, when)
    check_vanished(prometheus, members, when)
    compared = check_comparisons(prometheus, store, rows, when)
    killed, = (member for member in members if isinstance(member, Killed))
    killed.again()
    wait_for("the killed agent", lambda: values(prometheus, "up")[killed.instance] == 1)
    wait_for("the end of its alert", lambda: killed.instance not in
             {instance for instance, _ in alerts(prometheus)})
    check_sums(prometheus, members)
    check_up(prometheus, members, begin, INTERVAL_SECONDS)
    check_bounds(prometheus, begin)
    check_alerts(prometheus, members, begin)
    report({**figures(prometheus, begin), **compared}, options.keep)
    for server in (prometheus, store):
        check(not server.warnings(), f"no warnings of {Path(server.process.args[0]).name} "
                                     f"{server.warnings()[:3]}")


def run(directory, options):
    with contextlib.ExitStack() as stack:
        network = stack.enter_context(
            fleet_network.Network(options.agents + fleet_inventory.COUNT))
        members = fleet(network.hosts[:options.agents], directory, stack)
        store = stack.enter_context(VictoriaMetrics(directory))
        # A killed agent is no reason to give up.
        others = [member.agent for member in members[1:]]
        with RuledPrometheus(directory, members[0].agent, f"{INTERVAL_SECONDS}s", hurried, others,
                             more=store.remote_write) as prometheus:
            watch(prometheus, store, members, options)
        fleet_inventory.watch(directory, network.hosts[options.agents:], members, stack)
        codes = [stop(member.agent.process) for member in members]
        check(not any(codes), f"{len(codes)} agents end with 0 {codes if any(codes) else ''}")
        check_targets(members)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agents", type=int, default=20, help="20 by default, and 8 at least")
    parser.add_argument("--keep", help="leave the figures in this file")
    options = parser.parse_args()
    if options.agents < len(KINDS) + 1:
        parser.error(f"each kind of host is there once: {len(KINDS) + 1} agents at least")
    if os.geteuid() != 0:
        raise SystemExit("test-fleet: needs root, for network namespaces")
    fleet_network.enter()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="ptarmigan-fleet-") as name:
        try:
            run(Path(name), options)
        except (Failure, OSError) as failure:
            check(False, failure)
    return conclude()


if __name__ == "__main__":
    sys.exit(main())
