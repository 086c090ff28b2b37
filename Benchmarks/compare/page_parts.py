# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Cells, tables and plots of the page, from the figures alone."""

import statistics

import figures
import ratios

NONE = "–"


def plain(value):
    """Three digits, without an exponent."""
    if value == 0:
        return "0"
    size = abs(value)
    if size >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if size >= 10 else f"{value:.2f}" if size >= 0.1 else f"{value:.3f}"


def spread(values, scale=1.0, sign=False):
    """The median, and the least and the most in brackets."""
    if not values:
        return NONE
    values = [value * scale for value in values]
    mark = "+" if sign else ""

    def show(value):
        return mark + plain(value) if sign and value > 0 else plain(value)

    middle = show(statistics.median(values))
    if min(values) == max(values):
        return middle
    return f"{middle} ({show(min(values))} to {show(max(values))})"


def one(row, name, suffix=""):
    value = row.get(name)
    return NONE if value is None else plain(value) + suffix


def count(value):
    return NONE if value is None else f"{value:,.0f}"


def table(headings, rows):
    """Markdown; the first column is text, the others are figures."""
    lines = ["| " + " | ".join(headings) + " |",
             "|---" + "|---:" * (len(headings) - 1) + "|"]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def texts(headings, rows):
    lines = ["| " + " | ".join(headings) + " |", "|---" * len(headings) + "|"]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def of(data, target):
    """Rows of a target with their titles, in the order of the tools."""
    here = data["targets"].get(target, {})
    return [(key, tool["title"], here[key]) for key, tool in data["tools"].items() if key in here]


def colour(key):
    return "base" if key == "nobody" else "ours" if key in ("agent", "record", "syscalls") else \
        "peer"


def picture(name, alt):
    return (f'<picture>\n  <source media="(prefers-color-scheme: dark)" srcset="{name}-dark.svg">\n'
            f'  <img alt="{alt}" src="{name}-light.svg">\n</picture>')


def both_looks(name, title, unit, rows, is_logarithmic):
    return {f"{name}-{look}.svg": figures.dots(title, unit, rows, look, is_logarithmic)
            for look in figures.LOOKS}


def work_rows(data, target):
    return [[title, spread(row.get("slower_percent"), sign=True), spread(row.get("cpu_percent")),
             spread(row.get("after_percent")), spread(row.get("peak_mib")),
             spread(row.get("samples_per_second"))] for _, title, row in of(data, target)]


WORK_HEADINGS = ["tool", "slower, %", "its CPU, %", "for the answer, %", "memory, MiB",
                 "samples a second"]


def stack_rows(data, targets):
    rows = []
    for key, tool in data["tools"].items():
        here = [data["targets"].get(target, {}).get(key, {}) for target in targets]
        if not any("all_samples" in row for row in here):
            continue
        cells = [tool["title"],
                 spread([value for row in here for value in row.get("complete", ())], 100),
                 spread([value for row in here for value in row.get("named", ())], 100)]
        for row in here:
            cells += [one(row, "distance_percent"), one(row, "chance_percent"),
                      one(row, "outside_percent"), count(row.get("all_samples"))]
        rows.append(cells)
    return rows


def ratio_table(data, target):
    """Of each tool beside one of ours."""
    beside = data["tools"][ratios.BESIDE[target]]["title"]
    rows = [[title, *(spread(row["ratios"].get(name)) for name in ratios.FIGURES)]
            for _, title, row in of(data, target) if "ratios" in row and title != "nobody"]
    names = [name for place, name in enumerate(ratios.FIGURES)
             if any(row[place + 1] != NONE for row in rows)]
    kept = [place + 1 for place, name in enumerate(ratios.FIGURES) if name in names]
    return table([f"over {beside}", *names], [[row[0], *(row[at] for at in kept)] for row in rows])


def pause_rows(data, target):
    rows = []
    for _, title, row in of(data, target):
        found = row.get("pauses", {})
        rows.append([title, one(found, "per_second") if "per_second" in found else "none seen",
                     one(found, "p50_us"), one(found, "p99_us"), one(found, "longest_us"),
                     spread(row.get("lost_percent"), sign=True)])
    return rows


PAUSE_HEADINGS = ["tool", "pauses a second", "half above, us", "1 of 100 above, us",
                  "longest gap, us", "time lost, %"]


def pause_plot(data, target):
    rows = []
    for key, title, row in of(data, target):
        found = row.get("pauses", {})
        if "p50_us" in found:
            high = found.get("p99_us", found["p50_us"])
            rows.append((title, colour(key), found["p50_us"], found["p50_us"],
                         max(high, found["p50_us"]), f"{plain(found['per_second'])}/s"))
    return rows


def slower_plot(data, target):
    rows = []
    for key, title, row in of(data, target):
        values = row.get("slower_percent")
        if values:
            middle = statistics.median(values)
            rows.append((title, colour(key), min(values), middle, max(values),
                         f"{middle:+.2f} %"))
    return rows


def waits_cell(waits):
    stuck = f"; {waits['stuck']} never ended" if waits["stuck"] else ""
    return f"{waits['spurious']:,} of {waits['calls']:,}{stuck}"


def harm_rows(data):
    rows = []
    for key, tool in data["tools"].items():
        row = data["harm"].get(key)
        if not row:
            continue
        waits, moved, kills = (row.get(name, {}) for name in ("waits", "transfers", "kills"))
        rows.append([
            tool["title"],
            waits_cell(waits) if "calls" in waits else NONE,
            f"{moved['short']:,} of {moved['calls']:,}" if "calls" in moved else NONE,
            f"{kills['left']} of {kills['kills']}" if "kills" in kills else NONE,
            str(kills["died"]) if "kills" in kills else NONE])
    return rows


HARM_HEADINGS = ["tool", "waits that failed", "transfers cut short", "left stopped, of kills",
                 "ended by it"]
