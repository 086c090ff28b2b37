# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Plots as SVG: a row for each tool, a dot for the median, a line for the spread.

Two files for each, for light and for dark pages; the page picks one.
"""

from math import log
from xml.sax.saxutils import escape

LOOKS = {
    "light": {"text": "#1f2328", "muted": "#59636e", "line": "#d1d9e0", "ours": "#0b6e4f",
              "peer": "#8a5a00", "base": "#59636e"},
    "dark": {"text": "#f0f6fc", "muted": "#9198a1", "line": "#3d444d", "ours": "#4cc38a",
             "peer": "#e3b341", "base": "#9198a1"},
}
WIDTH, LEFT, RIGHT, ROW, TOP, BOTTOM = 760, 250, 96, 26, 46, 40
FONT = "font-family=\"system-ui, 'Segoe UI', Helvetica, Arial, sans-serif\""


class Scale:
    """Where a value is; logarithmic from the first tick that is above zero, or linear."""

    def __init__(self, ticks, is_logarithmic):
        self.ticks, self.is_logarithmic = ticks, is_logarithmic

    def part(self, value):
        low, high = self.ticks[0], self.ticks[-1]
        value = min(max(value, low), high)
        if self.is_logarithmic:
            return log(value / low) / log(high / low)
        return (value - low) / (high - low)

    def x(self, value):
        return LEFT + self.part(value) * (WIDTH - LEFT - RIGHT)


def decades(values):
    """Ticks at powers of ten around some values."""
    low, high = min(values), max(values)
    tick, ticks = 1.0, []
    while tick > low:
        tick /= 10
    while tick * 10 <= low:
        tick *= 10
    while tick < high:
        ticks.append(tick)
        tick *= 10
    return [*ticks, tick]


def linear(values, count=5):
    """Round ticks around some values, with zero among them."""
    low, high = min(0.0, *values), max(0.0, *values)
    span = (high - low) or 1.0
    step = 1.0
    while step * count < span:
        step *= 10
    while step * count / 10 >= span:
        step /= 10
    step = next((step * part for part in (0.1, 0.2, 0.5) if step * part * count >= span), step)
    first = -(-low // step) if low >= 0 else -((-low) // step) - (1 if (-low) % step else 0)
    ticks = [first * step]
    while ticks[-1] < high:
        ticks.append(ticks[-1] + step)
    return ticks


def number(value):
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def head(title, height, look):
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'width="{WIDTH}" height="{height}">',
        f"<title>{escape(title)}</title>",
        f'<g {FONT} font-size="13" fill="{look["text"]}">',
        f'<text x="0" y="18" font-weight="600">{escape(title)}</text>',
    ]


def axis(scale, rows, unit, look):
    bottom = TOP + rows * ROW
    parts = []
    for tick in scale.ticks:
        x = scale.x(tick)
        parts.append(f'<line x1="{x:.1f}" y1="{TOP - 8}" x2="{x:.1f}" y2="{bottom}" '
                     f'stroke="{look["line"]}"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle" font-size="11" '
                     f'fill="{look["muted"]}">{number(tick)}</text>')
    parts.append(f'<text x="{LEFT}" y="{bottom + 32}" font-size="11" fill="{look["muted"]}">'
                 f"{escape(unit)}</text>")
    return parts


def dots(title, unit, rows, look, is_logarithmic=True):
    """A plot. A row is a name, its kind (ours, peer, base), low, middle, high and a label."""
    values = [value for row in rows for value in row[2:5]]
    scale = Scale(decades(values) if is_logarithmic else linear(values), is_logarithmic)
    look = LOOKS[look]
    parts = head(title, TOP + len(rows) * ROW + BOTTOM, look) + axis(scale, len(rows), unit, look)
    for place, (name, kind, low, middle, high, label) in enumerate(rows):
        y = TOP + place * ROW + ROW / 2
        colour = look[kind]
        parts += [
            f'<text x="{LEFT - 12}" y="{y + 4:.1f}" text-anchor="end">{escape(name)}</text>',
            f'<line x1="{scale.x(low):.1f}" y1="{y:.1f}" x2="{scale.x(high):.1f}" y2="{y:.1f}" '
            f'stroke="{colour}" stroke-width="3" stroke-linecap="round" opacity="0.55"/>',
            f'<circle cx="{scale.x(middle):.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>',
            f'<text x="{scale.x(high) + 10:.1f}" y="{y + 4:.1f}" font-size="11" '
            f'fill="{look["muted"]}">{escape(label)}</text>',
        ]
    return "\n".join([*parts, "</g>", "</svg>", ""])
