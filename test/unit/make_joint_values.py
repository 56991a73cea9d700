#!/usr/bin/env python3
"""Reference values for the unit tests of measures of dependence.

    ./make_joint_values.py > joint_values.txt

Needs mpmath.  Weights are taken as the fractions that they are; logarithms have 400
digits, so that sums of p log p may cancel.
"""

import random
from fractions import Fraction

from mpmath import log, mp, mpf

mp.dps = 400


def real(fraction):
    return mpf(fraction.numerator) / fraction.denominator


def nearest(value):
    return 'nan' if value is None else '%r' % float(value) if abs(value) > mpf('1e-390') else '0.0'


def entropy(totals, all_):
    return -sum(real(t / all_) * log(real(t / all_)) for t in totals if t)


def measures(table):
    table = [[Fraction(w) for w in row] for row in table]
    rows, columns = [sum(row) for row in table], [sum(column) for column in zip(*table)]
    all_ = sum(rows)
    independent = all(w * all_ == rows[i] * columns[j] for i, row in enumerate(table) for j, w in enumerate(row))
    information = mpf(0) if independent else sum(
        real(w / all_) * log(real(w * all_ / (rows[i] * columns[j]))) for i, row in enumerate(table) for j, w in enumerate(row) if w)
    left_open = -sum(real(w / all_) * log(real(w / columns[j])) for row in table for j, w in enumerate(row) if w)
    x, y = entropy(rows, all_), entropy(columns, all_)
    return information, left_open, 2 * information / (x + y) if x + y else None, information / x if x else None


def show(table):
    table = [[float(w) for w in row] for row in table]
    print(len(table), len(table[0]), *(nearest(value) for value in measures(table)),
          ','.join('%r' % w for row in table for w in row))


def table(rows, columns, weight):
    return [[weight(i, j) for j in range(columns)] for i in range(rows)]


def print_tables(rng, rows, columns):
    show(table(rows, columns, lambda i, j: rng.randint(0, 20)))
    show(table(rows, columns, lambda i, j: rng.random()))
    r, c = [rng.randint(1, 90) for _ in range(rows)], [rng.randint(1, 90) for _ in range(columns)]
    # independent, and nearly
    show(table(rows, columns, lambda i, j: r[i] * c[j]))
    show(table(rows, columns, lambda i, j: r[i] * c[j] * 10**10))
    for epsilon in (1e-2, 1e-5, 1e-8):
        show(table(rows, columns, lambda i, j: round(r[i] * c[j] * 10**10 * (1 + epsilon * rng.gauss(0, 1)))))
        show(table(rows, columns, lambda i, j: r[i] * c[j] * (1 + epsilon * rng.gauss(0, 1)) / 7919))
    # one count among 2.5e13, or one that is missing
    show(table(rows, columns, lambda i, j: r[i] * c[j] * 10**9 + (i == 0 and j == 0)))
    show(table(rows, columns, lambda i, j: r[i] * c[j] * 10**9 - (i == rows - 1 and j == 0)))
    # a column that is rare, with rates 1.000e-9 and 1.001e-9
    show(table(rows, columns, lambda i, j: 10**15 if j else 1000000 + 1000 * i))
    # of all magnitudes, within 1e30 of each other, and far beyond
    show(table(rows, columns, lambda i, j: 10.0**rng.uniform(-15, 15)))
    show(table(rows, columns, lambda i, j: 10.0**rng.uniform(-15, 15) * rng.randint(0, 1) + (i == j)))
    show(table(rows, columns, lambda i, j: 1.0 if i == j else 1e-30 * rng.randint(1, 9)))
    show(table(rows, columns, lambda i, j: 1.0 if i == j == 0 else 1e-30 * rng.randint(0, 9)))
    show(table(rows, columns, lambda i, j: rng.random() * 1e305))
    show(table(rows, columns, lambda i, j: rng.randint(1, 100) * 5e-324))
    # one variable determines the other, or nearly
    show(table(rows, columns, lambda i, j: rng.randint(1, 9) if i == j % rows else 0))
    show(table(rows, columns, lambda i, j: rng.randint(1, 9) * 10**14 if i == j % rows else i == 0))


def main():
    rng = random.Random(19)
    print('# Made by make_joint_values.py; do not edit.')
    print('# Rows, columns; mutual information, H(X|Y), its normalised form and Theil\'s U; weights')
    for rows, columns in ((2, 2), (2, 3), (3, 2), (5, 9), (9, 5), (1, 4), (4, 1), (17, 3)):
        print_tables(rng, rows, columns)
    show([[1, 0], [0, 1e-295]])
    show([[1, 1e-120], [1e-100, 0]])
    show([[1e-300, 1e-290], [1e-290, 1]])
    show([[1e300, 0, 0], [0, 1, 0], [1, 0, 0]])


if __name__ == '__main__':
    main()
