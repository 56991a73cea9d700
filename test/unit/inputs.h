/*-------------------------------------------------------------------------
 *
 * inputs.h
 *	  Deterministic weights for the unit tests of the kernels.
 *
 * The values in exact_values.txt belong to weights that are not
 * stored anywhere: inputs*.c and inputs.py generate the same ones,
 * bit for bit.  Both use splitmix64, the four IEEE operations on doubles,
 * ldexp and exact conversions of integers, and nothing else; so compile with
 * -ffp-contract=off, and on i386 with -msse2 -mfpmath=sse.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_TEST_INPUTS_H
#define KLDIV_TEST_INPUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Fills p and q, n weights each.  False when the family is unknown or has no
 * member of that length.
 */
extern bool make_inputs(const char *family, size_t n, uint64_t seed,
						double *p, double *q);

/* 64-bit FNV-1a over the bytes of p, then q, low byte of each double first. */
extern uint64_t checksum_inputs(const double *p, const double *q, size_t n);

#endif							/* KLDIV_TEST_INPUTS_H */
