# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""The page of growth.py and its plots: a function of its figures."""

import fit
import growth_plot
import machine
import page_parts as parts
import shared
from axes import AXES, SETTLE_SECONDS

COLUMNS = {
    "cpu_percent": "CPU, %", "start_cpu_seconds": "CPU to begin with, s", "mib": "memory, MiB",
    "visits_per_second": "visits a second", "pause_us": "pause, us", "scrape_ms": "scrape, ms",
    "scrape_kib": "scrape, KiB", "burst_cpu_seconds": "CPU of all scrapes, s",
    "ms_each": "CPU of each, ms", "burst_p50_ms": "answer, half within, ms",
    "burst_longest_ms": "longest, ms", "refused": "requests without an answer",
    "record_cpu_seconds": "CPU of a recording, s", "record_mib": "memory of a recording, MiB",
}
TEXT = """# How the cost grows

With what the agent looks at, with what it is asked for, and with who asks it. This page is written
by `make growth` from [growth.json](growth.json); `Benchmarks/growth/growth.py --page-only` writes
it anew from that file.

On Linux {kernel}, {cpus} CPUs ({model}), {system}.
{state}

An agent of its own for each point, without its canary; after {settle:g} s in which it begins it is
measured for {seconds:g} s, all of it at the highest priority. That took {minutes:.0f} minutes in
all. So a single figure is good to a third or so where others run; what counts is the course over
the whole range.

The agent samples the load alone (`targets: include:`), but has to look whether the host's other
processes are to be sampled: the first row of each table is without the load, and has that in it.
**The budgets of the agent are lifted**, so that its cost follows its cause. In force, as they are
by default, they bound the CPU time of the agent to 0.5 % of all CPUs whatever it looks at: it
samples less, then.

The order is k of the curve c + a x^k that is nearest to the points, where c is what there is to pay
without the cause: 1 is a cost that grows as its cause does, 0 one that grows by less than 30 % over
the whole range. The misfit is the root mean square of the relative distances of the points from
the curve; where it is above 20 % or so, the order says little.
"""
ALT = "A panel for each cause: the cost at each point, and the curve that is fitted to them"


def curve_of(name, rows):
    """The points of one figure, and the curve through them."""
    points = [(row["point"] or 0, row[name]) for row in rows if name in row]
    return points, fit.fitted(points)


def section(name, rows):
    axis = AXES[name]
    columns = [column for column in COLUMNS if any(column in row for row in rows)]
    body = [[f"{row['point']:,}" if row["point"] is not None else "none",
             *(parts.plain(row[column]) if column in row else parts.NONE for column in columns)]
            for row in rows]
    return (f"\n## {name.capitalize()}\n\n{axis.text}\n\n"
            + parts.table([axis.unit, *(COLUMNS[column] for column in columns)], body) + "\n")


def summary(data):
    rows = []
    for name, points in data["axes"].items():
        first, last = points[1]["point"], points[-1]["point"]
        for figure in AXES[name].costs:
            _, curve = curve_of(figure, points)
            order, misfit = ("–", "–") if curve is None else (
                f"{curve.order:.2f}", f"{curve.misfit * 100:.0f}")
            rows.append([f"{AXES[name].unit}, {first:,} to {last:,}", COLUMNS[figure],
                         parts.plain(points[1][figure]), parts.plain(points[-1][figure]),
                         order, misfit])
    return "\n" + parts.table(["cause", "cost", "at the first point", "at the last", "order",
                               "misfit, %"], rows) + "\n"


def plots(data):
    panels = []
    for name, points in data["axes"].items():
        figure = AXES[name].costs[0]
        points, curve = curve_of(figure, points)
        order = f", order {curve.order:.2f}" if curve else ""
        panels.append((f"{COLUMNS[figure]}{order}", AXES[name].unit, points, curve))
    return {f"growth-{look}.svg": growth_plot.drawn("How the cost grows", panels, look)
            for look in growth_plot.figures.LOOKS}


def render(data):
    """The files of the page, by their names."""
    about = data["about"]
    text = TEXT.format(**about, settle=SETTLE_SECONDS,
                       state=machine.sentence(about["others"]))
    return {"GROWTH.md": text + summary(data) + f"\n{parts.picture('growth', ALT)}\n" + "".join(
        section(name, rows) for name, rows in data["axes"].items()), **plots(data)}


def write(data, directory):
    for name, text in render(data).items():
        (directory / name).write_text(text)
        print(f"wrote {(directory / name).relative_to(shared.ROOT)}")
