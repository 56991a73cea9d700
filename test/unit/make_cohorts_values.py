#!/usr/bin/env python3
"""Reference values for the unit tests of many cohorts and of calibration.

    ./make_cohorts_values.py > cohorts_values.txt

Needs mpmath.  All are the definitions, to 800 digits where shares are of all sizes.

    mixture VALUE COUNT BINS WEIGHTS... CELLS...
    calibration ERROR DIVERGENCE LOSS BINS ROWS (OUTCOME PREDICTED)...
"""

import random
from fractions import Fraction
from math import floor

from mpmath import log, mp, mpf

mp.dps = 800
rng = random.Random(19)


def real(fraction):
    return mpf(fraction.numerator) / fraction.denominator


def divergence(weights, rows):
    weights = [Fraction(w) for w in weights]
    shares = []
    for row in rows:
        cells = [Fraction(x) for x in row]
        shares.append([x / sum(cells) for x in cells])
    parts = [w / sum(weights) for w in weights]
    value = mpf(0)
    for bin in range(len(rows[0])):
        mean = sum(w * s[bin] for w, s in zip(parts, shares))
        for w, s in zip(parts, shares):
            if w > 0 and s[bin] > 0 and s[bin] != mean:
                value += real(w * s[bin]) * log(real(s[bin] / mean))
    return value


def print_mixture(weights, rows):
    value = divergence(weights, rows)
    numbers = list(weights) + [x for row in rows for x in row]
    print('mixture', repr(float(value)), len(rows), len(rows[0]), *(repr(float(x)) for x in numbers))


def mixtures():
    for count, bins in ((2, 2), (2, 7), (3, 5), (5, 20), (12, 3), (40, 9)):
        for _ in range(3):
            equal = [1.0] * count
            unequal = [rng.random() ** 4 for _ in range(count)]
            counts = [[float(rng.randrange(1, 1000)) for _ in range(bins)] for _ in range(count)]
            gaps = [[x if rng.random() < 0.5 else 0.0 for x in row[:-1]] + [row[-1]] for row in counts]
            wide = [[10.0 ** rng.uniform(-30, 0) for _ in range(bins)] for _ in range(count)]
            yield equal, counts
            yield unequal, counts
            yield equal, gaps
            yield unequal, gaps
            yield equal, wide
            yield unequal, [[x if rng.random() < 0.7 else 0.0 for x in row[:-1]] + [row[-1]] for row in wide]
    # near each other by all sizes; by so many times the same, and one apart from all others
    for size in (1e-2, 1e-5, 1e-8, 1e-12, 1e-15):
        for count in (2, 3, 10):
            base = [rng.random() for _ in range(6)]
            near = [[x * (1 + size * rng.gauss(0, 1)) for x in base] for _ in range(count)]
            yield [1.0] * count, near
            yield [rng.random() ** 3 for _ in range(count)], [[x * f for x in row] for row, f in zip(near, (rng.uniform(1e-3, 1e3) for _ in near))]
            yield [1.0] * count, [base] * (count - 1) + [near[0]]
            yield [1e-9] + [1.0] * (count - 1), [near[0]] + [base] * (count - 1)
            yield [1.0] + [1e-9] * (count - 1), [near[0]] + [base] * (count - 1)
            yield [1.0] * (count + 1), [[x * 1000 for x in near[0]]] + [near[i % count][:5] + [0.0] for i in range(count)]
    # one unit of 10^15, and light bins beside one that is as heavy in all
    yield [1, 1, 1], [[4e15, 3e15], [4e15, 3e15], [4e15 + 1, 3e15 - 1]]
    yield [1, 2, 3], [[4e15, 3e15], [1.2e16, 9e15], [4e15 + 1, 3e15 - 1]]
    for light in (1e-20, 1e-40, 1e-100, 1e-250):
        yield [1, 1], [[1, light], [1, 2 * light]]
        yield [1, 1, 1], [[1, light], [3, 6 * light], [1, 0.0]]
        yield [1, 1e-12], [[1, light, 1], [1, 0.0, 1]]
    # of all sizes
    yield [1, 1], [[1e308, 1e307], [5e307, 1e308]]
    yield [1e308, 5e307], [[1e-310, 3e-310], [5e-324, 1e-323]]
    yield [5e-324, 1e-323], [[1e308, 1e-300, 1], [1, 1, 1]]
    yield [1e-300, 1], [[1, 2], [2, 1]]
    yield [0, 1, 1, 0], [[1, 0, 0], [1, 2, 3], [3, 2, 1], [0, 0, 5]]
    yield [1] * 4, [[1, 0, 0, 0], [0, 2, 0, 0], [0, 0, 3, 0], [0, 0, 0, 4]]
    yield [1, 2, 3], [[1, 0, 0], [0, 2, 0], [0, 0, 3]]
    yield [1e-15, 1], [[1, 0], [0, 1]]
    yield [1], [[1, 2, 3]]


def print_calibration(bins, rows):
    groups = {}
    loss = mpf(0)
    for outcome, predicted in rows:
        # the edge of bin k is the number that k/bins is written as
        group = max(k for k in range(max(0, floor(predicted * bins) - 1), min(bins, floor(predicted * bins) + 2)) if k / bins <= predicted)
        groups.setdefault(group, []).append((outcome, Fraction(predicted)))
        happened = Fraction(predicted) if outcome else 1 - Fraction(predicted)
        loss -= log(real(happened)) if happened > 0 else -mp.inf
    error = Fraction(0)
    value = mpf(0)
    for members in groups.values():
        n, y, s = len(members), sum(o for o, _ in members), sum(p for _, p in members)
        error += abs(y - s)
        for a, b in ((Fraction(y), s), (n - Fraction(y), n - s)):
            if a > 0:
                value += real(a) * log(real(a / b)) if b > 0 else mp.inf
    numbers = [x for outcome, predicted in rows for x in (int(outcome), repr(predicted))]
    n = len(rows)
    print('calibration', repr(float(error / n)), repr(float(value / n)), repr(float(loss / n)), bins, n, *numbers)


def predictions():
    for bins in (1, 2, 5, 10, 97, 10000):
        for n in (1, 3, 50, 300):
            predicted = [rng.random() for _ in range(n)]
            yield bins, [(rng.random() < p, p) for p in predicted]
            yield bins, [(rng.random() < p, p ** 5) for p in predicted]
            yield bins, [(rng.random() < p, round(p, 2)) for p in predicted]
    # rare events, predicted nearly right
    for rate in (1e-3, 1e-9, 1e-20, 1e-300):
        yield 10, [(i == 0, rate * (1 + 1e-3 * rng.gauss(0, 1))) for i in range(200)]
        yield 10, [(False, rate * rng.random()) for _ in range(200)]
        yield 1, [(True, rate), (True, 1 - rate), (True, 0.5)]
    # what is predicted is nearly what happened
    for size in (1e-4, 1e-8, 1e-12, 1e-16):
        yield 1, [(i % 2 == 0, 0.5 + size * (1 + i)) for i in range(20)]
        yield 4, [(i % 4 == 0, 0.25 + size * (1 + i)) for i in range(20)]
    # edges, and what cannot be
    yield 10, [(i % 3 == 0, i / 10) for i in range(11)]
    yield 100, [(i % 3 == 0, i / 100) for i in range(1, 100)]
    yield 2, [(True, 0.0), (False, 0.5)]
    yield 2, [(False, 1.0), (True, 0.5)]
    yield 2, [(False, 0.0), (True, 1.0)]
    yield 3, [(True, 5e-324), (False, 5e-324), (False, 1 - 2 ** -53)]


for case in mixtures():
    print_mixture(*case)
for case in predictions():
    print_calibration(*case)
