/*-------------------------------------------------------------------------
 *
 * floating_point.h
 *	  The floating-point environment that arithmetic is written for.
 *
 * Any library of a session may have changed it: what gcc 12 or clang 14 link
 * with -ffast-math switches denormal numbers off when it is loaded, and others
 * round in other directions.  Results must not depend on that, and what is
 * theirs has to be left to them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_FLOATING_POINT_H
#define KLDIV_FLOATING_POINT_H

#include <stdbool.h>
#include <stdint.h>

#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__)
#error "kldiv must not be compiled with -ffast-math: it would change results"
#endif

#if defined(__SSE2__)

/* MXCSR: flush to zero, rounding, masks of exceptions, denormals are zeros; all masked is the default of a process */
#define FLOATING_POINT_CONTROL 0xFFC0u
#define FLOATING_POINT_DEFAULT 0x1F80u

typedef unsigned FloatingPoint;

static inline FloatingPoint
read_floating_point(void)
{
	return __builtin_ia32_stmxcsr();
}

static inline void
write_floating_point(FloatingPoint mode)
{
	__builtin_ia32_ldmxcsr(mode);
}

#elif defined(__aarch64__)

/* FPCR: alternative handling, flush to zero (of half precision too), rounding, default NaN, traps */
#define FLOATING_POINT_CONTROL UINT64_C(0x07C89F03)
#define FLOATING_POINT_DEFAULT UINT64_C(0)

typedef uint64_t FloatingPoint;

static inline FloatingPoint
read_floating_point(void)
{
	FloatingPoint mode;

	__asm__ __volatile__("mrs %0, fpcr" : "=r" (mode));
	return mode;
}

static inline void
write_floating_point(FloatingPoint mode)
{
	__asm__ __volatile__("msr fpcr, %0" : : "r" (mode));
}

#else

/* Elsewhere the direction of rounding is all that a program can change in a portable way */
#include <fenv.h>

#define FLOATING_POINT_CONTROL (~0)
#define FLOATING_POINT_DEFAULT FE_TONEAREST

typedef int FloatingPoint;

static inline FloatingPoint
read_floating_point(void)
{
	return fegetround();
}

static inline void
write_floating_point(FloatingPoint mode)
{
	fesetround(mode);
}

#endif

static inline bool
is_default_floating_point(FloatingPoint mode)
{
	return (mode & FLOATING_POINT_CONTROL) == FLOATING_POINT_DEFAULT;
}

/* Makes it the default one; what it was, for leave_floating_point() */
static inline FloatingPoint
enter_floating_point(void)
{
	FloatingPoint before = read_floating_point();

	if (__builtin_expect(!is_default_floating_point(before), 0))
		write_floating_point((before & ~FLOATING_POINT_CONTROL) | FLOATING_POINT_DEFAULT);
	return before;
}

static inline void
leave_floating_point(FloatingPoint before)
{
	if (__builtin_expect(!is_default_floating_point(before), 0))
		write_floating_point(before);
}

#endif							/* KLDIV_FLOATING_POINT_H */
