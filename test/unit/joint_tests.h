/*-------------------------------------------------------------------------
 *
 * joint_tests.h
 *	  Measures of dependence.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_TEST_JOINT_TESTS_H
#define KLDIV_TEST_JOINT_TESTS_H

#include "bits_tests.h"

/* The first path is that of joint_values.txt, the second that of bits.txt */
extern void test_joint(Check check, const char *path, const char *bits_path);

#endif							/* KLDIV_TEST_JOINT_TESTS_H */
