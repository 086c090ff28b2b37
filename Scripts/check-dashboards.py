#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Checks dashboards/ without a Grafana.

    Scripts/check-dashboards.py

The rules of Scripts/dashboard_rules.py, and that each of them can fail; that promtool reads every
query; that each metric and label is one of docs/METRICS.md; that the files are what
Scripts/generate-dashboards.py writes. Exits with 0 or 1.
"""

import copy
import json
import re
import subprocess
import sys
import tempfile

from dashboard_rules import EXCEPTIONS, RULES, findings, panels, queries, variables
from prometheus import tool
from recordings import ROOT, check, conclude

DASHBOARDS = sorted((ROOT / "dashboards").glob("*.json"))
# Labels that Prometheus adds, and those of its own series.
OUTER = {"job", "instance", "le", "alertname", "alertstate", "severity"}


def first(dashboard):
    return panels(dashboard)[0]


def first_target(dashboard):
    return first(dashboard)["targets"][0]


def replaced(old, new):
    """A change of every query."""
    def change(dashboard):
        for panel in panels(dashboard):
            for target in panel["targets"]:
                if "expr" in target:
                    target["expr"] = target["expr"].replace(old, new)
    return change


# What breaks each rule.
FAULTS = {
    "template-datasource-rule": [
        lambda it: variables(it)["datasource"].update(query="loki"),
        lambda it: variables(it)["datasource"].update(label="Source"),
        lambda it: it["templating"]["list"].pop(0)],
    "template-job-rule": [
        lambda it: it["templating"]["list"].remove(variables(it)["job"]),
        lambda it: variables(it)["job"].update(allValue=None)],
    "template-instance-rule": [
        lambda it: it["templating"]["list"].remove(variables(it)["instance"]),
        lambda it: variables(it)["instance"].update(label="")],
    "template-on-time-change-reload-rule": [
        lambda it: variables(it)["job"].update(refresh=1)],
    "panel-datasource-rule": [
        lambda it: first(it)["datasource"].update(uid="prometheus"),
        lambda it: first_target(it)["datasource"].update(uid="prometheus")],
    "panel-title-description-rule": [
        lambda it: first(it).update(title=""), lambda it: first(it).update(description="")],
    "panel-units-rule": [
        lambda it: first(it)["fieldConfig"]["defaults"].pop("unit"),
        lambda it: first(it)["fieldConfig"]["defaults"].update(unit="secs")],
    "panel-no-targets-rule": [lambda it: first(it).update(targets=[])],
    "target-job-rule": [
        replaced('job=~"$job"', 'job="ptarmigan"'),
        lambda it: first_target(it).update(expr="sum(ptarmigan_paused)")],
    "target-instance-rule": [replaced('instance=~"$instance"', 'instance="$instance"')],
    "target-rate-interval-rule": [replaced("$__rate_interval", "5m")],
    "target-counter-agg-rule": [replaced("rate(", "abs(")],
    "uneditable-dashboard-rule": [lambda it: it.update(editable=True)],
    "identity-rule": [lambda it: it.update(uid="x" * 41), lambda it: it.update(id=7),
                      lambda it: it.update(tags=[])],
    "legend-rule": [lambda it: first(it).update(targets=2 * [first_target(it)])],
    "layout-rule": [
        lambda it: first(it)["gridPos"].update(x=22),
        lambda it: panels(it)[1].update(gridPos=dict(first(it)["gridPos"])),
        lambda it: panels(it)[1].update(id=first(it)["id"])],
}


def self_test(dashboard):
    """Each rule finds each of its faults, and none without one."""
    missed = []
    for rule in RULES:
        faults = FAULTS.get(rule, [])
        for number, fault in enumerate(faults):
            broken = copy.deepcopy(dashboard)
            fault(broken)
            if rule not in {found for found, _, _ in findings(broken)}:
                missed.append(f"{rule} {number}")
        if not faults:
            missed.append(rule)
    count = sum(map(len, FAULTS.values()))
    check(not missed, f"each of {len(RULES)} rules can fail: {count} faults are found {missed}")


def filled(expression):
    """A query without Grafana's variables."""
    expression = expression.replace("$__rate_interval", "5m").replace("$__range", "1h")
    return re.sub(r'"\$\w+"', '".+"', expression)


def check_queries(dashboards):
    """Every query is PromQL."""
    rules = [{"record": f"query:{number}", "expr": filled(expression)}
             for number, (_, expression) in enumerate(
                 pair for dashboard in dashboards for pair in queries(dashboard))]
    for number, rule in enumerate(rules):
        rule["record"] = f"query:q{number}"
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        # JSON is YAML as well.
        json.dump({"groups": [{"name": "queries", "rules": rules}]}, file)
        file.flush()
        done = subprocess.run([tool("promtool"), "check", "rules", "--lint=none", file.name],
                              capture_output=True, text=True)
    check(done.returncode == 0, f"promtool reads {len(rules)} queries"
          + ("" if done.returncode == 0 else f": {done.stdout}{done.stderr}"))


def check_names(dashboards):
    """Metrics and labels are those of the reference."""
    reference = (ROOT / "docs/METRICS.md").read_text()
    rows = dict(re.findall(r"^\| `(\w+)` \| \w+ \| ([^|]*) \|", reference, re.MULTILINE))
    labels = {name: set(re.findall(r"`(\w+)`", text)) | OUTER for name, text in rows.items()}
    wrong, used = [], set()
    for dashboard in dashboards:
        for panel, expression in queries(dashboard):
            for name, matchers in re.findall(r"(\w+)\{([^{}]*)\}", expression):
                family = re.sub(r"_(bucket|sum|count)$", "", name)
                if name in ("up", "ALERTS"):
                    continue
                used.add(family)
                for label in re.findall(r"(\w+)(?:=|!)", matchers):
                    if label not in labels.get(family, set()):
                        wrong.append(f"{panel['title']}: {name}{{{label}}}")
    check(not wrong, f"{len(used)} of {len(rows)} metrics are shown, as in docs/METRICS.md {wrong}")
    # What a table of samples and a copy of another panel's numbers would add nothing to.
    unused = set(rows) - used - UNSHOWN
    check(not unused, f"all others are left out on purpose {sorted(unused)}")


# Told better by others that are shown.
UNSHOWN = {
    # By seconds.
    "ptarmigan_function_cpu_samples_total",
    # By seconds that it did not run.
    "ptarmigan_canary_longest_gap_seconds",
    # By whether it was successful.
    "ptarmigan_config_last_reload_success_timestamp_seconds",
    # By what is open and was closed.
    "process_max_fds", "process_virtual_memory_bytes", "process_virtual_memory_max_bytes",
    # By alerts.
    "process_start_time_seconds",
}


def main():
    dashboards = [json.loads(path.read_text()) for path in DASHBOARDS]
    used = set()
    for dashboard in dashboards:
        found = list(findings(dashboard, used))
        check(not found, f"{dashboard['uid']}: {len(panels(dashboard))} panels, "
                         f"{len(list(queries(dashboard)))} queries {found}")
    stale = set(EXCEPTIONS) - used
    check(not stale, f"{len(EXCEPTIONS)} exceptions, all needed {stale}")
    titles = [dashboard["uid"] for dashboard in dashboards]
    check(len(set(titles)) == 4, f"four dashboards: {', '.join(titles)}")
    self_test(next(it for it in dashboards if it["uid"] == "ptarmigan-fleet"))
    check_queries(dashboards)
    check_names(dashboards)
    done = subprocess.run([ROOT / "Scripts/generate-dashboards.py", "--check"],
                          capture_output=True, text=True)
    check(done.returncode == 0, "they are what the script writes " + done.stderr.strip())
    return conclude()


if __name__ == "__main__":
    sys.exit(main())
