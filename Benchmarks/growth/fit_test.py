# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Whether the fit finds orders that are known, and says of noise that it is none."""

import random

import fit
from recordings import check, conclude

SEED = 3
XS = (0, 50, 200, 800, 2_400)
# Of single points, as they are on a busy machine.
NOISE = 0.1
TRIES = 20


def noisy(source, value):
    return value * (1 + source.uniform(-NOISE, NOISE))


def check_known(order, constant, factor):
    points = [(x, constant + factor * x ** order) for x in XS]
    curve = fit.fitted(points)
    check(abs(curve.order - order) <= 0.05 and curve.misfit < 0.01,
          f"{constant} + {factor} x^{order} is found: {curve}")
    source = random.Random(SEED)
    orders = sorted(fit.fitted([(x, noisy(source, y)) for x, y in points]).order
                    for _ in range(TRIES))
    middle = orders[len(orders) // 2]
    check(abs(middle - order) <= 0.3, f"and in noise about so: {middle} of {orders}")


def check_flat():
    source = random.Random(SEED)
    orders = [fit.fitted([(x, noisy(source, 7.0)) for x in XS]).order for _ in range(TRIES)]
    check(not any(orders), f"noise does not grow: {orders}")


def check_few():
    check(fit.fitted([(1, 1.0), (2, 2.0), (4, 4.0)]) is None, "three points have no order")
    shuffled = [(0, 5.0), (50, 1.0), (200, 9.0), (800, 1.0), (2_400, 8.0)]
    check(fit.fitted(shuffled).misfit > 0.3, "a curve that does not fit says so")


def run():
    """All checks; the exit code."""
    for order, constant, factor in ((1.0, 3.0, 0.02), (0.5, 1.0, 0.5), (2.0, 10.0, 0.001)):
        check_known(order, constant, factor)
    check_flat()
    check_few()
    return conclude()
