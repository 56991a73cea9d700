#!/usr/bin/env python3
"""Reference values for the unit tests of the kernels.

    ./make_reference.py > reference.txt

Needs mpmath.  Takes a quarter of an hour, most of it for a million bins.

The weights are generated here and in inputs.c, under the same names and bit
for bit alike; the checksums in the output tell when the two have drifted
apart.  From there on nothing is rounded that matters: weights become
integers, so totals and the differences of shares are exact, and every measure
is written as a sum of terms of one sign, each accurate to 200 bits or more.
So nothing cancels, for near-equal distributions as for any other.
"""

import struct
import sys
import time
from functools import cached_property
from math import inf, ldexp

from mpmath import mp, mpf

# 60 digits are 200 bits; the rest pays for what the direct formulas lose, 81
# bits at most, before the series below take over from them.
mp.prec = 320
SERIES_FROM_SQUARE = mpf(2) ** -20
SERIES_FROM_LINEAR = mpf(2) ** -60

# ---------------------------------------------------------------------------
# Inputs: the same as in inputs.c, function by function.
# ---------------------------------------------------------------------------

MASK = 2**64 - 1


class InputSource:
    def __init__(self, seed, bins, epsilon, factor):
        self.state = seed
        self.bin = 0
        self.bins = bins
        self.epsilon = epsilon
        self.factor = factor

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def unit(self):
        return ldexp(float((self.next() >> 11) + 1), -53)

    def below(self, limit):
        return self.next() % limit

    def perturbed(self, value):
        u = self.unit()
        return value * (1.0 + self.epsilon * (u - 0.5)) * self.factor

    def skewed_weight(self):
        u = self.unit()
        exponent = self.below(997)
        return ldexp(1.0 + u, -exponent)

    def denormal_weight(self):
        return ldexp(float(1 + self.below(1000)), -1074)


def eighth_power(u):
    u = u * u
    u = u * u
    return u * u


def flat(source):
    p = source.unit()
    q = source.unit()
    return p, q


def sparse(source):
    u = source.unit()
    v = source.unit()
    return eighth_power(u), eighth_power(v)


def mild(source):
    u = source.unit()
    v = source.unit()
    return 1.0 + u, 1.0 + v


def near_flat(source):
    p = source.unit()
    return p, source.perturbed(p)


def near_sparse(source):
    p = eighth_power(source.unit())
    return p, source.perturbed(p)


def near_skewed(source):
    p = source.skewed_weight()
    return p, source.perturbed(p)


def rare_bins(source):
    u = source.unit()
    v = source.unit()
    kind = source.below(8)
    if kind == 0 or source.bin == 1:
        return source.epsilon * u, source.epsilon * v
    return 1.0 + u, 1.0 + u


def zeros(source):
    kind = source.below(8)
    p = source.unit()
    q = source.unit()
    if source.bin > 0 and kind <= 2:
        p = 0.0
    if source.bin > 0 and kind == 0:
        q = 0.0
    return p, q


def one_sided(source):
    kind = source.below(8)
    p = source.unit()
    q = source.unit()
    if source.bin > 0:
        if kind <= 1 or source.bin == 1:
            q = 0.0
        elif kind == 2:
            p = 0.0
    return p, q


def near_zeros(source):
    kind = source.below(4)
    p, q = near_flat(source)
    if kind == 0 and source.bin > 0:
        return 0.0, 0.0
    return p, q


def near_one_sided(source):
    kind = source.below(4)
    p, q = near_flat(source)
    if source.bin == 1 or (source.bin > 1 and kind == 0):
        q = 0.0
    return p, q


def denormal(source):
    p = source.denormal_weight()
    q = source.denormal_weight()
    return p, q


def near_denormal(source):
    multiple = 2**40 + source.below(2**40)
    shift = source.below(2001) - 1000
    return (ldexp(float(multiple), -1074),
            ldexp(float(multiple + shift), -1074))


def mixed_denormal(source):
    kind = source.below(4)
    u = source.unit()
    v = source.unit()
    p = source.denormal_weight()
    q = source.denormal_weight()
    if kind & 1:
        p = 1.0 + u
    if kind & 2:
        q = 1.0 + v
    return p, q


def skewed(source):
    p = source.skewed_weight()
    q = source.skewed_weight()
    return p, q


def extreme(source):
    kind = source.below(4)
    u = source.unit()
    v = source.unit()
    p = (1e300 if kind & 1 else 1e-300) * (1.0 + u)
    q = (1e300 if kind & 2 else 1e-300) * (1.0 + v)
    return p, q


def near_extreme(source):
    u = source.unit()
    p = (1e300 if source.bin % 2 == 0 else 1e-300) * (1.0 + u)
    return p, source.perturbed(p)


def limits(source):
    u = source.unit()
    v = source.unit()
    p = source.denormal_weight()
    q = source.denormal_weight()
    if source.bin < 3:
        return 5e307 * u, 5e307 * v
    return p, q


def crossed_limits(source):
    p = source.denormal_weight()
    q = source.denormal_weight()
    if source.bin == 0:
        return 1e308, ldexp(1.0, -1074)
    if source.bin == 1:
        return ldexp(1.0, -1074), 1e308
    return p, q


def counts(source):
    p = float(1 + source.below(10**15))
    q = float(1 + source.below(10**12))
    return p, q


def small_counts(source):
    p = float(source.below(20))
    q = float(1 + source.below(20))
    return (20.0 if source.bin == 0 else p), q


def near_counts(source):
    count = 1 + source.below(10**15)
    width = int(float(count) * source.epsilon)
    shift = source.below(2 * width + 1) - width
    return float(count), float(int(source.factor) * count + shift)


def one_more_count(source):
    count = 1 + source.below(10**15)
    more = 1 if source.bin + 1 == source.bins else 0
    return float(count), float(3 * count + more)


def proportional(source):
    count = 1 + source.below(10**9)
    return float(count), float(3 * count)


def proportional_large(source):
    count = 1 + source.below(10**15)
    return float(count), float(3 * count)


def doubled(source):
    p = source.unit()
    return p, 2.0 * p


def shifted(source):
    p = 1.0 + source.unit()
    return p, ldexp(p, -900)


def equal(source):
    p = source.skewed_weight()
    return p, p


def point_mass(source):
    p = 1.0 if source.bin == source.bins // 2 else 0.0
    return p, source.unit()


def point_mass_q(source):
    p = source.unit()
    return p, 1.0 if source.bin == source.bins // 2 else 0.0


def point_mass_both(source):
    u = source.unit()
    v = source.unit()
    return (u, v) if source.bin == source.bins // 2 else (0.0, 0.0)


def disjoint(source):
    u = source.unit()
    return (u, 0.0) if source.bin % 2 == 0 else (0.0, u)


def near_degenerate(source):
    u = source.unit()
    v = source.unit()
    scale = 1e15 if source.bin == source.bins // 2 else source.epsilon
    return scale * (1.0 + u), scale * (1.0 + v)


def far_apart(source):
    u = source.unit()
    p_exponent = source.below(665) - 332
    v = source.unit()
    q_exponent = source.below(665) - 332
    return ldexp(1.0 + u, p_exponent), ldexp(1.0 + v, q_exponent)


def one_ulp(source):
    p = 1.0 + source.unit()
    if source.bin == source.bins // 2:
        return p, p + ldexp(1.0, -52)
    return p, p


def steep(source):
    u = source.unit()
    p_exponent = source.below(60)
    v = source.unit()
    q_exponent = source.below(60)
    if source.bin == 0:
        return 1.0, 1.0
    return ldexp(1.0 + u, -p_exponent), ldexp(1.0 + v, -q_exponent)


# name: function, relative perturbation of q, factor between the totals.
FAMILIES = {
    'flat': (flat, 0.0, 1.0),
    'sparse': (sparse, 0.0, 1.0),
    'mild': (mild, 0.0, 1.0),
    'near-1e-2': (near_flat, 1e-2, 1.0),
    'near-1e-4': (near_flat, 1e-4, 1.0),
    'near-1e-6': (near_flat, 1e-6, 1.0),
    'near-1e-8': (near_flat, 1e-8, 1.0),
    'near-1e-10': (near_flat, 1e-10, 1.0),
    'near-1e-12': (near_flat, 1e-12, 1.0),
    'near-1e-2-by-3.7': (near_flat, 1e-2, 3.7),
    'near-1e-6-by-0.1': (near_flat, 1e-6, 0.1),
    'near-1e-8-by-3.7': (near_flat, 1e-8, 3.7),
    'near-1e-12-by-0.1': (near_flat, 1e-12, 0.1),
    'near-0-by-0.1': (near_flat, 0.0, 0.1),
    'near-0-by-3.7': (near_flat, 0.0, 3.7),
    'near-1e-6-by-1.001': (near_flat, 1e-6, 1.001),
    'near-1e-6-by-1.0000001': (near_flat, 1e-6, 1.0000001),
    'near-1e-10-by-1.0000000001': (near_flat, 1e-10, 1.0000000001),
    'near-1e-6-by-1e200': (near_flat, 1e-6, 1e200),
    'near-sparse': (near_sparse, 1e-6, 1.0),
    'near-skewed': (near_skewed, 1e-6, 1.0),
    'near-extreme': (near_extreme, 1e-6, 1.0),
    'near-denormal': (near_denormal, 0.0, 1.0),
    'near-zeros': (near_zeros, 1e-6, 1.0),
    'near-zeros-by-3.7': (near_zeros, 1e-10, 3.7),
    'near-one-sided': (near_one_sided, 1e-6, 1.0),
    'near-counts-1e-6-by-3': (near_counts, 1e-6, 3.0),
    'near-counts-1e-12-by-7': (near_counts, 1e-12, 7.0),
    'one-more-count': (one_more_count, 0.0, 1.0),
    'one-ulp': (one_ulp, 0.0, 1.0),
    'rare-bins-1e-6': (rare_bins, 1e-6, 1.0),
    'rare-bins-1e-12': (rare_bins, 1e-12, 1.0),
    'zeros': (zeros, 0.0, 1.0),
    'one-sided': (one_sided, 0.0, 1.0),
    'disjoint': (disjoint, 0.0, 1.0),
    'point-mass': (point_mass, 0.0, 1.0),
    'point-mass-q': (point_mass_q, 0.0, 1.0),
    'point-mass-both': (point_mass_both, 0.0, 1.0),
    'near-degenerate-1': (near_degenerate, 1.0, 1.0),
    'near-degenerate-1e-15': (near_degenerate, 1e-15, 1.0),
    'denormal': (denormal, 0.0, 1.0),
    'mixed-denormal': (mixed_denormal, 0.0, 1.0),
    'skewed': (skewed, 0.0, 1.0),
    'extreme': (extreme, 0.0, 1.0),
    'limits': (limits, 0.0, 1.0),
    'crossed-limits': (crossed_limits, 0.0, 1.0),
    'far-apart': (far_apart, 0.0, 1.0),
    'counts': (counts, 0.0, 1.0),
    'small-counts': (small_counts, 0.0, 1.0),
    'proportional': (proportional, 0.0, 1.0),
    'proportional-large': (proportional_large, 0.0, 1.0),
    'doubled': (doubled, 0.0, 1.0),
    'shifted': (shifted, 0.0, 1.0),
    'equal': (equal, 0.0, 1.0),
    'steep': (steep, 0.0, 1.0),
}


def make_inputs(family, n, seed):
    make_bin, epsilon, factor = FAMILIES[family]
    source = InputSource(seed, n, epsilon, factor)
    p = []
    q = []
    for source.bin in range(n):
        p_weight, q_weight = make_bin(source)
        p.append(p_weight)
        q.append(q_weight)
    return p, q


def checksum_inputs(p, q):
    hashed = 0xCBF29CE484222325
    for weights in (p, q):
        for byte in struct.pack('<%dd' % len(weights), *weights):
            hashed = ((hashed ^ byte) * 0x100000001B3) & MASK
    return hashed


# ---------------------------------------------------------------------------
# Shares
# ---------------------------------------------------------------------------

def exact_integers(*groups):
    """Each group of doubles as integers, all with one common factor."""
    ratios = [[x.as_integer_ratio() for x in group] for group in groups]
    shift = max(d.bit_length() - 1 for group in ratios for _, d in group)
    return [[n << (shift - (d.bit_length() - 1)) for n, d in group]
            for group in ratios]


def log_of_share(weight, total):
    """ln(weight / total), accurate also when the share is almost 1."""
    if weight == 0:
        return -mp.inf
    if 2 * weight > total:
        return mp.log1p(-(mpf(total - weight) / total))
    return mp.log(mpf(weight) / total)


class Bin:
    """One bin: its shares a and b, and what the measures need of them."""

    def __init__(self, p, q, p_total, q_total):
        self.weights = (p, q, p_total, q_total)
        x = p * q_total
        y = q * p_total
        total = mpf(p_total * q_total)
        self.a = mpf(x) / total
        self.b = mpf(y) / total
        self.difference = mpf(x - y) / total    # exact but for this rounding
        # a = b (1 + delta); for b = 0 the measures decide
        self.delta = mpf(x - y) / y if y else None

    @cached_property
    def log_a(self):
        return log_of_share(self.weights[0], self.weights[2])

    @cached_property
    def log_b(self):
        return log_of_share(self.weights[1], self.weights[3])

    @cached_property
    def log_ratio(self):
        """ln(a / b), for b > 0."""
        if abs(self.delta) < 0.5:
            return mp.log1p(self.delta)
        return self.log_a - self.log_b


# ---------------------------------------------------------------------------
# Measures: add() every bin, then ask for value().
# ---------------------------------------------------------------------------

def kl_term(delta, log_ratio):
    """(1 + d) ln(1 + d) - d, never negative; loses 60 bits at most."""
    if delta == -1:
        return mpf(1)
    if abs(delta) >= SERIES_FROM_LINEAR:
        return (1 + delta) * log_ratio - delta
    return series(delta * delta / 2,
                  lambda k: -delta * k / (k + 2))


def jsd_term(delta):
    """(1 + d) ln(1 + d) + (1 - d) ln(1 - d), never negative, likewise."""
    if abs(delta) == 1:
        return 2 * mp.log(2)
    if abs(delta) >= SERIES_FROM_LINEAR:
        return ((1 + delta) * mp.log1p(delta)
                + (1 - delta) * mp.log1p(-delta))
    square = delta * delta
    return series(square,
                  lambda k: square * (k * (2 * k - 1))
                  / ((k + 1) * (2 * k + 1)))


def bernoulli_term(delta, log_ratio, alpha):
    """(1 + d)**alpha - 1 - alpha d: of the sign of alpha - 1.

    It is about (alpha - 1) d**2 / 2.  The direct formula is used for
    |d| >= 2**-20 and |alpha - 1| >= 2**-40, so it loses 81 bits at most.
    """
    if log_ratio == -mp.inf:
        return alpha - 1
    if abs(delta) >= SERIES_FROM_SQUARE:
        return mp.exp(alpha * log_ratio) - 1 - alpha * delta
    return series(alpha * (alpha - 1) / 2 * delta * delta,
                  lambda k: delta * (alpha - k - 1) / (k + 2))


def series(term, quotient):
    """term (1 + quotient(1) (1 + quotient(2) (1 + ...)))"""
    total = term
    k = 1
    while term and mp.mag(term) > mp.mag(total) - mp.prec:
        term = term * quotient(k)
        total += term
        k += 1
    return total


class Measure:
    """A sum over bins of terms of one sign."""

    name = None

    def __init__(self, parameter=None):
        self.parameter = parameter
        self.total = mpf(0)

    def add(self, bin):
        self.total += self.term(bin)

    def value(self):
        return self.total


class Entropy(Measure):
    name = 'entropy'

    def term(self, bin):
        return -bin.a * bin.log_a if bin.a else 0


class Perplexity(Entropy):
    name = 'perplexity'

    def value(self):
        return mp.exp(self.total)


class RenyiEntropy(Measure):
    """ln(sum a**alpha) / (1 - alpha), from the sum less 1 when that is small.

    The terms of the latter are a (a**(alpha - 1) - 1).
    """
    name = 'renyi_entropy'

    def __init__(self, parameter):
        super().__init__(parameter)
        self.alpha = mpf(parameter)
        self.less_one = mpf(0)
        self.greatest = -mp.inf
        self.support = 0

    def add(self, bin):
        if not bin.a:
            return
        self.support += 1
        self.greatest = max(self.greatest, bin.log_a)
        if 0 < self.alpha < mp.inf:
            self.total += mp.exp(self.alpha * bin.log_a)
            self.less_one += bin.a * mp.expm1((self.alpha - 1) * bin.log_a)

    def value(self):
        if self.alpha == 0:
            return mp.log(self.support)
        if self.alpha == mp.inf:
            return -self.greatest
        return log_from_both(self.total, self.less_one) / (1 - self.alpha)


class CrossEntropy(Measure):
    name = 'cross_entropy'

    def term(self, bin):
        return -bin.a * bin.log_b if bin.a else 0


class KLDivergence(Measure):
    name = 'kl_divergence'

    def term(self, bin):
        if not bin.b:
            return mp.inf if bin.a else 0
        return bin.b * kl_term(bin.delta, bin.log_ratio)


class JeffreysDivergence(Measure):
    name = 'jeffreys_divergence'

    def term(self, bin):
        if not bin.a and not bin.b:
            return 0
        if not bin.a or not bin.b:
            return mp.inf
        return bin.difference * bin.log_ratio


class JSD(Measure):
    name = 'jsd'

    def term(self, bin):
        both = bin.a + bin.b
        if not both:
            return 0
        if not bin.a or not bin.b:
            return both / 4 * jsd_term(1)
        return both / 4 * jsd_term(bin.difference / both)


class JSDistance(JSD):
    name = 'js_distance'

    def value(self):
        return mp.sqrt(self.total)


class Renyi(Measure):
    """ln(S) / (alpha - 1), S = sum a**alpha b**(1 - alpha).

    As the differences of shares sum to 0, S - 1 is the sum of
    b ((a/b)**alpha - 1 - alpha (a/b - 1)), which all have one sign; bins with
    b = 0 contribute -alpha a when alpha < 1.
    """
    name = 'renyi'

    def __init__(self, parameter):
        super().__init__(parameter)
        self.alpha = mpf(parameter)
        self.less_one = mpf(0)
        self.greatest = -mp.inf
        self.kl = KLDivergence()

    def add(self, bin):
        if self.alpha == 1:
            self.kl.add(bin)
        elif self.alpha == mp.inf:
            if bin.a:
                self.greatest = max(self.greatest,
                                    bin.log_ratio if bin.b else mp.inf)
        elif self.alpha == 0:
            if bin.a:
                self.total += bin.b
            else:
                self.less_one -= bin.b
        elif bin.b:
            self.less_one += bin.b * bernoulli_term(
                bin.delta, bin.log_ratio, self.alpha)
            if bin.a:
                self.total += bin.b * mp.exp(self.alpha * bin.log_ratio)
        elif bin.a:
            self.less_one += (mp.inf if self.alpha > 1
                              else -self.alpha * bin.a)

    def value(self):
        if self.alpha == 1:
            return self.kl.value()
        if self.alpha == mp.inf:
            return self.greatest
        if self.alpha == 0 and not self.less_one:
            return mpf(0)
        return (log_from_both(self.total, self.less_one)
                / (self.alpha - 1))


def log_from_both(total, less_one):
    """ln(total), given also total - 1, where each is accurate by itself."""
    if less_one == mp.inf or not total:
        return mp.inf if less_one == mp.inf else -mp.inf
    if less_one < -0.5:
        return mp.log(total)
    return mp.log1p(less_one)


class HellingerDistance(Measure):
    """The square is half the sum of (sqrt a - sqrt b)**2."""
    name = 'hellinger_distance'

    def term(self, bin):
        if not bin.difference:
            return 0
        root = bin.difference / (mp.sqrt(bin.a) + mp.sqrt(bin.b))
        return root * root / 2

    def value(self):
        return mp.sqrt(self.total)


class BhattacharyyaDistance(HellingerDistance):
    name = 'bhattacharyya_distance'

    def __init__(self, parameter=None):
        super().__init__(parameter)
        self.coefficient = mpf(0)

    def add(self, bin):
        super().add(bin)
        self.coefficient += mp.sqrt(bin.a * bin.b)

    def value(self):
        return -log_from_both(self.coefficient, -self.total)


class TotalVariation(Measure):
    name = 'total_variation'

    def term(self, bin):
        return abs(bin.difference) / 2


class LInfinity(Measure):
    name = 'l_infinity'

    def add(self, bin):
        self.total = max(self.total, abs(bin.difference))


class ChiSquareDivergence(Measure):
    name = 'chi_square_divergence'

    def term(self, bin):
        if not bin.b:
            return mp.inf if bin.a else 0
        return bin.difference * bin.delta


class PSI(Measure):
    """A share of exactly 0 becomes the parameter; nothing is renormalised."""
    name = 'psi'

    def term(self, bin):
        if bin.a and bin.b:
            return bin.difference * bin.log_ratio
        empty = mpf(self.parameter)
        a = bin.a or empty
        b = bin.b or empty
        if a == b:
            return 0
        if not a or not b:
            return mp.inf
        return (a - b) * mp.log(a / b)


EMPTY = 0.0001
ENTROPY_ORDERS = (0.0, 0.5, 1 + 1e-9, 2.0, 7.5, inf)
ORDERS = (0.0, 0.1, 0.5, 0.9, 1 - 1e-3, 1 - 1e-6, 1 - 1e-12, 1.0, 1 + 1e-9,
          1 + 1e-3, 2.0, 5.0, 50.0, inf)
PSEUDOCOUNTS = (0.5, 1.0, 1e-3)


def few_measures():
    return [Entropy(), CrossEntropy(), KLDivergence(), JeffreysDivergence(),
            JSD(), HellingerDistance(), TotalVariation(), LInfinity(),
            ChiSquareDivergence()]


def all_measures():
    return (few_measures()
            + [Perplexity(), JSDistance(), BhattacharyyaDistance(),
               PSI(EMPTY), PSI(0.0)]
            + [RenyiEntropy(alpha) for alpha in ENTROPY_ORDERS]
            + [Renyi(alpha) for alpha in ORDERS])


def smoothed_measures():
    return [CrossEntropy(), KLDivergence(), JeffreysDivergence(), JSD(),
            Renyi(0.5), Renyi(2.0)]


def evaluate(measures, p, q, pseudocount=0.0):
    """Adds all bins to the measures; returns the greatest share of p."""
    p, q, [extra] = exact_integers(p, q, [pseudocount])
    p = [x + extra for x in p]
    q = [y + extra for y in q]
    p_total = sum(p)
    q_total = sum(q)
    for x, y in zip(p, q):
        bin = Bin(x, y, p_total, q_total)
        for measure in measures:
            measure.add(bin)
    return mpf(max(p)) / p_total


# ---------------------------------------------------------------------------
# Output
# ---------------------------------------------------------------------------

TINY = mpf(1e-300)


def nearest_double(value):
    """Correctly rounded, denormals too; beyond float8 is Infinity."""
    if value == mp.inf:
        return inf
    man, exp = value.man_exp
    try:
        return man * 2**exp / 1 if exp >= 0 else man / 2**-exp
    except OverflowError:
        return inf


def tolerance(measure, value, greatest_share):
    if value == 0 or nearest_double(value) == inf:
        return '0'
    if value < TINY:
        return 'tiny'
    if (measure.name in ('entropy', 'renyi_entropy')
            and greatest_share > 0.999):
        return '1e-12'
    if measure.name == 'renyi' and measure.parameter < inf and (
            value > 10 or (measure.parameter >= 5 and value > 1)):
        return '1e-13'
    return '1e-14'


def text(number):
    return 'Infinity' if number == inf else '%.17g' % number


def print_values(measures, pseudocount, greatest_share):
    for measure in measures:
        value = measure.value()
        assert value >= 0, measure.name
        parameter = measure.parameter
        print('value', measure.name,
              '-' if parameter is None else text(parameter),
              text(pseudocount), text(nearest_double(value)),
              tolerance(measure, value, greatest_share))


def print_smoothed(p, q):
    """Values with a pseudocount, where adding it in doubles does no harm.

    The exact sum of weight and pseudocount is what the values belong to.  For
    near-equal weights its rounding alone would move the result by more than
    the tolerance; such cases are left out.
    """
    omitted = 0
    for pseudocount in PSEUDOCOUNTS:
        measures = smoothed_measures()
        share = evaluate(measures, p, q, pseudocount)
        rounded = smoothed_measures()
        evaluate(rounded, [x + pseudocount for x in p],
                 [y + pseudocount for y in q])
        kept = [exact for exact, other in zip(measures, rounded)
                if abs(exact.value() - other.value())
                <= mpf(1e-15) * exact.value()]
        omitted += len(measures) - len(kept)
        print_values(kept, pseudocount, share)
    return omitted


def print_pair(family, n, seed, smoothed):
    started = time.time()
    p, q = make_inputs(family, n, seed)
    print('pair', family, n, seed, '%016x' % checksum_inputs(p, q))
    measures = all_measures() if n < LONG else few_measures()
    share = evaluate(measures, p, q)
    print_values(measures, 0.0, share)
    omitted = print_smoothed(p, q) if smoothed else 0
    sys.stdout.flush()
    print('%-28s %8d %8.1f s%s' % (
        family, n, time.time() - started,
        ', %d smoothed values omitted' % omitted if omitted else ''),
        file=sys.stderr)


# From this length on only some measures, for the time it takes.
LONG = 10000

# Where one block of a kernel ends and the next begins.
BOUNDARIES = (255, 256, 257, 511, 512, 513)
SMOOTHED = {'flat', 'sparse', 'zeros', 'one-sided', 'disjoint', 'point-mass',
            'point-mass-both', 'near-1e-2', 'near-counts-1e-12-by-7',
            'near-denormal', 'skewed', 'small-counts', 'counts',
            'proportional', 'equal'}


def all_pairs():
    """(family, n) in the order of the file."""
    small = (2, 8, 3, 7, 8, 9, 16, 17)
    medium = (100, 256, 1000, 255, 257, 512, 100, 511, 513)
    for i, family in enumerate(FAMILIES):
        yield family, small[i % len(small)]
        if family != 'steep':
            yield family, medium[i % len(medium)]
    for family in ('flat', 'near-1e-6', 'zeros', 'proportional', 'denormal',
                   'extreme', 'limits', 'point-mass-both', 'shifted'):
        yield family, 1
    for family in ('steep', 'near-1e-6', 'near-1e-10-by-1.0000000001',
                   'near-degenerate-1', 'extreme', 'skewed', 'far-apart'):
        yield family, 2
    for family in ('steep', 'steep', 'steep', 'mixed-denormal', 'one-sided'):
        yield family, 2
    for n in BOUNDARIES:
        yield 'sparse', n
        yield 'near-1e-8', n
        yield 'near-1e-6-by-0.1', n
    for family in ('flat', 'near-1e-4', 'near-1e-12', 'near-1e-12-by-0.1',
                   'near-counts-1e-12-by-7', 'zeros', 'near-zeros', 'skewed',
                   'counts', 'rare-bins-1e-12', 'one-ulp',
                   'proportional-large'):
        yield family, 4099
    yield 'sparse', 4095
    yield 'near-1e-8-by-3.7', 4096
    yield 'near-1e-6', 4097
    yield 'near-1e-6', 32767
    yield 'sparse', 32768
    yield 'near-1e-8-by-3.7', 32769
    for family in ('flat', 'near-1e-6', 'near-counts-1e-6-by-3', 'one-sided',
                   'skewed', 'denormal', 'proportional'):
        yield family, 65536 + 3
    for family in ('flat', 'sparse', 'near-1e-12', 'near-1e-6-by-0.1',
                   'counts'):
        yield family, 1000000


def main():
    print('# Made by make_reference.py; do not edit.')
    print('# pair FAMILY N SEED CHECKSUM')
    print('# value MEASURE PARAMETER PSEUDOCOUNT EXPECTED TOLERANCE')
    print('# Tolerances are relative; "tiny" allows anything from 0 to 1e-300,'
          ' the exact value lies between.')
    smoothed = set()
    for seed, (family, n) in enumerate(all_pairs(), 1):
        wanted = family in SMOOTHED and 2 < n <= 1000
        print_pair(family, n, seed, wanted and family not in smoothed)
        if wanted:
            smoothed.add(family)


if __name__ == '__main__':
    main()
