#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Raises the alerts of deploy/prometheus by real faults of real agents, in a real Prometheus.

    Scripts/test-alerts.py [FAULT ...]

Agents run in four batches; each has one of the faults of Scripts/faults.py, but for one that has
none. The rules are those of deploy/prometheus with shorter times. Runs as root, for four minutes.
Expects .build/release/ptarmigan and .build-targets. Everything listens on loopback. Exits with 0
or 1.
"""

import argparse
import contextlib
import re
import signal
import sys
import tempfile
import time
from pathlib import Path

from agents import Failure, wait_for
from faults import BATCHES, Blind, Healthy
from prometheus import RuledPrometheus
from recordings import ROOT, check, conclude
from situations import Place

# What a minute is for in the rules takes a second here, about.
RANGES = {"1h:": "60s:", "1h": "60s", "15m": "20s", "10m": "30s", "5m": "10s"}
# Caches are emptied once in some seconds, and targets left alone after a few long visits; an hour has
# sixty times as many.
COUNTS = {f"ptarmigan_{name}_total[60s]) > 10": f"ptarmigan_{name}_total[60s]) > 1"
          for name in ("memory_trims", "overlong_pauses")}
# What was not used of a budget may be used later, and ten seconds are too short for it.
HASTY = {"PtarmiganPauseOverBudget"}
SETTLE_SECONDS = 8
MOST_SECONDS = 75

NOT_PROVOKED = {
    "PtarmiganCallsInterrupted": "on x86-64 the agent begins all calls of the waits here again",
    "PtarmiganProfileRingShort": "the smallest ring takes minutes to fill",
    "PtarmiganTargetStillTraced": "it must not happen, and no way is known to have it happen each time",
    "PtarmiganPauseOverBudget": "over minutes the budget is kept: longer visits make fewer",
    "PtarmiganSeriesOmitted": "the tables' own bounds keep below the limit",
    "PtarmiganCollectorFailed": "only where a host has no CPU time left",
    "PtarmiganScrapesRepeated": "only where a host has no CPU time left",
}


def hurried(rules):
    """The rules with shorter times."""
    for long, short in RANGES.items():
        rules = rules.replace(f"[{long}]", f"[{short}]")
    for long, short in COUNTS.items():
        rules = rules.replace(long, short)
    return re.sub(r"for: \d+[mh]", "for: 2s", rules)


def firing(prometheus):
    """(instance, alert) of what fires."""
    return {(alert["labels"].get("instance", ""), alert["labels"]["alertname"]): alert
            for alert in prometheus.ask("alerts")["alerts"] if alert["state"] == "firing"}


def check_annotations(alerts):
    """Prometheus has filled them in."""
    texts = [text for alert in alerts for text in alert["annotations"].values()]
    wrong = [text for text in texts if "{{" in text or "<error" in text or "<no value>" in text]
    check(texts and not wrong, f"{len(alerts)} alerts say what they mean {wrong[:3]}")


def watch(prometheus, faults, processes):
    """When each expected alert fired first."""
    wanted = {(fault.instance, alert): type(fault).__name__
              for fault in faults for alert in fault.alerts}
    began, seen, last = time.monotonic(), {}, {}
    while time.monotonic() - began < MOST_SECONDS and not set(wanted) <= set(seen):
        for fault in faults:
            fault.poke()
        for process in processes:
            if process.poll() is not None:
                raise Failure(f"{process.args[0]} ended with {process.returncode}")
        last = firing(prometheus)
        for key, alert in last.items():
            seen.setdefault(key, (time.monotonic() - began, alert))
        time.sleep(1)
    return wanted, seen


def report(wanted, seen, faults):
    names = {fault.instance: type(fault).__name__ for fault in faults}
    print(f"\n{'fault':<16} {'alert':<32} fires after")
    for (instance, alert), (seconds, text) in sorted(seen.items(), key=lambda it: it[1][0]):
        mark = "" if (instance, alert) in wanted else "  (besides)"
        print(f"{names.get(instance, instance):<16} {alert:<32} {seconds:5.0f} s{mark}")
    print()
    for key, fault in wanted.items():
        check(key in seen, f"{fault}: {key[1]}" + (f": {seen[key][1]['annotations']['summary']}"
                                                   if key in seen else ""))


def check_criticals(prometheus, wanted, seen, faults):
    """Nobody is to be woken for what does no harm to targets."""
    harmful = {fault.instance for fault in faults if isinstance(fault, Blind)}
    found = [key for key, (_, alert) in seen.items() if alert["labels"]["severity"] == "critical"
             and key not in wanted and key[0] not in harmful]
    for instance, _ in found:
        for labels, value in prometheus.query(
                f'{{__name__=~"ptarmigan_(canary|verif|targets_st).*", instance="{instance}"}}'):
            print(f"       {labels['__name__']} {labels.get('result', '')} {value:g}")
    check(not found, f"no critical alert of an agent that does no harm {found}")


def check_absent(prometheus):
    prometheus.targets.write_text("[]\n")
    found = wait_for("PtarmiganAbsent",
                     lambda: [name for _, name in firing(prometheus) if name == "PtarmiganAbsent"],
                     [prometheus.process])
    check(bool(found), "no target: PtarmiganAbsent")


def run(directory, chosen):
    with contextlib.ExitStack() as stack:
        place = Place(directory / "programs")
        faults = [fault(place, stack) for fault in chosen]
        prometheus = stack.enter_context(RuledPrometheus(
            directory, faults[0].agent, change=hurried,
            others=[fault.agent for fault in faults[1:]]))
        # Counters have been seen at rest.
        time.sleep(SETTLE_SECONDS)
        for fault in faults:
            fault.begin()
        wanted, seen = watch(prometheus, faults, [prometheus.process])
        report(wanted, seen, faults)
        check_criticals(prometheus, wanted, seen, faults)
        check_annotations([alert for _, alert in seen.values()])
        if chosen[0] is Healthy:
            healthy = [alert for (instance, alert), (_, text) in seen.items()
                       if instance == faults[0].instance and text["labels"]["severity"] != "info"
                       and alert not in HASTY]
            check(not healthy, f"nothing but advice for the agent that has no fault {healthy}")
            check_absent(prometheus)


def check_complete():
    """Each alert is raised here, or there is a reason why it is not."""
    text = "".join(path.read_text()
                   for path in (ROOT / "deploy/prometheus").glob("*alerting-rules.yml"))
    alerts = set(re.findall(r"- alert: (\w+)", text))
    raised = {alert for batch in BATCHES for fault in batch for alert in fault.alerts}
    left = alerts - raised - {"PtarmiganAbsent"}
    for alert, reason in sorted(NOT_PROVOKED.items()):
        print(f"       not provoked: {alert}: {reason}")
    check(left == set(NOT_PROVOKED), f"{len(alerts) - len(left)} of {len(alerts)} alerts are "
                                     f"provoked {left ^ set(NOT_PROVOKED)}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("faults", nargs="*", help="some faults alone, by their names")
    names = parser.parse_args().faults
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    for batch in BATCHES:
        chosen = [fault for fault in batch if not names or fault.__name__ in names]
        if not chosen:
            continue
        with tempfile.TemporaryDirectory(prefix="ptarmigan-alerts-") as name:
            directory = Path(name)
            directory.chmod(0o755)
            (directory / "programs").mkdir()
            try:
                run(directory, chosen)
            except (Failure, OSError) as failure:
                check(False, failure)
    check_complete()
    return conclude()


if __name__ == "__main__":
    sys.exit(main())
