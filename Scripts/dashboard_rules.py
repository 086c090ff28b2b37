# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Rules for dashboards, by the names that Grafana's dashboard-linter has for them, and some more.

Each rule takes a dashboard and yields what is wrong with it. A rule that a panel breaks for a
reason is excepted by name, with the reason.
"""

import re

# Units that the panels use; Grafana's identifiers.
UNITS = {"none", "s", "bytes", "percentunit", "ops", "hertz"}
FUNCTIONS = re.compile(r"\b(rate|irate|increase)\(")
SELECTOR = re.compile(r"([a-zA-Z_:][\w:]*)\{([^{}]*)\}")
RANGE = re.compile(r"\[([^\]]+)\]")
SIZE = ("x", "y", "w", "h")

# (dashboard, panel, rule): why it may.
EXCEPTIONS = {
    ("ptarmigan-group", "Functions", "target-rate-interval-rule"):
        "a sum over the whole time shown",
    ("ptarmigan-agent", "Canary harmed", "target-rate-interval-rule"):
        "a sum over the whole time shown",
}


def panels(dashboard):
    return [panel for panel in dashboard["panels"] if panel["type"] != "row"]


def variables(dashboard):
    return {variable["name"]: variable for variable in dashboard["templating"]["list"]}


def queries(dashboard):
    """Each panel with each PromQL of it."""
    for panel in panels(dashboard):
        for target in panel["targets"]:
            if "expr" in target:
                yield panel, target["expr"]


def template_datasource_rule(dashboard):
    variable = variables(dashboard).get("datasource", {})
    if (variable.get("type"), variable.get("query"), variable.get("label")) != (
            "datasource", "prometheus", "Data Source"):
        yield None, "no variable `datasource` of Prometheus with the label `Data Source`"


def template_variable(dashboard, name):
    variable = variables(dashboard).get(name, {})
    if variable.get("type") != "query" or f", {name})" not in variable.get("query", ""):
        yield None, f"no variable `{name}` by its label"
    elif not variable["label"]:
        yield None, f"the variable `{name}` has no label"
    elif variable["multi"] and (variable.get("allValue"), variable["includeAll"]) != (".+", True):
        yield None, f"all values of `{name}` are not `.+`"
    elif variable["datasource"]["uid"] != "${datasource}":
        yield None, f"the variable `{name}` is of a fixed data source"


def template_job_rule(dashboard):
    yield from template_variable(dashboard, "job")


def template_instance_rule(dashboard):
    yield from template_variable(dashboard, "instance")


def template_on_time_change_reload_rule(dashboard):
    for name, variable in variables(dashboard).items():
        if variable["type"] == "query" and variable["refresh"] != 2:
            yield None, f"the variable `{name}` does not follow the time shown"


def panel_datasource_rule(dashboard):
    for panel in panels(dashboard):
        for part in (panel, *panel["targets"]):
            if part["datasource"]["uid"].strip("${}") not in variables(dashboard):
                yield panel, "a fixed data source"


def panel_title_description_rule(dashboard):
    for panel in panels(dashboard):
        if not panel.get("title") or not panel.get("description"):
            yield panel, "no title, or no description"


def panel_units_rule(dashboard):
    for panel in panels(dashboard):
        unit = panel["fieldConfig"]["defaults"].get("unit")
        if unit not in UNITS:
            yield panel, f"no unit, or one that is not known: {unit}"


def panel_no_targets_rule(dashboard):
    for panel in panels(dashboard):
        if not panel["targets"]:
            yield panel, "no query"


def target_matcher(dashboard, name):
    for panel, expression in queries(dashboard):
        bare = re.sub(r'"[^"]*"', '""', expression)
        named = set(re.findall(r"\b(?:ptarmigan|process)_\w+", bare))
        selected = SELECTOR.findall(expression)
        missing = named - {metric for metric, _ in selected}
        wrong = [metric for metric, matchers in selected if f'{name}=~"${name}"' not in matchers]
        if missing or wrong:
            yield panel, f'{sorted(missing) or wrong} without {name}=~"${name}"'


def target_job_rule(dashboard):
    yield from target_matcher(dashboard, "job")


def target_instance_rule(dashboard):
    yield from target_matcher(dashboard, "instance")


def target_rate_interval_rule(dashboard):
    for panel, expression in queries(dashboard):
        for interval in RANGE.findall(expression):
            if interval != "$__rate_interval":
                yield panel, f"a range of {interval}"


def target_counter_agg_rule(dashboard):
    for panel, expression in queries(dashboard):
        for found in SELECTOR.finditer(expression):
            name = found[1]
            before = expression[:found.start()]
            if (name.endswith(("_total", "_bucket"))
                    and not re.search(FUNCTIONS.pattern + "$", before)):
                yield panel, f"the counter {name} without rate, irate or increase"


def uneditable_dashboard_rule(dashboard):
    if dashboard["editable"]:
        yield None, "it can be edited where it should be copied"


def identity_rule(dashboard):
    """A name that links keep to, and nothing of the Grafana that it was made in."""
    if not 0 < len(dashboard["uid"]) <= 40 or dashboard["id"] is not None:
        yield None, "a uid of 1 to 40 characters, and no id"
    if "ptarmigan" not in dashboard["tags"] or dashboard["schemaVersion"] not in range(36, 40):
        yield None, "the tag ptarmigan, and a schema from 36 to 39"


def legend_rule(dashboard):
    """Two queries of a panel have legends that tell them apart."""
    for panel in panels(dashboard):
        legends = [target["legendFormat"] for target in panel["targets"] if "expr" in target]
        if len(legends) > 1 and len(set(legends)) < len(legends):
            yield panel, f"the same legend twice: {legends}"


def layout_rule(dashboard):
    """No panel is outside of the grid or over another one, and each has its own number."""
    places = [panel["gridPos"] for panel in dashboard["panels"]]
    for index, (x, y, width, height) in enumerate([place[key] for key in SIZE] for place in places):
        if x < 0 or width < 1 or height < 1 or x + width > 24:
            yield dashboard["panels"][index], "outside of the grid"
        for other_x, other_y, other_width, other_height in (
                [place[key] for key in SIZE] for place in places[:index]):
            if (x < other_x + other_width and other_x < x + width and y < other_y + other_height
                    and other_y < y + height):
                yield dashboard["panels"][index], "over another panel"
    numbers = [panel["id"] for panel in dashboard["panels"]]
    if len(set(numbers)) < len(numbers):
        yield None, "two panels have one number"


RULES = {function.__name__.replace("_", "-"): function for function in (
    template_datasource_rule, template_job_rule, template_instance_rule,
    template_on_time_change_reload_rule, panel_datasource_rule, panel_title_description_rule,
    panel_units_rule, panel_no_targets_rule, target_job_rule, target_instance_rule,
    target_rate_interval_rule, target_counter_agg_rule, uneditable_dashboard_rule, identity_rule,
    legend_rule, layout_rule)}


def findings(dashboard, used=None):
    """(rule, panel, what is wrong), but for exceptions; `used` gets those that were needed."""
    for rule, function in RULES.items():
        for panel, problem in function(dashboard):
            title = panel["title"] if panel else ""
            key = (dashboard["uid"], title, rule)
            if key in EXCEPTIONS:
                if used is not None:
                    used.add(key)
            else:
                yield rule, title, problem
