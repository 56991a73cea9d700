#!/usr/bin/env python3
"""Reference values for the unit tests of statistics.

    ./make_statistics_values.py > statistics_values.txt

Needs mpmath.  Takes some minutes, most of it for 1e9 degrees of freedom.

Lower tails are Legendre's series, upper ones his continued fraction from its
end, both in integers of 256 bits behind the point; each is compared with
mpmath's own incomplete gamma function where that is quick enough.  Noncentral
tails are Poisson mixtures of mpmath's.  Entropies and evidence are their
definitions, with mpmath's functions to 2000 bits; tests of counts are theirs in
fractions.
"""

import math
import sys
from fractions import Fraction

from mpmath import digamma, exp, expm1, gammainc, hyp2f1, inf, log, log1p, loggamma, mp, mpf

mp.prec = 256
BITS = 256
ONE = 1 << BITS

DEGREES = (1e-12, 1e-3, 0.1, 0.5, 0.9, 1, 1.5, 2, 3, 4, 5, 7.3, 10, 17, 29.7, 33, 100,
           1e3, 12345.6, 1e5, 1e6, 1e7, 1e8, 1e9)
# standard normal quantiles: from nearly 1 to below the smallest number
QUANTILES = (-30, -8, -3, -1.3, -0.1, 0, 0.1, 1, 3, 6.4, 14.9, 21.2, 30.2, 37.05, 37.8, 38.4)
NONCENTRAL = ((20, 20.96, 31.41), (1, 10.5, 3.84), (1, 0.01, 3.84), (9, 3, 27.9),
              (9, 300, 27.9), (1000, 100, 1074.7), (2.5, 1e4, 9000))


def in_units(value):
    """A rational number in units of 2^-BITS."""
    return value.numerator * ONE // value.denominator


def lower_sum(a, x):
    x_units, a_units = in_units(x), in_units(a)
    total = term = ONE
    n = 0
    while term > 0:
        n += 1
        term = term * x_units // (a_units + n * ONE)
        total += term
    return mpf(total) / ONE


def steps_of_fraction(a, x):
    """More than doubles need, by a factor that is enough for 50 digits."""
    a, x = float(a), float(x)
    b, n, d, change = x + 1 - a, 0, 0.0, 2.0
    c = b
    while abs(change - 1) > 1e-16 and n < 10**6:
        n += 1
        numerator = n * (a - n)
        b += 2
        d = 1 / (b + numerator * d)
        c = b + numerator / c
        change = c * d
    return 12 * n + 400 if n < 2000 else 4 * n


def upper_fraction(a, x):
    a_units = in_units(a)
    first = in_units(x) - a_units + ONE
    n = steps_of_fraction(a, x)
    value = first + 2 * n * ONE
    for i in range(n, 0, -1):
        value = first + 2 * (i - 1) * ONE + i * (a_units - i * ONE) * ONE // value
    return mpf(value) / ONE


def upper_tail(df, statistic):
    a, x = Fraction(df) / 2, Fraction(statistic) / 2
    am, xm = (mpf(v.numerator) / v.denominator for v in (a, x))
    factor = exp(am * log(xm) - xm - loggamma(am + 1))
    if x < a + 1 or x < 2:
        value = 1 - factor * lower_sum(a, x)
    else:
        value = factor * am / upper_fraction(a, x)
    if 0.1 <= df <= 1000 and statistic < 1600:
        with mp.workprec(1400):
            other = gammainc(am, xm, inf, regularized=True)
        assert abs(value - other) < mpf('1e-30') * other, (df, statistic)
    return value


def nearest(value):
    man, exponent = abs(value).man_exp
    size = man * 2**exponent / 1 if exponent >= 0 else man / 2**-exponent
    return -size if value < 0 else size


def tolerance(df):
    return 1e-14 if df <= 1e6 else 1e-13 if df <= 1e8 else 2e-13


def statistic_at(df, z):
    """Wilson and Hilferty's, rounded to what looks like a statistic."""
    root = 1 - 2 / (9 * df) + z * math.sqrt(2 / (9 * df))
    if root > 0.05:
        return float('%.9g' % (df * root**3))
    return float('%.3g' % (math.exp(min(z / 4, 7.3)) if z > -20 else 1e-100))


def print_tails():
    for df in DEGREES:
        for z in QUANTILES:
            x = statistic_at(df, z)
            print('tail %r %r %r %g' % (float(df), x, nearest(upper_tail(df, x)), tolerance(df)))
        sys.stdout.flush()
    for df in (1, 3, 10, 1e3):
        for p in (1e-307, 1e-312, 1e-320):
            x = float('%.6g' % (df - 2 * math.log(p) * 0.96))
            print('tail %r %r %r %g' % (float(df), x, nearest(upper_tail(df, x)), tolerance(df)))


def print_noncentral():
    with mp.workprec(200):
        for df, noncentrality, statistic in NONCENTRAL:
            a, half = mpf(df) / 2, mpf(noncentrality) / 2
            width = 25 * (half ** 0.5 + 5)
            first, last = max(0, int(half - width)), int(half + width)
            value = mpf(0)
            tail = gammainc(a + first, mpf(statistic) / 2, inf, regularized=True)
            for j in range(first, last):
                value += exp(j * log(half) - half - loggamma(j + 1)) * tail
                shape = a + j
                tail += exp(shape * log(mpf(statistic) / 2) - mpf(statistic) / 2 - loggamma(shape + 1))
            print('noncentral %r %r %r %r' % (float(df), float(noncentrality), float(statistic), nearest(value)))


def print_others():
    for a in (1e-300, 1e-199, 1e-11, 1e-5, 0.3, 0.5, 1, 1.7, 3, 9.99, 15.9, 16, 16.5, 1e3, 1e15):
        with mp.workprec(2000):
            m = mpf(a)
            value = loggamma(m + 1) - (m + 0.5) * log(m) + m - log(2 * mp.pi) / 2
        print('stirling %r %r' % (float(a), nearest(+value)))
    for n, x in ((2, 1), (5, 3), (16, 15), (17, 16), (40, 2), (1000, 999), (1e6, 999999), (1e6, 3), (1e15, 1), (2**53, 1e15)):
        print('digamma %r %r %r' % (float(n), float(x), nearest(digamma(mpf(n)) - digamma(mpf(x)))))


SAMPLES = ((4, 2, 3, 0, 2, 4, 0, 0, 2, 1, 1), (1, 1, 1, 1), (7,), (1,), (1, 2), (5, 0, 5), (1, 1000000), (2, 2, 2, 3),
           (1, 2, 2, 2, 10**15), (2**53 - 2, 1, 1), (2**53 - 3, 1, 2), (1,) * 20 + (2,) * 10 + (3,) * 5,
           (1, 1, 2) + (1000,) * 30, (3, 1e9, 2e9, 1, 1, 1, 2))


def xlogx(x):
    return x * log(x) if x > 0 else mpf(0)


def entropies(counts):
    """By name, as the papers have them; what entropy_estimate.c says of f1 and f2 included."""
    counts = [mpf(x) for x in counts]
    n, bins = sum(counts), len(counts)
    seen = [x for x in counts if x > 0]
    f1, f2 = sum(x == 1 for x in counts), sum(x == 2 for x in counts)
    plug_in = -sum(xlogx(x / n) for x in seen)
    yield 'miller_madow', plug_in + (len(seen) - 1) / (2 * n)

    distance = sum((mpf(1) / bins - x / n) ** 2 for x in counts)
    shrinkage = mpf(1)
    if n > 1 and distance > 0:
        shrinkage = min(mpf(1), (1 - sum((x / n) ** 2 for x in counts)) / ((n - 1) * distance))
    yield 'shrink', -sum(xlogx(shrinkage / bins + (1 - shrinkage) * x / n) for x in counts)

    coverage = 1 - mpf(n - 1 if f1 == n else f1) / n
    value = mpf(0)
    for x in seen:
        share = coverage * x / n
        if share < 1:
            value += -xlogx(share) / -expm1(n * log1p(-share))
    yield 'chao_shen', value

    value = sum(x / n * (digamma(n) - digamma(x)) for x in seen)
    if f1 > 0:
        once, twice = ((n - 1) * f1, mpf(2 * f2)) if f2 > 0 else ((n - 1) * (f1 - 1), mpf(2))
        z = once / (once + twice)
        # sum of z^(1 + j)/(n + j), j from 0 on
        value += f1 / n * z / n * hyp2f1(1, n, n + 1, z)
    yield 'chao_wang_jost', value


def print_entropies():
    for counts in SAMPLES:
        for name, value in entropies(counts):
            print('entropy %s %r %s' % (name, nearest(+value), ','.join('%d' % x for x in counts)))


KNOWN = (((2, 1, 7), (0.1, 0.5, 0.4)), ((600, 400), (1, 1)), ((500, 500), (1, 1)), ((821588, 815482), (1, 1)),
         ((10**15, 10**15 + 10**8, 3), (1, 1, 2**-49)), ((1, 0, 0, 3), (1e-6, 1, 1, 5)), ((10, 2), (1, 1e-290)),
         ((10, 1), (1e308, 1e-310)), ((0, 10**6), (1, 3)), ((3, 4, 5), (3e-310, 4e-310, 5e-310)))
ASSIGNED = (((20, 12), (60, 70), 0.25), ((1000, 5, 0), (1010, 0, 7), 0.5), ((1, 0), (0, 1), 1e-10),
            ((10**14,), (10**14 + 10**8,), 0.5))


def marginal(c, cells):
    """ln of the Dirichlet-multinomial likelihood over the multinomial one, of (share, count)."""
    n = sum(x for _, x in cells)
    value = loggamma(c) - loggamma(c + n)
    for share, x in cells:
        value += loggamma(c * share + x) - loggamma(c * share) - x * log(share)
    return value


def print_mixture(kind, values, rest):
    for c, value in values:
        print('%s %r %r %s' % (kind, nearest(+value), float(c), rest))
    value = log(sum(exp(value) for _, value in values) / len(values))
    print('%s %r nan %s' % (kind, nearest(+value), rest))


def print_evidence():
    concentrations = [mpf(10) ** i for i in range(7)]
    for counts, weights in KNOWN:
        weights = [mpf(w) for w in weights]
        total = sum(weights)
        cells = [(w / total, mpf(x)) for w, x in zip(weights, counts)]
        print_mixture('known', [(c, marginal(c, cells)) for c in concentrations],
                      ','.join('%d' % x for x in counts) + ' ' + ','.join('%r' % float(w) for w in weights))
    for p, q, ratio in ASSIGNED:
        shares = (mpf(ratio), 1 - mpf(ratio))
        print_mixture('assigned',
                      [(c, sum(marginal(c, list(zip(shares, (mpf(x), mpf(y))))) for x, y in zip(p, q)))
                       for c in concentrations],
                      '%s %s %r' % (','.join('%d' % x for x in p), ','.join('%d' % x for x in q), ratio))


# counts with totals up to 2^53: near equality, of all sizes, with zeros, in one bin
COUNT_PAIRS = (((10, 10, 20), (20, 20, 20)), ((762, 327, 468), (484, 239, 477)), ((4, 5, 1), (2, 4, 4)), ((40, 1), (1, 40)),
               ((5, 0, 0, 7), (3, 0, 4, 0)), ((10**15, 10**15 + 1), (10**15 + 1, 10**15)), ((10**15, 10**15 + 1), (1, 1)),
               ((2**53 - 1, 1), (1, 2**53 - 1)), ((2**52, 2**52), (2**52 + 1, 2**52 - 1)), ((2**52 + 1, 2**51 - 3), (2**51, 2**50 - 1)),
               ((1, 2**53 - 1), (3, 7)), ((2**53,), (1,)), ((2**53 - 3, 2, 1), (1, 0, 0)), ((1, 2, 3), (7, 14, 21)), ((3, 0, 5), (0, 8, 0)),
               ((100000, 200000, 300000), (100001, 199999, 300000)), ((1, 0, 0, 0, 0), (0, 1, 1, 1, 10**15)),
               (tuple(range(1, 60)), tuple(range(60, 1, -1))), ((1,) * 40, (10**6,) * 39 + (10**6 + 1,)),
               (tuple(10**(i % 15) for i in range(45)), tuple(10**(i % 13) + i for i in range(45))))
# weights, and the numbers of observations that they stand for
SHARE_PAIRS = ((0.4, (0.1, 0.2, 0.7), 1e6, (0.3, 0.3, 0.4)), (400, (0.25, 0.75), 100, (0.5, 0.5)), (1e-30, (1, 2), 1e30, (2, 1)),
               (1e30, (0, 2), 1e-30, (2, 1)), (30, (5e-324, 1e-323), 20, (1, 3)), (30, (1e308, 5e307), 20, (1e-310, 3e-310)),
               (1e9, (0.1, 0.2, 0.7), 1e7, (0.1 + 2**-56, 0.2, 0.7)), (123.5, (1e-200, 1, 3), 77, (0, 1, 1e-200)),
               (50, (1e300, 1), 60, (1, 1e300)))
KNOWN_PAIRS = (((16, 18, 16, 14, 12, 12), (1,) * 6), ((89, 37, 30, 28, 2), (40, 20, 20, 15, 5)), ((4, 2, 3, 1, 6, 4), (0.1, 0.15, 0.35, 0.05, 0.2, 0.15)),
               ((5, 0), (1, 0)), ((5, 1), (1, 0)), ((5, 0), (1, 1)), ((10**15, 10**15 + 1), (1, 1)), ((2**53 - 1, 1), (1, 1)), ((3, 5), (1e-310, 2e-310)),
               ((3, 5), (1e308, 3e307)), ((3, 5, 1), (1e300, 1, 1)), ((1, 2, 3), (2, 4, 6)), ((3, 0, 7, 2), (0, 0, 1, 2)), ((600, 400), (1, 1)))
TABLES = ((3, (12, 13, 14, 15, 16, 17, 16, 18, 19, 11, 9, 15, 14, 12, 11)), (3, (10, 5, 9, 6, 8, 19)), (3, (1, 2, 3, 7, 14, 21, 3, 6, 9)),
          (3, (10**15, 10**15 + 1, 10**15 + 1, 10**15, 10**15, 10**15)), (4, (5, 0, 0, 7, 0, 0, 0, 0, 3, 0, 4, 0, 1, 0, 0, 1)),
          (3, (3, 0, 0, 0, 4, 0, 0, 0, 5)), (3, (2**52, 1, 1, 0, 3, 10**15)), (3, (5, 6, 7)), (5, tuple(i * i % 23 for i in range(60))))


def exact_tests(rows, sizes=None):
    """Pearson's statistic, the likelihood ratio's and the smallest expected count, of samples and what they stand for."""
    totals = [sum(Fraction(x) for x in row) for row in rows]
    sizes = [Fraction(n) for n in sizes or totals]
    rows = [[Fraction(x) / t * n for x in row] for row, t, n in zip(rows, totals, sizes) if t > 0]
    sizes = [n for n, t in zip(sizes, totals) if t > 0]
    n = sum(sizes)
    bins = [c for c in (sum(column) for column in zip(*rows))]
    chi_square, g = Fraction(0), mpf(0)
    for row, r in zip(rows, sizes):
        for x, c in zip(row, bins):
            if c > 0:
                expected = r * c / n
                chi_square += (x - expected) ** 2 / expected
                g += 2 * real(x) * log(real(x / expected)) if x > 0 else 0
    return real(chi_square), g, real(min(sizes) * min(c for c in bins if c > 0) / n)


def exact_fit(counts, weights):
    n, total = sum(counts), sum(Fraction(w) for w in weights)
    if any(x > 0 and w == 0 for x, w in zip(counts, weights)):
        return inf, inf, mpf(0)
    expected = [(x, Fraction(w) / total * n) for x, w in zip(counts, weights) if w > 0]
    return (real(sum((x - e) ** 2 / e for x, e in expected)),
            sum(2 * x * log(real(x / e)) for x, e in expected if x > 0) + mpf(0), real(min(e for _, e in expected)))


def real(fraction):
    return mpf(fraction.numerator) / fraction.denominator


def print_test(kind, values, *rest):
    numbers = ' '.join('inf' if v == inf else '0.0' if abs(v) < mpf('1e-400') else '%r' % nearest(+v) for v in values)
    print(kind, numbers, *(','.join('%r' % float(x) for x in r) if isinstance(r, tuple) else '%r' % r for r in rest))


def print_count_tests():
    for p, q in COUNT_PAIRS:
        print_test('samples', exact_tests((p, q)), float(sum(p)), float(sum(q)), p, q)
    for n_p, p, n_q, q in SHARE_PAIRS:
        print_test('samples', exact_tests((p, q), (n_p, n_q)), float(n_p), float(n_q), p, q)
    for p, q in KNOWN_PAIRS:
        print_test('fit', exact_fit(p, q), p, q)
    for samples, cells in TABLES:
        bins = len(cells) // samples
        print_test('table', exact_tests([cells[i * bins:(i + 1) * bins] for i in range(samples)]), samples, cells)
    for p, q in COUNT_PAIRS:
        n_p, n_q = sum(p), sum(q)
        expected = Fraction(n_p * (p[0] + q[0]), n_p + n_q)
        variance = expected * Fraction(n_q, n_p + n_q) * (1 - Fraction(p[0] + q[0], n_p + n_q))
        if variance > 0:
            residual = real(p[0] - expected) / real(variance) ** 0.5
            print('residual %r %r %r %r %r %r' % (nearest(real(expected)), nearest(+residual), float(p[0]), float(q[0]), float(n_p), float(n_q)))


def main():
    print('# Made by make_statistics_values.py; do not edit.')
    print('# tail DF STATISTIC P TOLERANCE; noncentral DF LAMBDA STATISTIC P; stirling A ERROR; digamma N X DIFFERENCE')
    print('# samples CHI_SQUARE G LEAST_EXPECTED N_P N_Q P Q; fit CHI_SQUARE G LEAST_EXPECTED P Q; table CHI_SQUARE G LEAST_EXPECTED SAMPLES COUNTS')
    print('# residual EXPECTED RESIDUAL P Q N_P N_Q')
    print('# entropy ESTIMATOR VALUE COUNTS; known LOG_E CONCENTRATION P Q; assigned LOG_E CONCENTRATION P Q RATIO')
    with mp.workprec(2000):
        print_entropies()
        print_evidence()
    # the shares of sides can be 2^2000 apart
    with mp.workprec(5000):
        print_count_tests()
    print_others()
    print_noncentral()
    print_tails()


if __name__ == '__main__':
    main()
