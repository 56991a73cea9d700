/*-------------------------------------------------------------------------
 *
 * many.h
 *	  What comparison.c has to know of the table of measures.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_MANY_H
#define KLDIV_MANY_H

#include "math/measure.h"
#include "math/pair/vector.h"

extern FastForm measure_form(const Measure *measure);

/* The value in the measure's own unit and form */
extern double value_of_nats(const Measure *measure, double nats, double base);

#endif							/* KLDIV_MANY_H */
