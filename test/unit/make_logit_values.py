#!/usr/bin/env python3
"""Reference values for the unit tests of logits.

    ./make_logit_values.py > logit_values.txt

Needs mpmath.  Values are the definitions, with 900 digits: where a logit is
hundreds above the others, what is looked for is behind hundreds of nines.
"""

import random
import struct

from mpmath import exp, inf, log, mp, mpf

mp.dps = 900
NONE = float('-inf')


def log_shares(logits, temperature):
    scaled = [mpf(z) / mpf(temperature) if z != NONE else -inf for z in logits]
    largest = max(scaled)
    norm = largest + log(sum(exp(z - largest) for z in scaled if z != -inf))
    return [z - norm if z != -inf else -inf for z in scaled], norm


def divergence(p, q, temperature):
    p, q = (log_shares(z, temperature)[0] for z in (p, q))
    if any(a != -inf and b == -inf for a, b in zip(p, q)):
        return inf
    return sum(exp(a) * (a - b) for a, b in zip(p, q) if a != -inf)


def entropy(logits, temperature):
    return -sum(exp(a) * a for a in log_shares(logits, temperature)[0] if a != -inf)


def cross_entropy(weights, logits, temperature):
    shares = log_shares(logits, temperature)[0]
    return -sum(mpf(w) * a for w, a in zip(weights, shares) if w > 0) / sum(mpf(w) for w in weights)


def in_double(value):
    return 'inf' if value == inf else '-inf' if value == -inf else mp.nstr(+value, 20, strip_zeros=False)


def single(x):
    return struct.unpack('f', struct.pack('f', x))[0]


def brain_float(x):
    return struct.unpack('f', struct.pack('I', struct.unpack('I', struct.pack('f', x))[0] & 0xffff0000))[0]


def normal(n, spread=3.0):
    return [random.gauss(0, spread) for _ in range(n)]


def peaked(n, height, at=0):
    return [z + (height if i == at else 0) for i, z in enumerate(normal(n, 1))]


def near(logits, eps):
    return [z + eps * random.gauss(0, 1) for z in logits]


def with_none(logits, every):
    return [NONE if i % every == 1 else z for i, z in enumerate(logits)]


def cases():
    for n in (2, 7, 16, 40):
        for temperature in (1.0, 2.0, 0.7):
            p = normal(n)
            yield temperature, p, normal(n)
            for eps in (1e-2, 1e-4, 1e-8, 1e-12):
                yield temperature, p, near(p, eps)
        p = [z + 1e4 for z in normal(n)]
        yield 1.0, p, [z - 2e4 for z in near(p, 1e-8)]
        p = [z + 1e8 for z in normal(n)]
        yield 1.3, p, [z - 3e8 for z in near(p, 1e-3)]
        for height in (20, 40, 300):
            p = peaked(n, height)
            yield 1.0, p, near(p, 1e-2)
            yield 1.7, p, near(p, 1e-6)
            yield 1.0, p, normal(n, 1)
            yield 1.0, normal(n, 1), p
            yield 1.0, p, peaked(n, height, n - 1)
        p = with_none(normal(n), 3)
        yield 1.0, p, normal(n)
        yield 1.0, p, with_none(normal(n), 3)
        yield 1.0, normal(n), p
        yield 1.0, [single(z) for z in p], [brain_float(z) for z in p]
        p = [random.uniform(-900, 0) for _ in range(n)]
        yield 1.0, p, near(p, 1e-5)
        yield 1.0, p, [random.uniform(-900, 0) for _ in range(n)]
        p = normal(n)
        yield 1.0, p, [z - 5 * (i > 0) for i, z in enumerate(p)]
        p = [random.uniform(-8e307, 8e307) for _ in range(n)]
        yield 1e308, p, [random.uniform(-8e307, 8e307) for _ in range(n)]
        yield 1e307, p, [z * (1 + 1e-9 * random.gauss(0, 1)) for z in p]
        yield 1e-305, [1e-305 * z for z in normal(n)], [1e-305 * z for z in normal(n)]
        yield 3e-320, [1e-320 * z for z in normal(n)], [1e-320 * z for z in normal(n)]
        yield 1.0, [0.0] + [random.uniform(-900, -720) for _ in range(n - 1)], [0.0] + [-1e300 * random.random() for _ in range(n - 1)]
        yield 1e-200, [1e100] + [0.0] * (n - 1), [1e100] + [1e-201] * (n - 1)


def main():
    random.seed(17)
    print('# Made by make_logit_values.py; do not edit.')
    print('# pair DIVERGENCE T P Q; side ENTROPY LOGSUMEXP T LOGITS; label CROSS_ENTROPY LABEL T LOGITS; weights CROSS_ENTROPY T P LOGITS')
    for temperature, p, q in cases():
        numbers = [','.join(repr(z) for z in logits) for logits in (p, q)]
        print('pair', in_double(divergence(p, q, temperature)), repr(temperature), *numbers)
        print('side', in_double(entropy(p, temperature)), in_double(log_shares(p, 1.0)[1]), repr(temperature), numbers[0])
        label = random.choice([i for i, z in enumerate(p) if z != NONE])
        weights = [0.0 if z == NONE else random.choice((0.0, random.random(), 1e-9 * random.random())) for z in p]
        weights[label] = 1e-3
        print('label', in_double(-log_shares(p, temperature)[0][label]), label, repr(temperature), numbers[0])
        print('weights', in_double(cross_entropy(weights, p, temperature)), repr(temperature), ','.join(repr(w) for w in weights), numbers[0])


if __name__ == '__main__':
    main()
