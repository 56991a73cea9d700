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

-- include sql/install/37-average.sql
-- include sql/install/39-text_histogram_agg.sql
-- include sql/install/42-binned_histograms.sql
-- include sql/install/44-histograms_agg.sql
-- include sql/install/54-cohort_report.sql
-- include sql/install/61-hellinger_embeddings.sql
-- include sql/install/62-ordered_measures.sql
-- include sql/install/63-generalized_jsd.sql
-- include sql/install/64-ordered_histograms.sql
-- include sql/install/66-ordered_ks_p_value.sql
-- include sql/install/68-ordered_bins.sql
-- include sql/install/69-ordered_estimates.sql
-- include sql/install/70-divergence_measures.sql
-- include sql/install/74-logits.sql
-- include sql/install/76-dependence.sql
-- include sql/install/80-statistics_chi_square.sql
-- include sql/install/82-statistics_thresholds.sql
-- include sql/install/83-statistics_tests.sql
-- include sql/install/84-statistics_entropy.sql
-- include sql/install/86-statistics_sequential.sql
-- include sql/install/88-statistics_p_adjust.sql
-- include sql/install/90-models_gaussian.sql
-- include sql/install/91-models_multivariate_gaussian.sql
-- include sql/install/92-models_poisson.sql
-- include sql/install/93-models_sampled.sql
-- include sql/install/94-models_logprobs.sql
-- include sql/install/95-calibration.sql
-- include sql/install/96-real_arrays.sql
-- include build/real_arrays.sql

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

--
-- Operators of histograms
--

CREATE FUNCTION histogram_divide(histogram, float8)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_divide'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_divide(histogram, float8) IS
'implementation of an operator: divides every weight';

CREATE FUNCTION histogram_arrow(histogram, text)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_histogram_arrow'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_arrow(histogram, text) IS
'implementation of an operator: the weight of a label';

CREATE OPERATOR / (
	LEFTARG = histogram, RIGHTARG = float8, FUNCTION = histogram_divide
);

COMMENT ON OPERATOR / (histogram, float8) IS
'divides every weight';

CREATE OPERATOR -> (
	LEFTARG = histogram, RIGHTARG = text, FUNCTION = histogram_arrow
);

COMMENT ON OPERATOR -> (histogram, text) IS
'weight of a label; 0 if it is not there';
