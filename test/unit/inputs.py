"""The weights of inputs*.c, function by function and bit for bit alike.

The checksums in exact_values.txt tell when the two have drifted apart.
"""

import struct
from math import ldexp

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
