# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""A panel for each cause: the points, and the curve that is fitted to them."""

from math import log10
from xml.sax.saxutils import escape

import figures
import fit

PANEL_WIDTH, PANEL_HEIGHT, COLUMNS = 380, 220, 2
LEFT, RIGHT, TOP, BOTTOM = 56, 18, 40, 34
STEPS = 40


class Panel:
    """Both axes are logarithmic; a point without the cause has no place on them."""

    def __init__(self, place, points, curve):
        self.x0 = place % COLUMNS * PANEL_WIDTH
        self.y0 = place // COLUMNS * PANEL_HEIGHT
        self.points = [(x, y) for x, y in points if x > 0 and y > 0]
        self.curve = curve
        self.low, self.high = self.points[0][0], self.points[-1][0]
        self.ticks = figures.decades([*(y for _, y in self.points), *(y for _, y in self.line())])

    def line(self):
        if self.curve is None:
            return []
        ratio = self.high / self.low
        xs = [self.low * ratio ** (step / STEPS) for step in range(STEPS + 1)]
        return [(x, fit.at(self.curve, x)) for x in xs]

    def x(self, value):
        part = log10(value / self.low) / log10(self.high / self.low)
        return self.x0 + LEFT + part * (PANEL_WIDTH - LEFT - RIGHT)

    def y(self, value):
        part = log10(value / self.ticks[0]) / log10(self.ticks[-1] / self.ticks[0])
        return self.y0 + PANEL_HEIGHT - BOTTOM - part * (PANEL_HEIGHT - TOP - BOTTOM)

    def draw(self, title, cause, look):
        parts = [f'<text x="{self.x0 + LEFT}" y="{self.y0 + 24}" font-weight="600" '
                 f'font-size="12">{escape(title)}</text>']
        for tick in self.ticks:
            y = self.y(tick)
            parts.append(f'<line x1="{self.x0 + LEFT}" y1="{y:.1f}" y2="{y:.1f}" '
                         f'x2="{self.x0 + PANEL_WIDTH - RIGHT}" stroke="{look["line"]}"/>')
            parts.append(f'<text x="{self.x0 + LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" '
                         f'font-size="11" fill="{look["muted"]}">{figures.number(tick)}</text>')
        bottom = self.y0 + PANEL_HEIGHT - BOTTOM + 16
        for x, anchor in ((self.low, "start"), (self.high, "end")):
            parts.append(f'<text x="{self.x(x):.1f}" y="{bottom}" text-anchor="{anchor}" '
                         f'font-size="11" fill="{look["muted"]}">{x:,}</text>')
        parts.append(f'<text x="{self.x0 + (LEFT + PANEL_WIDTH - RIGHT) / 2}" y="{bottom}" '
                     f'text-anchor="middle" font-size="11" fill="{look["muted"]}">'
                     f"{escape(cause)}</text>")
        course = " ".join(f"{self.x(x):.1f},{self.y(y):.1f}" for x, y in self.line())
        parts.append(f'<polyline points="{course}" fill="none" stroke="{look["ours"]}" '
                     'stroke-width="2" opacity="0.55"/>')
        return parts + [f'<circle cx="{self.x(x):.1f}" cy="{self.y(y):.1f}" r="4" '
                        f'fill="{look["ours"]}"/>' for x, y in self.points]


def drawn(title, panels, look):
    """A file; a panel is a title, its cause, points and a curve."""
    height = -(-len(panels) // COLUMNS) * PANEL_HEIGHT
    colours = figures.LOOKS[look]
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{COLUMNS * PANEL_WIDTH}" '
             f'height="{height}" viewBox="0 0 {COLUMNS * PANEL_WIDTH} {height}">',
             f"<title>{escape(title)}</title>",
             f'<g {figures.FONT} font-size="13" fill="{colours["text"]}">']
    for place, (name, cause, points, curve) in enumerate(panels):
        parts += Panel(place, points, curve).draw(name, cause, colours)
    return "\n".join([*parts, "</g>", "</svg>", ""])
