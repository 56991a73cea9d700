/*-------------------------------------------------------------------------
 *
 * bytes.h
 *	  Writing and checking the bytes of formats/histogram_wire.h.
 *
 * Shared by the binary form of the type and the states of its aggregates.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_HISTOGRAM_BYTES_H
#define KLDIV_HISTOGRAM_BYTES_H

#include "histogram/histogram.h"

#include "lib/stringinfo.h"

#include "formats/histogram_wire.h"

extern void send_bin(StringInfo buffer, Label label, double weight, const double *rest, int width);
extern void refuse_damaged_wire(const WireReader *reader);
extern void check_wire_weight(Label label, double weight);
extern void check_wire_rest(Label label, const double *rest, int width);
extern Label label_from_client(Label label);
extern Label label_to_client(Label label);

#endif							/* KLDIV_HISTOGRAM_BYTES_H */
