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
