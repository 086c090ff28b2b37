# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Parts of Grafana's dashboards: variables, panels and their places, in the classic JSON."""

WIDTH = 24
HEIGHT = 8
STAT_HEIGHT = 4
SCHEMA_VERSION = 39
# What a query of any panel asks for.
AGENTS = 'job=~"$job", instance=~"$instance"'
GROUPS = AGENTS + ', group=~"$group"'
SOURCE = {"type": "prometheus", "uid": "${datasource}"}
INFINITY = {"type": "yesoreyeram-infinity-datasource", "uid": "${profiles}"}


def source_variable(name, label, plugin):
    return {"name": name, "label": label, "type": "datasource", "query": plugin, "refresh": 1,
            "current": {}, "hide": 0, "includeAll": False, "multi": False, "options": [],
            "regex": ""}


def label_variable(name, label, series, multi=True):
    """The values of a label of some series, anew whenever the time is another."""
    return {"name": name, "label": label, "type": "query", "datasource": SOURCE, "refresh": 2,
            "query": f"label_values({series}, {name})",
            "definition": f"label_values({series}, {name})",
            "current": {}, "hide": 0, "includeAll": multi, "allValue": ".+" if multi else None,
            "multi": multi, "options": [], "regex": "", "sort": 1}


def choice_variable(name, label, *values):
    return {"name": name, "label": label, "type": "custom", "query": ",".join(values), "hide": 0,
            "includeAll": False, "multi": False,
            "current": {"text": values[0], "value": values[0]},
            "options": [{"text": value, "value": value, "selected": value == values[0]}
                        for value in values]}


JOB = label_variable("job", "Job", "ptarmigan_build_info")
INSTANCE = label_variable("instance", "Instance", 'ptarmigan_build_info{job=~"$job"}')
GROUP = label_variable("group", "Group", f"ptarmigan_group_processes{{{AGENTS}}}")
PROMETHEUS = source_variable("datasource", "Data Source", "prometheus")


def targets(queries, **options):
    """Each query is PromQL, or PromQL and a legend."""
    pairs = [query if isinstance(query, tuple) else (query, "") for query in queries]
    return [{"refId": chr(ord("A") + index), "datasource": SOURCE, "expr": expression,
             "legendFormat": legend or "__auto", **options}
            for index, (expression, legend) in enumerate(pairs)]


def panel(kind, title, description, unit, queries, custom=None, options=None, **target_options):
    return {"type": kind, "title": title, "description": description, "datasource": SOURCE,
            "targets": targets(queries, **target_options),
            "fieldConfig": {"defaults": {"unit": unit, "custom": custom or {}}, "overrides": []},
            "options": options or {}}


def lines(title, description, unit, *queries, stacked=False, least=0):
    """Lines over time, on top of each other where their sum means something."""
    custom = {"lineWidth": 1, "fillOpacity": 30 if stacked else 5, "showPoints": "never",
              "stacking": {"mode": "normal" if stacked else "none"}}
    built = panel("timeseries", title, description, unit, queries, custom,
                  {"legend": {"displayMode": "table", "placement": "bottom",
                              "calcs": ["mean", "max"]},
                   "tooltip": {"mode": "multi", "sort": "desc"}})
    built["fieldConfig"]["defaults"]["min"] = least
    return built


def stat(title, description, unit, query, bad=None):
    """One number; red from `bad` on."""
    built = panel("stat", title, description, unit, [query], None,
                  {"reduceOptions": {"calcs": ["lastNotNull"]}, "colorMode": "value",
                   "graphMode": "none"}, instant=True)
    steps = [{"color": "green", "value": None}]
    if bad is not None:
        steps.append({"color": "red", "value": bad})
    built["fieldConfig"]["defaults"]["thresholds"] = {"mode": "absolute", "steps": steps}
    built["height"] = STAT_HEIGHT
    return built


def table(title, description, unit, query):
    return panel("table", title, description, unit, [query], None,
                 {"sortBy": [{"displayName": "Value", "desc": True}]}, instant=True, format="table")


def heatmap(title, description, unit, query):
    return panel("heatmap", title, description, unit, [(query, "{{le}}")], None,
                 {"calculate": False, "yAxis": {"unit": unit}, "cellGap": 1,
                  "color": {"mode": "scheme", "scheme": "Oranges", "steps": 64}}, format="heatmap")


def flame_graph(title, description, unit, url):
    """Rows of level, value, self and label, as the panel wants them."""
    built = panel("flamegraph", title, description, unit, [])
    built["datasource"] = INFINITY
    built["height"] = 3 * HEIGHT
    built["targets"] = [{
        "refId": "A", "datasource": INFINITY, "type": "json", "source": "url", "format": "table",
        "parser": "backend", "url": url, "url_options": {"method": "GET"}, "root_selector": "",
        "columns": [{"selector": name, "text": name, "type": kind}
                    for name, kind in (("level", "number"), ("value", "number"), ("self", "number"),
                                       ("label", "string"))]}]
    return built


def placed(rows):
    """The panels of (title, lists of panels) rows with their places and numbers."""
    panels, top = [], 0
    for title, *groups in rows:
        panels.append({"type": "row", "title": title, "collapsed": False, "panels": [],
                       "gridPos": {"x": 0, "y": top, "w": WIDTH, "h": 1}})
        top += 1
        for group in groups:
            width = WIDTH // len(group)
            height = group[0].get("height", HEIGHT)
            for index, built in enumerate(group):
                built.pop("height", None)
                panels.append({**built, "gridPos": {"x": index * width, "y": top, "w": width,
                                                    "h": height}})
            top += height
    return [{"id": number, **built} for number, built in enumerate(panels, 1)]


def dashboard(uid, title, description, variables, rows):
    return {"uid": uid, "title": title, "description": description, "tags": ["ptarmigan"],
            "id": None, "editable": False, "schemaVersion": SCHEMA_VERSION, "graphTooltip": 1,
            "time": {"from": "now-1h", "to": "now"}, "refresh": "30s", "timezone": "browser",
            "links": [{"type": "dashboards", "title": "Ptarmigan", "tags": ["ptarmigan"],
                       "asDropdown": True, "includeVars": True, "keepTime": True}],
            "annotations": {"list": []}, "templating": {"list": variables},
            "panels": placed(rows)}
