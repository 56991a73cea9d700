/*-------------------------------------------------------------------------
 *
 * few_values.h
 *	  The values of a column as long as they are few.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_FEW_VALUES_H
#define KLDIV_FEW_VALUES_H

#include "kldiv.h"

/* So many are few */
#define FEW_VALUES 100
#define FEW_SLOTS 256			/* a power of 2 */

/* A hash table by value, in which places without rows are free; NaN and -0 never come */
typedef struct FewValues
{
	int			count;
	struct
	{
		double		value;
		int64		times;		/* rows */
	}			slots[FEW_SLOTS];
} FewValues;

/* False if there is one value too many, which then is not among them */
static inline bool
add_to_few(FewValues *few, double value, int64 times)
{
	uint64		bits;
	unsigned	slot;

	memcpy(&bits, &value, sizeof(bits));
	slot = (unsigned) ((bits * UINT64CONST(0x9E3779B97F4A7C15)) >> 56);
	while (few->slots[slot].times > 0 && few->slots[slot].value != value)
		slot = (slot + 1) % FEW_SLOTS;
	if (few->slots[slot].times == 0)
	{
		if (few->count == FEW_VALUES)
			return false;
		few->slots[slot].value = value;
		few->count++;
	}
	few->slots[slot].times += times;
	return true;
}

#endif							/* KLDIV_FEW_VALUES_H */
