"""Every measure to 200 bits or more.

Nothing is rounded that matters: weights become integers, so totals and the
differences of shares are exact, and every measure is written as a sum of
terms of one sign, each accurate to 200 bits or more.  So nothing cancels, for
near-equal distributions as for any other.
"""

from functools import cached_property
from math import inf

from mpmath import mp, mpf

# 60 digits are 200 bits; the rest pays for what the direct formulas lose, 81
# bits at most, before the series below take over from them.
mp.prec = 320
SERIES_FROM_SQUARE = mpf(2) ** -20
SERIES_FROM_LINEAR = mpf(2) ** -60

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
