# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Every query that is shipped: dashboards, recording rules, and the recipes of docs/PROMQL.md."""

import json
import re

from dashboard_rules import panels
from recordings import ROOT, check

RECIPES = ROOT / "docs/PROMQL.md"

# Queries without an answer where nothing is wrong, by a part of them.
ONLY_UNDER_FAULT = {
    "ALERTS{": "there are series of alerts only when one is pending or firing",
    "ptarmigan_symbol_failures_total": "absent until an address gets no function",
    "symbol_failures_per_lookups": "absent until an address gets no function",
    'state="blocked"}) > 0': "no thread is in a wait that no signal ends",
    'function="unknown"': "absent until a busy address has no symbol",
}
# The names of the recipes' groups are examples, and a test has no week.
OFFSET = "offset 1w"


def filled(expression, values):
    """A query as Grafana would send it."""
    return re.sub(r"\$(\w+)", lambda found: values[found[1]], expression)


def reason_of(expression):
    return next((why for part, why in ONLY_UNDER_FAULT.items() if part in expression), None)


class Row:
    """One query of one panel, and what came back."""

    def __init__(self, dashboard, panel, expression):
        self.dashboard, self.panel, self.expression = dashboard, panel, expression
        self.series = 0
        self.reason = reason_of(expression)

    def ask(self, store, values, time=None):
        """How many series have an answer that is a number."""
        answers = store.query(filled(self.expression, values), time)
        self.series = sum(value == value for _, value in answers)
        return self.series

    @property
    def is_missing(self):
        return not self.series and not self.reason

    def __str__(self):
        return f"{self.panel}: {self.expression}"


def rows_of_dashboards():
    for path in sorted((ROOT / "dashboards").glob("*.json")):
        dashboard = json.loads(path.read_text())
        for panel in panels(dashboard):
            for target in panel["targets"]:
                if "expr" in target:
                    yield Row(dashboard["uid"], panel["title"], target["expr"])


def rows_of_rules(prometheus):
    groups = prometheus.ask("rules", type="record")["groups"]
    return [Row("recording rules", group["name"], rule["name"])
            for group in groups for rule in group["rules"]]


def recipes():
    """(what is asked, query) of each block of PromQL; its paragraph begins with the former."""
    found = re.findall(r"((?:^[^\n]+\n)+)\n```promql\n(.*?)\n```$", RECIPES.read_text(),
                       re.MULTILINE | re.DOTALL)
    return [(re.split(r"[.,:]", paragraph.replace("\n", " "))[0],
             re.sub(r"\s*\n\s*", " ", query)) for paragraph, query in found]


def rows_of_recipes(group, offset):
    """`group` is there in place of the example's, and `offset` is as long as the test allows."""
    for question, query in recipes():
        query = query.replace('group="shop"', f'group="{group}"')
        query = query.replace(OFFSET, f"offset {offset}")
        yield Row("recipes", question, query)


def check_answered(rows):
    """A check for each dashboard: all its queries have data, or a reason why they have not."""
    for dashboard in dict.fromkeys(row.dashboard for row in rows):
        own = [row for row in rows if row.dashboard == dashboard]
        missing = [str(row) for row in own if row.is_missing]
        excepted = [row for row in own if not row.series and row.reason]
        check(not missing, f"{dashboard}: {len(own)} queries, "
                           f"{len(own) - len(excepted) - len(missing)} with data, "
                           f"{len(excepted)} only under a fault {missing}")
