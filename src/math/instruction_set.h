/*-------------------------------------------------------------------------
 *
 * instruction_set.h
 *	  Chooses among the builds of the vector loops at run time.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_INSTRUCTION_SET_H
#define KLDIV_INSTRUCTION_SET_H

#include <stdbool.h>
#include <stddef.h>

/* Instruction sets, narrowest first; NULL behind the last one this CPU has */
extern const char *instruction_set_name(size_t index);

/*
 * Makes evaluation use the named one, or the widest for "auto"; false if there
 * is none of that name.  For tests: all give the same bits.
 */
extern bool use_instruction_set(const char *name);

/* The build in use */
extern const struct VectorFunctions *active_vector_functions(void);

#endif							/* KLDIV_INSTRUCTION_SET_H */
