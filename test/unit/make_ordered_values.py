#!/usr/bin/env python3
"""Reference values for the unit tests of ordered measures.

    ./make_ordered_values.py > ordered_values.txt

Needs mpmath.  Distribution functions are compared in fractions, from position to
position; only the root of the energy distance is rounded, to 60 digits.
"""

import random
from fractions import Fraction

from mpmath import digamma, exp, log, mp, mpf, sqrt

mp.dps = 60


def real(fraction):
    return mpf(fraction.numerator) / fraction.denominator


def nearest(value):
    return '%r' % float(value) if abs(value) > mpf('1e-400') else '0.0'


def below(side, x, with_points):
    """Weight below a position; at it too, if points there count."""
    total = Fraction(0)
    for a, b, w in side:
        if b < x or b == x and (a < b or with_points):
            total += w
        elif a < x < b:
            total += w * (x - a) / (b - a)
    return total


def measures(p, q):
    p, q = ([tuple(Fraction(v) for v in item) for item in side] for side in (p, q))
    p_total, q_total = (sum(w for _, _, w in side) for side in (p, q))
    edges = sorted({x for side in (p, q) for a, b, w in side if w > 0 for x in (a, b)})
    largest = work = square = Fraction(0)
    for x in edges:
        for points in (False, True):
            largest = max(largest, abs(below(p, x, points) / p_total - below(q, x, points) / q_total))
    for x, y in zip(edges, edges[1:]):
        d = below(p, x, True) / p_total - below(q, x, True) / q_total
        e = below(p, y, False) / p_total - below(q, y, False) / q_total
        square += (y - x) * (d * d + d * e + e * e) / 3
        work += (y - x) * ((d * d + e * e) / (2 * (abs(d) + abs(e))) if d * e < 0 else (abs(d) + abs(e)) / 2)
    return work, (2 * real(square)) ** mpf('0.5'), largest


def text(side):
    return ','.join(('%r:%r' % (float(a), float(w)) if a == b else '%r:%r:%r' % (float(a), float(b), float(w))) for a, b, w in side) or '-'


def show(p, q):
    work, energy, largest = measures(p, q)
    print('ordered', nearest(real(work)), nearest(energy), nearest(real(largest)), text(p), text(q))


def points(positions, weights):
    return [(float(x), float(x), float(w)) for x, w in zip(positions, weights) if w > 0]


def print_points(rng):
    for n in (1, 2, 3, 10, 60):
        x = [rng.gauss(0, 10) for _ in range(n)]
        p, q = ([rng.random() for _ in range(n)] for _ in range(2))
        show(points(x, p), points(x, q))
        # almost equal
        for epsilon in (1e-6, 1e-12, 1e-15):
            show(points(x, p), points(x, [w * (1 + epsilon * rng.gauss(0, 1)) for w in p]))
        # counts up to 3e15, and a unit moved
        counts = [rng.randint(1, 3 * 10**15 // n) for _ in range(n)]
        moved = list(counts)
        moved[0] += 1
        show(points(x, counts), points(x, moved))
        if n > 1:
            moved[-1] -= 1
            show(points(x, counts), points(x, moved))
        # proportional, beyond 2^53 in total
        show(points(x, [w % 2**40 + 1 for w in counts]), points(x, [(w % 2**40 + 1) * 5 for w in counts]))
        large = [rng.randint(2**49, 2**50) for _ in range(n)]
        show(points(x, large), points(x, [w * 7 for w in large]))
        # moved by very little
        show(points(x, p), points([y + 1e-12 for y in x], p))
        show(points(x, counts), points([y * (1 + 2**-50) for y in x], counts))
        # of all magnitudes
        show(points(x, [10.0**-rng.randint(0, 300) for _ in range(n)]), points(x, [10.0**-rng.randint(0, 300) for _ in range(n)]))
        show(points([y * 1e-310 for y in x], p), points([y * 1e-310 for y in x], q))
        show(points([y * 1e300 for y in x], p), points([y * 1e300 for y in x], q))
        show(points(x, [w * 1e300 for w in p]), points(x, [w * 1e-300 for w in q]))
        show(points([y * 1e-300 for y in x], [1] * n), points([y * 1e-300 for y in x[::-1]], range(1, n + 1)))
        show(points(x, [1.0] + [1e-300] * (n - 1)), points(x, [1.0] + [2e-300] * (n - 1)))
        # samples, with ties
        show(points([rng.randint(0, n) for _ in range(n)], [1] * n), points([rng.randint(0, n + 2) for _ in range(n + 3)], [1] * (n + 3)))
    show([(0.0, 0.0, 1.0)], [(1e-320, 1e-320, 1.0)])


def histogram(rng, edges, open_ended):
    weights = [rng.randint(0, 1000) for _ in edges]
    bins = [(a, b, float(w)) for a, b, w in zip(edges, edges[1:], weights) if w > 0]
    return bins + ([(edges[0], edges[0], 17.0), (edges[-1], edges[-1], 5.0)] if open_ended else [])


def print_intervals(rng):
    for n in (2, 3, 8, 30):
        edges = [float(x) for x in sorted(rng.sample(range(1000), n + 1))]
        others = [x / 8 for x in sorted(rng.sample(range(8000), n + 3))]
        p, q = histogram(rng, edges, False), histogram(rng, edges, True)
        show(p, q)
        show(p, histogram(rng, others, n > 3))
        show(q, [(a, b, w * 3) for a, b, w in q])
        show(q, [(a, b, w + (i == 1)) for i, (a, b, w) in enumerate(q)])
        show(p, [((a + b) / 2, (a + b) / 2, w) for a, b, w in p])
        show(p, [(a, b, w * (1 + 1e-13 * i)) for i, (a, b, w) in enumerate(p)])
        # that overlap, and shifted by very little
        show([(a, a + rng.randint(1, 500), w) for a, _, w in p], [(a - 7, b, w) for a, b, w in q])
        show(p, [(a + 2**-30, b + 2**-30, w) for a, b, w in p])
        show([(a * 1e-310, b * 1e-310, w) for a, b, w in p], [(a * 1e-310, b * 1e-310, w) for a, b, w in q])
        show([(a * 1e305, b * 1e305, w) for a, b, w in p], [(a * 1e305 , b * 1e305, w * 1e-290) for a, b, w in q])


def exact_tail(steps, few, many):
    """Shares of paths from (0, 0) to (few, many) that are so far from the diagonal, in numbers of 60 digits."""
    u = [mpf(j * many >= steps) for j in range(few + 1)]
    for i in range(1, many + 1):
        u[0] = mpf(1) if i * few >= steps else u[0]
        for j in range(1, few + 1):
            u[j] = mpf(1) if abs(i * few - j * many) >= steps else (i * u[j] + j * u[j - 1]) / (i + j)
    return u[few]


def limit_tail(statistic, n, m):
    size = mpf(n) * m / (n + m)
    x = sqrt(size) * statistic
    x += 1 / (6 * sqrt(size)) + (x - 1) / (4 * size)
    return 2 * sum((-1) ** (k - 1) * exp(-2 * k * k * x * x) for k in range(1, 400))


def print_tails():
    for few, many in ((1, 1), (1, 7), (2, 3), (5, 5), (7, 11), (20, 20), (21, 26), (30, 100), (100, 100), (99, 101), (3, 1000), (150, 400)):
        for share in (0, 0.1, 0.3, 0.5, 0.7, 0.9, 1):
            steps = round(share * few * many)
            print('ks_tail', nearest(exact_tail(steps, few, many)), '%r %d %d 1e-13' % (float(Fraction(steps, few * many)), few, many))
    print('ks_tail', nearest(exact_tail(9000, 100, 100)), '0.89999 100 100 1e-13')
    print('ks_tail', nearest(exact_tail(2000, 1000, 1000)), '0.002 1000 1000 1e-12')
    print('ks_tail', nearest(exact_tail(20000, 100, 10000)), '0.02 100 10000 1e-12')
    for n, m in ((4000, 4000), (50000, 60000), (3163, 10**9), (10**15, 10**14)):
        for x in (0.1, 0.3, 0.5, 0.9, 0.99, 1, 1.01, 1.3, 2, 5, 18):
            d = float(x / sqrt(mpf(n) * m / (n + m)))
            if d <= 1:
                print('ks_tail', nearest(limit_tail(mpf(d), n, m)), '%r %d %d 1e-12' % (d, n, m))


def neighbours(value, others, k):
    """The distance to the k-th of others, or the smallest that is not 0, and how many are within it."""
    distances = sorted(abs(Fraction(v) - Fraction(value)) for v in others)
    if distances[k - 1] > 0:
        return distances[k - 1], k
    positive = [d for d in distances if d > 0]
    return positive[0], sum(d <= positive[0] for d in distances)


def knn_divergence(x, y, k):
    total = mpf(0)
    for i, value in enumerate(x):
        rho, of_x = neighbours(value, x[:i] + x[i + 1:], k)
        nu, of_y = neighbours(value, y, k)
        total += log(real(nu / rho)) + digamma(of_x) - digamma(of_y)
    return total / len(x) + log(mpf(len(y)) / (len(x) - 1))


def spacing_entropy(method, values, m):
    x = sorted(Fraction(v) for v in values)
    n = len(x)
    if method == 'van_es':
        total = sum(log(mpf(n + 1) / m * real(x[i + m] - x[i])) for i in range(n - m)) / (n - m)
        return total + sum(1 / mpf(k) for k in range(m, n + 1)) + log(mpf(m)) - log(mpf(n + 1))
    total = mpf(0)
    for i in range(1, n + 1):
        c = mpf(2)
        if method == 'ebrahimi':
            c = 1 + mpf(i - 1) / m if i <= m else 1 + mpf(n - i) / m if i >= n - m + 1 else c
        total += log(n / (c * m) * real(x[min(i + m, n) - 1] - x[max(i - m, 1) - 1]))
    return total / n


def numbers(values):
    return ','.join('%r' % float(v) for v in values)


def print_estimates(rng):
    for n, m, k in ((2, 1, 1), (3, 5, 2), (12, 15, 1), (12, 15, 5), (60, 40, 3), (40, 60, 39), (100, 100, 5)):
        x, y = [rng.gauss(0, 1) for _ in range(n)], [rng.gauss(0.5, 2) for _ in range(m)]
        print('knn', nearest(knn_divergence(x, y, k)), k, numbers(x), numbers(y))
        x, y = [float(rng.randint(0, n // 3 + 1)) for _ in range(n)] + [-1.0], [float(rng.randint(0, m // 4 + 2)) for _ in range(m)] + [0.5]
        print('knn', nearest(knn_divergence(x, y, k)), k, numbers(x), numbers(y))
        print('knn', nearest(knn_divergence([v * 1e-300 for v in x], [v * 1e300 for v in y], k)), k, numbers(v * 1e-300 for v in x), numbers(v * 1e300 for v in y))
    for n, m in ((5, 1), (5, 2), (10, 3), (14, 4), (60, 8), (150, 1), (150, 74)):
        x = [rng.gauss(0, 1) for _ in range(n)]
        for method in ('vasicek', 'ebrahimi', 'van_es'):
            print('spacing', nearest(spacing_entropy(method, x, m)), method, m, numbers(x))
            print('spacing', nearest(spacing_entropy(method, [v * 1e-310 for v in x], m)), method, m, numbers(v * 1e-310 for v in x))
            print('spacing', nearest(spacing_entropy(method, [v * 5e307 for v in x], m)), method, m, numbers(v * 5e307 for v in x))


def main():
    rng = random.Random(18)
    print('# Made by make_ordered_values.py; do not edit.')
    print('# ordered WASSERSTEIN ENERGY KS P Q, each POSITION:WEIGHT or FROM:TO:WEIGHT; ks_tail P STATISTIC N M TOLERANCE')
    print('# knn VALUE K X Y; spacing VALUE METHOD WINDOW X')
    print_points(rng)
    print_intervals(rng)
    print_tails()
    print_estimates(rng)


if __name__ == '__main__':
    main()
