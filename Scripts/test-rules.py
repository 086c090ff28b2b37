#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Checks the scrape configurations and rules of deploy/, without a server.

    Scripts/test-rules.py [--mutations]

promtool checks each file and runs the cases of deploy/prometheus/tests: each alert firing and not.
Each alert says how bad it is, what it means and where to read on, and each metric is one of
docs/METRICS.md. With --mutations, two minutes: each alert is made unable to fire in turn, which a
case has to notice. Exits with 0 or 1.
"""

import concurrent.futures
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from prometheus import tool
from recordings import ROOT, check, conclude
from scrapers import check_alloy, check_parca

RULES = ROOT / "deploy/prometheus"
CONFIGURATIONS = ("prometheus.yml", "prometheus-http-sd.yml")
SEVERITIES = {"critical", "warning", "info"}
ALERT = re.compile(r"^      - alert: (\w+)\n(.*?)(?=^      - alert|^  - name|\Z)",
                   re.MULTILINE | re.DOTALL)
# What is behind a comparison that makes an alert true, and what never is.
NEVER = (("> ", "> 1e300 + "), ("== ", "== 1e300 + "), ("< ", "< -1e300 + "),
         ("absent(", "absent(vector(0) or "))


def promtool(*arguments, directory=RULES):
    done = subprocess.run([tool("promtool"), *arguments], cwd=directory, capture_output=True,
                          text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


def alert_files(folder):
    return sorted(folder.glob("*alerting-rules.yml"))


def alerts():
    """The text of each alert by its name."""
    return {name: text for path in alert_files(RULES)
            for name, text in ALERT.findall(path.read_text())}


def expression(text):
    """The PromQL of an alert."""
    return re.search(r"expr: (.*?)\n        (?=for|labels)", text, re.DOTALL)[1]


def sections(text):
    """The anchors of a Markdown file's headings."""
    return {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")
            for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}


def check_files():
    for name in CONFIGURATIONS:
        # The other one names files of an operator's.
        how = "--syntax-only" if "http" in name else "--lint=all"
        code, output = promtool("check", "config", how, name)
        check(code == 0, f"promtool check config {name}" + (f": {output}" if code else ""))
    code, output = promtool("check", "rules", "recording-rules.yml",
                            *[path.name for path in alert_files(RULES)])
    found = sum(map(int, re.findall(r"(\d+) rules found", output)))
    check(code == 0, f"promtool check rules: {found} rules" + (f": {output}" if code else ""))


def check_cases():
    files = sorted(str(path.relative_to(RULES)) for path in (RULES / "tests").glob("*.yml"))
    text = "".join((RULES / name).read_text() for name in files)
    code, output = promtool("test", "rules", *files)
    check(code == 0, f"promtool test rules {' '.join(files)}" + (f": {output}" if code else ""))
    tried = set(re.findall(r'labels: \'\{alertname="(\w+)"', text))
    missing = set(alerts()) - tried
    check(not missing, f"each of {len(alerts())} alerts fires in a case {sorted(missing)}")


def check_words():
    """Each alert's labels, annotations and runbook; each metric's name."""
    anchors = sections((ROOT / "docs/OPERATIONS.md").read_text())
    for name, text in alerts().items():
        severity = re.search(r"severity: (\w+)", text)
        missing = [key for key in ("summary", "description", "runbook") if f" {key}: " not in text]
        runbook = f"runbook: docs/OPERATIONS.md#{name.lower()}\n"
        if not severity or severity[1] not in SEVERITIES or missing:
            check(False, f"{name} has severity {severity and severity[1]}, and lacks {missing}")
        if runbook not in text or name.lower() not in anchors:
            check(False, f"{name} has no section in docs/OPERATIONS.md")
    reference = (ROOT / "docs/METRICS.md").read_text()
    known = set(re.findall(r"^\| `(\w+)` \|", reference, re.MULTILINE))
    for path in RULES.glob("*-rules.yml"):
        rules = path.read_text()
        used = set(re.findall(r"(?<![\w:])(?:ptarmigan_|process_(?!names))\w+(?![\w:])", rules))
        used = {re.sub(r"_(bucket|sum|count)$", "", name) for name in used}
        check(used <= known, f"{path.name}: {len(used)} metrics, all of docs/METRICS.md "
                             f"{sorted(used - known)}")


def fails_without(name):
    """Whether a case notices that an alert can never fire."""
    text = alerts()[name]
    old = expression(text)
    new = old
    for true, never in NEVER:
        head, found, tail = new.rpartition(true)
        if found:
            new = head + never + tail
            break
    if name == "PtarmiganCanaryHarmed":
        new = old.replace("> 0", "> 1e300")
    with tempfile.TemporaryDirectory(prefix="ptarmigan-rules-") as directory:
        copy = Path(directory) / "rules"
        shutil.copytree(RULES, copy)
        broken = text.replace(old, new)
        for rules in alert_files(copy):
            rules.write_text(rules.read_text().replace(text, broken))
        files = [f"tests/{path.name}" for path in (copy / "tests").glob("alerts-*.yml")
                 if f"name: {name}\n" in path.read_text()]
        code, output = promtool("test", "rules", *files, directory=copy)
    return new != old and code != 0 and name in output


def check_cases_can_fail():
    names = list(alerts())
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        noticed = dict(zip(names, pool.map(fails_without, names)))
    unnoticed = [name for name, seen in noticed.items() if not seen]
    check(not unnoticed, f"a case notices each alert that can't fire {unnoticed}")


def main():
    check_files()
    check_cases()
    check_words()
    check_parca()
    check_alloy()
    if "--mutations" in sys.argv:
        check_cases_can_fail()
    return conclude()


if __name__ == "__main__":
    sys.exit(main())
