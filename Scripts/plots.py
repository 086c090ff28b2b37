# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Plots of values over time as plain SVG, for light and for dark pages."""

import math
from html import escape

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 40, 40
# So many points say as much as a screen shows: of those between two, the least and the most.
POINTS = 600
# Two hues that people with any colour vision can tell apart.
COLOURS = (("#0b63c4", "#6cb2ff"), ("#b35300", "#ffa657"))
STYLE = "".join(
    [".text{font:12px sans-serif;fill:#222}.grid{stroke:#ddd}.plot{fill:none;stroke-width:1.2}",
     *(f".s{number}{{stroke:{light}}}.t{number}{{fill:{light}}}"
       for number, (light, _) in enumerate(COLOURS)),
     "@media(prefers-color-scheme:dark){.text{fill:#ddd}.grid{stroke:#444}",
     *(f".s{number}{{stroke:{dark}}}.t{number}{{fill:{dark}}}"
       for number, (_, dark) in enumerate(COLOURS)), "}"])


def thinned(values):
    """(index, value) pairs: of each stretch the least and the most, in their order."""
    step = max(1, math.ceil(2 * len(values) / POINTS))
    pairs = []
    for begin in range(0, len(values), step):
        stretch = range(begin, min(begin + step, len(values)))
        ends = {min(stretch, key=values.__getitem__), max(stretch, key=values.__getitem__)}
        pairs += [(index, values[index]) for index in sorted(ends)]
    return pairs


def ticks(most):
    """Round steps from 0 to what is shown at the top; about five of them."""
    rough = max(most, 1e-9) / 5
    power = 10 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    return [number * step for number in range(math.ceil(most / step) + 1)]


def number(value):
    return f"{value:.1f}".rstrip("0").rstrip(".")


def plot(title, series, seconds, unit):
    """Up to two series of equally spaced values, by name, in a picture with axes from 0."""
    top = ticks(max([1, *(max(values) for values in series.values() if values)]))
    right = ticks(seconds / 60)
    width, height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def across(minutes):
        return number(LEFT + width * minutes / max(right[-1], 1e-9))

    def up(value):
        return number(TOP + height * (1 - value / top[-1]))

    parts = [f'<text class="text" x="{LEFT}" y="16">{escape(title)}</text>']
    for value in top:
        parts += [f'<path class="grid" d="M{LEFT} {up(value)}H{WIDTH - RIGHT}"/>',
                  f'<text class="text" x="{LEFT - 6}" y="{up(value)}" dy="4" '
                  f'text-anchor="end">{number(value)}</text>']
    for minutes in right:
        parts.append(f'<text class="text" x="{across(minutes)}" y="{HEIGHT - BOTTOM + 18}" '
                     f'text-anchor="middle">{number(minutes)}</text>')
    parts.append(f'<text class="text" x="{WIDTH - RIGHT}" y="{HEIGHT - 6}" '
                 f'text-anchor="end">minutes; {escape(unit)} upwards</text>')
    for index, (name, values) in enumerate(series.items()):
        minutes = seconds / 60 / max(1, len(values))
        points = " ".join(f"{across(at * minutes)},{up(value)}" for at, value in thinned(values))
        parts += [f'<polyline class="plot s{index}" points="{points}"/>',
                  f'<text class="text t{index}" x="{LEFT + 160 * index}" y="32">'
                  f'{escape(name)}</text>']
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            f'role="img" aria-label="{escape(title)}">\n'
            f'<!-- Copyright 2026 The Ptarmigan Authors. SPDX-License-Identifier: Apache-2.0 -->\n'
            f"<style>{STYLE}</style>\n" + "\n".join(parts) + "\n</svg>\n")
