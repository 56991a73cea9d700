/*-------------------------------------------------------------------------
 *
 * instruction_set.c
 *	  Chooses among the builds of the vector loops at run time.
 *
 * All builds return the same bits; they differ in speed only.
 *
 *-------------------------------------------------------------------------
 */
#include "math/instruction_set.h"

#include "math/pair/vector.h"

#ifdef KLDIV_X86
extern const VectorFunctions vector_functions_sse2;
extern const VectorFunctions vector_functions_avx2;
extern const VectorFunctions vector_functions_avx512;
#else
extern const VectorFunctions vector_functions_portable;
#endif

typedef struct InstructionSet
{
	const char *name;
	const VectorFunctions *functions;
} InstructionSet;

/* Narrowest first */
static const InstructionSet instruction_sets[] = {
#ifdef KLDIV_X86
	{"sse2", &vector_functions_sse2},
	{"avx2", &vector_functions_avx2},
	{"avx512", &vector_functions_avx512},
#else
	{"portable", &vector_functions_portable},
#endif
	{NULL, NULL}
};

static const VectorFunctions *active = NULL;

/* How many of the instruction sets this CPU (and its operating system) supports */
static size_t
supported(void)
{
#ifdef KLDIV_X86
	__builtin_cpu_init();
	if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma"))
		return 1;
	if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512dq") ||
		!__builtin_cpu_supports("avx512vl") || !__builtin_cpu_supports("avx512bw"))
		return 2;
	return 3;
#else
	return 1;
#endif
}

const char *
instruction_set_name(size_t index)
{
	return index < supported() ? instruction_sets[index].name : NULL;
}

bool
use_instruction_set(const char *name)
{
	if (strcmp(name, "auto") == 0)
	{
		active = NULL;
		return true;
	}
	for (size_t i = 0; instruction_set_name(i) != NULL; i++)
	{
		if (strcmp(instruction_sets[i].name, name) == 0)
		{
			active = instruction_sets[i].functions;
			return true;
		}
	}
	return false;
}

const VectorFunctions *
active_vector_functions(void)
{
	if (active == NULL)
		active = instruction_sets[supported() - 1].functions;
	return active;
}
