/*-------------------------------------------------------------------------
 *
 * shown_kinds.h
 *	  The kind of a column as a report shows it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_SHOWN_KINDS_H
#define KLDIV_SHOWN_KINDS_H

#include "columns/column_scans.h"

/* How each column was read, or that it has one value in all cohorts, or none */
extern ColumnKind *shown_kinds(const ColumnsQuery *query, const Cohorts *cohorts);

#endif							/* KLDIV_SHOWN_KINDS_H */
