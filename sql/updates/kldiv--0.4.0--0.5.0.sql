--
-- kldiv 0.4.0 to 0.5.0
--
-- What has changed in sql/install since 0.4.0.  The Makefile puts topics that
-- are new as a whole in the place of the lines that name them.
--

-- complain if script is sourced in psql, rather than via ALTER EXTENSION
\echo Use "ALTER EXTENSION kldiv UPDATE TO '0.5.0'" to load this file. \quit

CREATE FUNCTION kldiv_divergence_pairs_support(request internal)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_divergence_pairs_support'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_divergence_pairs_support(internal) IS
'planner support of divergence_pairs: top, or the number of pairs of an array that is known, is the number of its rows';

ALTER FUNCTION divergence_pairs(anyarray, float8[], text, integer, float8, boolean, float8, float8, float8, float8)
SUPPORT kldiv_divergence_pairs_support;

ALTER FUNCTION divergence_pairs(anyarray, histogram[], text, integer, float8, boolean, float8, float8, float8, float8)
SUPPORT kldiv_divergence_pairs_support;

-- include sql/install/70-divergence_measures.sql

--
-- Labels for bins of numbers
--

COMMENT ON FUNCTION bin_label(float8, float8[]) IS
'the bin of a value between ascending edges, as text that sorts: 03 [12.5, 20); a repeated edge is a bin: [0, 0]; (null) for NULL, (nan) for NaN';

-- A real is no more than its decimals, so that 0.7 is not below an edge of 0.7. For numeric there is no such function:
-- edges computed from a numeric column are float8, which a value with more digits may be just below.

CREATE FUNCTION bin_label(value real, edges float8[])
RETURNS text
AS 'MODULE_PATHNAME', 'kldiv_bin_label_real'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION bin_label(real, float8[]) IS
'the bin of a value between ascending edges, as text that sorts: 03 [12.5, 20); a repeated edge is a bin: [0, 0]; (null) for NULL, (nan) for NaN';
