# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""The order by which a cost grows: the curve y = c + a x^k that is nearest to some points.

c is what there is to pay without the cause. Nearest is by the relative distance, since points lie
over some decades.
"""

from collections import namedtuple

Curve = namedtuple("Curve", "order constant factor misfit")
LEAST_POINTS = 4
ORDERS = [step / 100 for step in range(5, 301, 5)]
# A cost that grows by less than this over the whole range is not said to grow: single points are no
# better than that.
LEAST_GROWTH = 0.3


def at(curve, x):
    return curve.constant + curve.factor * x ** curve.order


def misfit(curve, points):
    """The root of the mean square of the relative distances."""
    return (sum((at(curve, x) / y - 1) ** 2 for x, y in points) / len(points)) ** 0.5


def of_order(order, points):
    """The best constant and factor for one order, neither below zero."""
    # Least squares of c / y + a x^k / y = 1.
    rows = [(1 / y, x ** order / y) for x, y in points]
    uu, uv, vv = (sum(row[i] * row[j] for row in rows) for i, j in ((0, 0), (0, 1), (1, 1)))
    u, v = (sum(row[i] for row in rows) for i in (0, 1))
    whole = uu * vv - uv * uv
    constant, factor = (u * vv - v * uv) / whole, (v * uu - u * uv) / whole
    if factor < 0:
        constant, factor = u / uu, 0.0
    elif constant < 0:
        constant, factor = 0.0, v / vv
    curve = Curve(order, constant, factor, None)
    return curve._replace(misfit=misfit(curve, points))


def fitted(points):
    """The curve; of order 0 where the cost hardly grows, None for too few points.

    A point at 0 is the cost without the cause.
    """
    points = [(x, y) for x, y in points if x >= 0 and y > 0]
    if len(points) < LEAST_POINTS:
        return None
    best = min((of_order(order, points) for order in ORDERS), key=lambda curve: curve.misfit)
    first, last = (at(best, end(x for x, _ in points)) for end in (min, max))
    if last / first - 1 >= LEAST_GROWTH:
        return best
    flat = Curve(0.0, sum(1 / y for _, y in points) / sum(1 / y ** 2 for _, y in points), 0.0, None)
    return flat._replace(misfit=misfit(flat, points))
