#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Lets a real Prometheus server scrape a real agent that watches a real program.

    Scripts/test-prometheus.py

Expects .build/release/ptarmigan, .build-targets/busy, and the prometheus and promtool programs that
Scripts/install-dependencies.sh provides. Everything listens on loopback. Exits with 0 or 1.
"""

import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from agents import OPENMETRICS, Agent, Failure, get, started, status, stop, wait_for
from prometheus import Prometheus, tool
from recordings import PROGRAMS, ROOT

QUERY = "sum by (group, function) (rate(ptarmigan_function_cpu_seconds_total[1m]))"
HOT_FUNCTION = "hot_sixty"
ANSWER_SECONDS = 120


def check_text(agent):
    """The text format satisfies Prometheus's own linter."""
    content_type, text = get(agent.url)
    if not content_type.startswith("text/plain"):
        raise Failure(f"asked for text, the agent answered with '{content_type}'")
    lint = subprocess.run(
        [tool("promtool"), "check", "metrics"], input=text, text=True, capture_output=True)
    if lint.returncode != 0:
        raise Failure(f"promtool check metrics: {lint.stdout}{lint.stderr}")
    print(f"promtool check metrics: {len(text.splitlines())} lines, no findings")


def check_reference(agent):
    """docs/METRICS.md has a row for each family that is served, of its type, and no other row."""
    _, text = get(agent.url)
    served = set(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.MULTILINE))
    reference = (ROOT / "docs/METRICS.md").read_text()
    rows = re.findall(r"^\| `([a-z_]+)` \| (\w+) \|(.*)$", reference, re.MULTILINE)
    listed = {(name, kind) for name, kind, _ in rows}
    absent = {(name, kind) for name, kind, rest in rows if "absent until" in rest}
    wrong = (served ^ listed) - (absent - served)
    if wrong:
        raise Failure(f"docs/METRICS.md and /metrics differ in {sorted(wrong)}")
    print(f"docs/METRICS.md: {len(listed)} families, as they are served")


def check_openmetrics(agent, prometheus):
    """Prometheus asks for OpenMetrics first, and reads the answer as that.

    Only OpenMetrics names a counter's family without `_total`, so the name under which Prometheus
    files its metadata tells which parser read it.
    """
    content_type, text = get(agent.url, accept=OPENMETRICS)
    if content_type.split(";")[0] != OPENMETRICS.split(";")[0] or not text.endswith("# EOF\n"):
        raise Failure(f"no OpenMetrics: '{content_type}', ends with {text[-20:]!r}")

    family = QUERY.split("rate(")[1].split("_total")[0]
    found = wait_for(f"metadata of {family}",
                     lambda: prometheus.ask("targets/metadata", metric=family),
                     [agent.process, prometheus.process])
    print(f"OpenMetrics: {family} is a {found[0]['type']}, \"{found[0]['help']}\"")


def rates(prometheus):
    """The answer to the query: (CPU seconds per second, group, function), greatest first."""
    rows = [(rate, labels.get("group", ""), labels.get("function", ""))
            for labels, rate in prometheus.query(QUERY)]
    return sorted(rows, reverse=True)


def check_hot_function(prometheus, processes):
    """The query names the function in which the busy program spends most of its time."""

    def answer():
        rows = rates(prometheus)
        groups = {group for _, group, function in rows if function == HOT_FUNCTION}
        for group in groups:
            first = next(row for row in rows if row[1] == group)
            if first[2] == HOT_FUNCTION and first[0] > 0:
                return [row for row in rows if row[1] == group]
        raise ValueError(f"{HOT_FUNCTION} does not lead its group in {rows[:5]}")

    rows = wait_for(f"{HOT_FUNCTION} to lead", answer, processes, ANSWER_SECONDS)
    print(f"\n{QUERY}\n\n{'CPU s/s':>8}  {'group':<16}  function")
    for rate, group, function in rows:
        print(f"{rate:8.3f}  {group:<16}  {function}")


def check_as_found(busy):
    """The program still runs, and nobody traces it."""
    fields = status(busy.pid)
    if fields["State"][0] not in "RS" or fields["TracerPid"] != "0":
        raise Failure(f"busy was left '{fields['State']}', TracerPid {fields['TracerPid']}")


def run(directory):
    with started(PROGRAMS / "busy", "--seconds", 600) as busy, \
            Agent("--metrics.inclusive", "--syscalls.windows", canary=True) as agent:
        with Prometheus(directory, agent) as prometheus:
            check_text(agent)
            check_openmetrics(agent, prometheus)
            check_hot_function(prometheus, [busy, agent.process, prometheus.process])
            # Some families begin with the first window of samples, which there has been by now.
            check_reference(agent)
        code = stop(agent.process)
        if code != 0:
            raise Failure(f"the agent ended with {code} on SIGTERM: {agent.output()}")
        check_as_found(busy)


def main():
    # An interrupt of make ends what was started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="ptarmigan-prometheus-") as name:
        try:
            run(Path(name))
        except (Failure, OSError) as failure:
            print(f"test-prometheus: {failure}", file=sys.stderr)
            return 1
    print("test-prometheus: passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
