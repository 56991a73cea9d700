#!/usr/bin/env python3
"""Reference values for the unit tests of models.

    ./make_models_values.py > models_values.txt

Needs mpmath.  All are the definitions as the textbooks have them, to 2000 bits or
more: the logarithms of densities, determinants and traces.
"""

import random

from mpmath import exp, inverse, log, matrix, mp, mpf, sqrt

mp.prec = 2400
rng = random.Random(17)
ALPHAS = (1e-300, 1e-20, 0.001, 0.25, 0.4999, 0.5, 0.75, 0.999, 1 - 2**-53, 1.0, 1 + 2**-52, 1.001, 1.5, 2.0, 5.0, 1e3, 1e9, float('inf'))


def nearest(value):
    """The number as a float, also if that is none of the normal ones."""
    if value == 0 or abs(value) > mpf(2) ** 1024:
        return 0.0 if value == 0 else float('inf')
    with mp.workprec(53 if abs(value) >= mpf(2) ** -1022 else 2400):
        return float(+value)


def kl(mp_, sp, mq, sq):
    return log(sq / sp) + (sp ** 2 + (mp_ - mq) ** 2) / (2 * sq ** 2) - mpf(1) / 2


def renyi(a, mp_, sp, mq, sq):
    if a == 1:
        return kl(mp_, sp, mq, sq)
    if mp.isinf(a):
        if sp > sq or (sp == sq and mp_ != mq):
            return mp.inf
        return mpf(0) if sp == sq else log(sq / sp) + (mp_ - mq) ** 2 / (2 * (sq ** 2 - sp ** 2))
    s = (1 - a) * sp ** 2 + a * sq ** 2
    if s <= 0:
        return mp.inf
    return log(sq / sp) + log(sq ** 2 / s) / (2 * (a - 1)) + a * (mp_ - mq) ** 2 / (2 * s)


def affinity_exponent(mp_, sp, mq, sq):
    return log((sp ** 2 + sq ** 2) / (2 * sp * sq)) / 2 + (mp_ - mq) ** 2 / (4 * (sp ** 2 + sq ** 2))


def pairs():
    """Mean and deviation of p and q: ordinary, near each other by all sizes, and of extreme sizes."""
    for _ in range(12):
        yield rng.gauss(0, 3), rng.uniform(0.2, 5), rng.gauss(0, 3), rng.uniform(0.2, 5)
    for size in (1e-2, 1e-4, 1e-8, 1e-12, 1e-15):
        for _ in range(4):
            m, s = rng.gauss(0, 3), rng.uniform(0.2, 5)
            yield m, s, m + s * size * rng.gauss(0, 1), s * (1 + size * rng.gauss(0, 1))
    for p, q in ((1.0, 1.0), (1.0, 1 + 2**-52), (1 + 2**-52, 1.0), (1.0, 1 + 2**-51)):
        yield 0.5, p, 0.5, q
        yield 0.5, p, 0.5 + 2**-53, q
    yield 1e8, 1.0, 1e8 + 1e-7, 1.0
    for p, q in ((1e-150, 1e150), (1e150, 1e-150), (1e-310, 3e-310), (1e307, 1.7e308), (1.0, 1e7), (1e7, 1.0), (1e-3, 1e12), (5e-324, 1.0),
                 (5e-324, 1.7e308), (1.2, 1.1), (3.0, 2.0), (2.0, 3.0), (1.41421356, 1.0), (1.4142, 1.0), (1.1, 1.0)):
        yield 0.0, p, 0.0, q
        yield 0.25 * q, p, 0.0, q
    yield 1.7e308, 1e308, -1.7e308, 1.7e308
    yield 1e-170, 1.0, 0.0, 1.0
    yield 1e-310, 1e-312, 0.0, 1e-312


def far(sp, sq):
    return not 0.25 < sp / sq < 4


def print_gaussians():
    for numbers in pairs():
        x = [mpf(n) for n in numbers]
        text = '%r %r %r %r' % numbers
        print('kl 1 %r 1e-14 %s' % (nearest(kl(*x)), text))
        exponent = affinity_exponent(*x)
        print('hellinger 1 %r 1e-14 %s' % (nearest(sqrt(1 - exp(-min(exponent, mpf(1000))))), text))
        print('wasserstein 1 %r 1e-14 %s' % (nearest(sqrt((x[0] - x[2]) ** 2 + (x[1] - x[3]) ** 2)), text))
        for alpha in ALPHAS:
            print('renyi %r %r %s %s' % (alpha, nearest(renyi(mpf(alpha), *x)), '1e-13' if far(*numbers[1::2]) else '1e-14', text))
    # near the order from which on it is Infinity, s^2/(s^2 - 1)
    for alpha in (1.99, 1.9999999, 1.9999999999999, 2.0, 2.0000001):
        x = (0.0, 2**0.5, 1.0, 1.0)
        print('renyi %r %r 1e-14 %r %r %r %r' % ((alpha, nearest(renyi(mpf(alpha), *map(mpf, x)))) + x))


def print_products():
    """More than one dimension."""
    for size in (1, 1e-5, 1e-9, 1e-13):
        p = [(rng.gauss(0, 3), rng.uniform(0.2, 5)) for _ in range(9)]
        q = [(m + s * size * rng.gauss(0, 1), s * (1 + size * rng.uniform(-0.5, 0.5))) for m, s in p]
        numbers = [(mpf(a), mpf(b), mpf(c), mpf(d)) for (a, b), (c, d) in zip(p, q)]
        text = ' '.join(','.join('%r' % pair[i] for pair in side) for side in (p, q) for i in (0, 1))
        print('kl 1 %r 1e-14 %s' % (nearest(sum(kl(*x) for x in numbers)), text))
        print('renyi 0.75 %r 1e-14 %s' % (nearest(sum(renyi(mpf(0.75), *x) for x in numbers)), text))
        print('hellinger 1 %r 1e-14 %s' % (nearest(sqrt(1 - exp(-sum(affinity_exponent(*x) for x in numbers)))), text))
        print('wasserstein 1 %r 1e-14 %s' % (nearest(sqrt(sum((x[0] - x[2]) ** 2 + (x[1] - x[3]) ** 2 for x in numbers))), text))


def print_standard():
    numbers = [(rng.gauss(0, size), rng.gauss(0, size)) for size in (1, 10, 1e-2, 1e-5, 1e-9, 1e-13, 1e-16) for _ in range(3)]
    numbers += [(0.0, v) for v in (1e-300, -1e-160, 0.3, -0.3, 0.36, -0.36, 1.1, 7.7, 100.0, 699.0, 701.0, 709.5, 710.3, -40.0, -800.0, -1e300, -1.7e308)]
    numbers += [(1e-155, 0.0), (1e154, -1.0), (1.8e154, 0.0), (0.0, 0.0)]
    for mean, v in numbers:
        print('standard %r 1e-14 %r %r' % (nearest((mpf(mean) ** 2 + exp(mpf(v)) - 1 - mpf(v)) / 2), mean, v))


def print_poisson():
    numbers = [(rng.uniform(0, 9), rng.uniform(0, 9)) for _ in range(9)]
    for size in (1e-3, 1e-8, 1e-12, 2**-52):
        numbers += [(x, x * (1 + size)) for x in (rng.uniform(0.1, 50), 3e-310, 1e-9, 1.1e308)]
    numbers += [(1e-300, 1.0), (1.0, 1e-300), (1e305, 5e-324), (5e-324, 1e308), (5e-324, 1e-323), (0.0, 7.0), (1e-150, 1e150), (1e150, 1e-150),
                (1e-121, 1.0), (1.0, 1e-121), (1.5, 1.0), (1.0, 1.5), (1.0, 1.4142), (1e-9, 2e-9)]
    for a, b in numbers:
        x, y = mpf(a), mpf(b)
        print('poisson %r 1e-14 %r %r' % (nearest((x * log(x / y) if x > 0 else mpf(0)) - x + y), a, b))


def print_sampled():
    numbers = [(-rng.expovariate(0.3), -rng.expovariate(0.3)) for _ in range(9)]
    for size in (1e-3, 1e-8, 1e-12, 1e-16):
        numbers += [(x, x + size * rng.gauss(0, 1)) for x in (-rng.expovariate(1) for _ in range(3))]
    numbers += [(-0.25, -30.0), (-700.1, -0.2), (-709.7, 0.3), (-1400.0, 0.0), (-0.1, -1e300), (12.3, 11.9), (-0.3, 0.7), (-1.1, -0.1), (0.0, 0.0),
                (-3.3, 0.1), (-123.4, -0.7), (-512.3, -0.1)]
    for a, b in numbers:
        d = mpf(b) - mpf(a)
        for name, value in (('k1', -d), ('k2', d ** 2 / 2), ('k3', exp(d) - 1 - d)):
            print('sampled %s %r 1e-14 %r %r' % (name, nearest(value), a, b))


def rounded(covariance):
    """Symmetric, and of floats."""
    n = len(covariance)
    return [[float(covariance[max(i, j)][min(i, j)]) for j in range(n)] for i in range(n)]


def random_covariance(n, spread):
    a = [[rng.gauss(0, 1) for _ in range(n + 3)] for _ in range(n)]
    scale = [10 ** rng.uniform(-spread, spread) for _ in range(n)]
    return rounded([[scale[i] * scale[j] * sum(x * y for x, y in zip(a[i], a[j])) / n for j in range(n)] for i in range(n)])


def condition(covariance):
    """Of the correlations."""
    n = len(covariance)
    with mp.workprec(200):
        values = mp.eigsy(matrix([[mpf(covariance[i][j]) / sqrt(mpf(covariance[i][i]) * mpf(covariance[j][j])) for j in range(n)] for i in range(n)]),
                          eigvals_only=True)
        return float(max(values) / min(values))


def multivariate_kl(p_mean, p, q_mean, q):
    with mp.workprec(1000):
        n = len(p)
        # in units in which inverse() does not take a small Q for a singular one
        unit = [1 / sqrt(mpf(q[i][i])) for i in range(n)]
        P, Q = (matrix([[mpf(x[i][j]) * unit[i] * unit[j] for j in range(n)] for i in range(n)]) for x in (p, q))
        d = matrix([(mpf(a) - mpf(b)) * u for a, b, u in zip(p_mean, q_mean, unit)])
        R = inverse(Q)
        trace = sum((R * P)[i, i] for i in range(n))
        return (trace - n - log(mp.det(R * P)) + (d.T * R * d)[0]) / 2


def print_multivariate():
    cases = []
    for n in (1, 2, 3, 5, 9, 20):
        for size in (None, 0.3, 1e-2, 1e-5, 1e-9, 1e-14):
            q = random_covariance(n, 2)
            q_mean = [rng.gauss(0, 1) for _ in range(n)]
            if size is None:
                cases.append((q_mean, random_covariance(n, 2), [rng.gauss(0, 1) for _ in range(n)], q))
                continue
            p = rounded([[x * (1 + size * rng.uniform(-0.3, 0.3)) for x in row] for row in q])
            cases.append(([m + size * rng.gauss(0, 1) * q[i][i] ** 0.5 for i, m in enumerate(q_mean)], p, q_mean, q))
    near_singular = [[1.0, 0.9999999], [0.9999999, 1.0]]
    cases.append(([0.0, 0.0], near_singular, [0.0, 0.0], [[1.0, 0.0], [0.0, 1.0]]))
    cases.append(([0.0, 0.0], [[1.0, 0.0], [0.0, 1.0]], [0.0, 1.0], near_singular))
    cases.append(([0.0, 0.0], [[1e-300, 0.0], [0.0, 1e-20]], [0.0, 1e-10], [[1.0, 0.5], [0.5, 1.0]]))
    cases.append(([0.0, 0.0], [[1e-300, 2e-301], [2e-301, 1e-300]], [0.0, 1e-150], [[2e-300, 1e-300], [1e-300, 2e-300]]))
    cases.append(([1.7e308, 0.0], [[1e300, 1.0], [1.0, 1e-300]], [-1.7e308, 1e-150], [[1.7e308, 1.0], [1.0, 2e-300]]))
    # one block equal but for a trillionth, the other one far
    cases.append(([0.0] * 3, [[1.0, 0.5, 0.0], [0.5, 1.0, 0.0], [0.0, 0.0, 1e-9]], [0.0] * 3, [[1.000000000001, 0.5, 0.0], [0.5, 1.0, 0.0], [0.0, 0.0, 1.0]]))
    for p_mean, p, q_mean, q in cases:
        if min(mp.eigsy(matrix(p), eigvals_only=True)) <= 0:
            continue
        texts = [','.join('%r' % x for x in numbers) for numbers in (p_mean, sum(p, []), q_mean, sum(q, []))]
        print('multivariate %r %.2g %s' % (nearest(multivariate_kl(p_mean, p, q_mean, q)), 1e-14 * max(condition(p), condition(q)), ' '.join(texts)))


def main():
    print('# Made by make_models_values.py; do not edit.')
    print('# kl, renyi, hellinger, wasserstein: ALPHA VALUE TOLERANCE MEAN_P STDDEV_P MEAN_Q STDDEV_Q, numbers or lists')
    print('# standard VALUE TOLERANCE MEAN LOG_VARIANCE; poisson VALUE TOLERANCE P Q; sampled ESTIMATOR VALUE TOLERANCE P_LOG Q_LOG')
    print('# multivariate VALUE TOLERANCE MEAN_P COVARIANCE_P MEAN_Q COVARIANCE_Q, the tolerance being 1e-14 times the condition')
    print_gaussians()
    print_products()
    print_standard()
    print_poisson()
    print_sampled()
    print_multivariate()


if __name__ == '__main__':
    main()
