#!/usr/bin/env python3
"""Reference values for the unit tests of the kernels.

    ./make_exact_values.py > exact_values.txt

Needs mpmath.  Takes a quarter of an hour, most of it for a million bins.

Here is which pairs are written, and with what tolerances.  The weights come
from inputs.py, which repeats inputs*.c; the values, to 200 bits or more, from
measures.py.
"""

import sys
import time
from math import inf

from mpmath import mp, mpf

from inputs import FAMILIES, checksum_inputs, make_inputs
from measures import all_measures, evaluate, few_measures, smoothed_measures

TINY = mpf(1e-300)
PSEUDOCOUNTS = (0.5, 1.0, 1e-3)


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
    print('# Made by make_exact_values.py; do not edit.')
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
