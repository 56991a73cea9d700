/* kldiv 0.1.0 */

-- complain if script is sourced in psql, rather than via CREATE EXTENSION
\echo Use "CREATE EXTENSION kldiv" to load this file. \quit

--
-- Measures over arrays (array_functions.c)
--
-- p is what was observed, q the reference.  STRICT: a NULL array or parameter
-- gives NULL; a NULL element is a bin of weight 0.  2.718281828459045 is e: nats.
--

CREATE FUNCTION entropy(p float8[], base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_entropy_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION entropy(float8[], float8) IS
'-sum p ln p of the shares of p: Shannon entropy in nats, or in the unit of base (2: bits); from 0 to ln of the number of bins; NULL if nothing was observed';

CREATE FUNCTION perplexity(p float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_perplexity_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION perplexity(float8[]) IS
'exp of the entropy in nats: the effective number of bins, from 1 to the number of bins; NULL if nothing was observed';

CREATE FUNCTION renyi_entropy(p float8[], alpha float8, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_renyi_entropy_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION renyi_entropy(float8[], float8, float8) IS
'1/(1-alpha) ln sum p^alpha: Renyi entropy of order alpha in nats, or in the unit of base; order 0: Hartley, 1: Shannon, Infinity: min-entropy; NULL if nothing was observed';

CREATE FUNCTION cross_entropy(p float8[], q float8[], base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_cross_entropy_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION cross_entropy(float8[], float8[], float8, float8) IS
'-sum p ln q: cross-entropy of p relative to the reference q in nats, or in the unit of base; Infinity where p > 0 and q = 0; NULL if nothing was observed on a side';

CREATE FUNCTION kl_divergence(p float8[], q float8[], base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_kl_divergence_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kl_divergence(float8[], float8[], float8, float8) IS
'sum p ln(p/q): Kullback-Leibler divergence of p from the reference q in nats, or in the unit of base; 0 only if equal; Infinity where p > 0 and q = 0; NULL if nothing was observed on a side';

CREATE FUNCTION jeffreys_divergence(p float8[], q float8[], base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_jeffreys_divergence_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION jeffreys_divergence(float8[], float8[], float8, float8) IS
'sum (p-q) ln(p/q): Jeffreys divergence, KL in both directions, in nats or in the unit of base; symmetric; Infinity where only one of p and q is 0; NULL if nothing was observed on a side';

CREATE FUNCTION jsd(p float8[], q float8[], base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_jsd_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION jsd(float8[], float8[], float8, float8) IS
'Jensen-Shannon divergence (not its root) in nats, or in the unit of base; symmetric; from 0 to ln 2 (1 bit); NULL if nothing was observed on a side';

CREATE FUNCTION js_distance(p float8[], q float8[], base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_js_distance_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION js_distance(float8[], float8[], float8, float8) IS
'square root of the Jensen-Shannon divergence, a metric; symmetric; from 0 to sqrt(ln 2), or to 1 with base 2; NULL if nothing was observed on a side';

CREATE FUNCTION renyi(p float8[], q float8[], alpha float8, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_renyi_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION renyi(float8[], float8[], float8, float8, float8) IS
'1/(alpha-1) ln sum p^alpha q^(1-alpha): Renyi divergence of order alpha of p from the reference q in nats, or in the unit of base; order 1: KL, Infinity: ln max p/q; NULL if nothing was observed on a side';

CREATE FUNCTION hellinger_distance(p float8[], q float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_hellinger_distance_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION hellinger_distance(float8[], float8[]) IS
'sqrt(1 - sum sqrt(p q)): Hellinger distance, a metric; symmetric; from 0 to 1; NULL if nothing was observed on a side';

CREATE FUNCTION bhattacharyya_distance(p float8[], q float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_bhattacharyya_distance_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION bhattacharyya_distance(float8[], float8[]) IS
'-ln sum sqrt(p q): Bhattacharyya distance in nats; symmetric; Infinity if p and q have no bin in common; NULL if nothing was observed on a side';

CREATE FUNCTION total_variation(p float8[], q float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_total_variation_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION total_variation(float8[], float8[]) IS
'half of sum |p-q|: total variation distance, a metric; symmetric; from 0 to 1; NULL if nothing was observed on a side';

CREATE FUNCTION l_infinity(p float8[], q float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_l_infinity_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION l_infinity(float8[], float8[]) IS
'max |p-q|: the largest difference of shares, a metric; symmetric; from 0 to 1; NULL if nothing was observed on a side';

CREATE FUNCTION chi_square_divergence(p float8[], q float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_chi_square_divergence_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chi_square_divergence(float8[], float8[]) IS
'sum (p-q)^2/q: Pearson chi-square divergence of p from the reference q (the test statistic is N times it); Infinity where p > 0 and q = 0; NULL if nothing was observed on a side';

CREATE FUNCTION psi(p float8[], q float8[], empty float8 DEFAULT 0.0001)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_psi_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION psi(float8[], float8[], float8) IS
'sum (p-q) ln(p/q): population stability index in nats, where a share of exactly 0 counts as empty; symmetric; NULL if nothing was observed on a side';

--
-- Making and checking distributions (distribution_functions.c)
--

CREATE FUNCTION is_distribution(p float8[], tolerance float8 DEFAULT 0.000001)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_is_distribution'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION is_distribution(float8[], float8) IS
'whether all elements of p are finite, not negative and not NULL, and add up to 1 within tolerance; false for an empty array: made for CHECK constraints';

CREATE FUNCTION to_distribution(weights float8[], pseudocount float8 DEFAULT 0)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_to_distribution'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION to_distribution(float8[], float8) IS
'weights, after adding pseudocount to each, divided by their total; an array of the same shape; NULL elements weigh 0; NULL if nothing was observed';

CREATE FUNCTION softmax(logits float8[], temperature float8 DEFAULT 1)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_softmax'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION softmax(float8[], float8) IS
'exp(logit/temperature) divided by their total: logits or log-probabilities to a distribution; an array of the same shape; -Infinity and NULL elements become 0; NULL if there is nothing else';
/* kldiv 0.1.0 to 0.2.0 */

-- complain if script is sourced in psql, rather than via ALTER EXTENSION

--
-- Measures over one row per bin: states of fixed size (row_aggregates.c)
--
-- Not STRICT: a NULL weight is a bin of weight 0.  The states are float8[], so
-- that partial aggregates travel as they are.
--

CREATE FUNCTION kldiv_entropy_transition(state float8[], p float8)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_entropy_transition'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_entropy_transition(float8[], float8) IS
'implementation of kldiv aggregates: adds a row';

CREATE FUNCTION kldiv_power_entropy_transition(state float8[], p float8, alpha float8)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_power_entropy_transition'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_power_entropy_transition(float8[], float8, float8) IS
'implementation of kldiv aggregates: adds a row';

CREATE FUNCTION kldiv_relative_transition(state float8[], p float8, q float8)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_relative_transition'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_relative_transition(float8[], float8, float8) IS
'implementation of kldiv aggregates: adds a row';

CREATE FUNCTION kldiv_symmetric_transition(state float8[], p float8, q float8)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_symmetric_transition'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_symmetric_transition(float8[], float8, float8) IS
'implementation of kldiv aggregates: adds a row';

CREATE FUNCTION kldiv_hellinger_transition(state float8[], p float8, q float8)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_hellinger_transition'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_hellinger_transition(float8[], float8, float8) IS
'implementation of kldiv aggregates: adds a row';

CREATE FUNCTION kldiv_chi_square_transition(state float8[], p float8, q float8)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_chi_square_transition'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_chi_square_transition(float8[], float8, float8) IS
'implementation of kldiv aggregates: adds a row';

CREATE FUNCTION kldiv_power_transition(state float8[], p float8, q float8, alpha float8)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_power_transition'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_power_transition(float8[], float8, float8, float8) IS
'implementation of kldiv aggregates: adds a row';

CREATE FUNCTION kldiv_rows_combine(state float8[], other float8[])
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_rows_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_rows_combine(float8[], float8[]) IS
'implementation of kldiv aggregates: adds a state';

CREATE FUNCTION kldiv_entropy_final(state float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_entropy_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_entropy_final(float8[]) IS
'implementation of kldiv aggregates: the value';

CREATE FUNCTION kldiv_perplexity_final(state float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_perplexity_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_perplexity_final(float8[]) IS
'implementation of kldiv aggregates: the value';

CREATE FUNCTION kldiv_renyi_entropy_final(state float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_renyi_entropy_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_renyi_entropy_final(float8[]) IS
'implementation of kldiv aggregates: the value';

CREATE FUNCTION kldiv_cross_entropy_final(state float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_cross_entropy_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_cross_entropy_final(float8[]) IS
'implementation of kldiv aggregates: the value';

CREATE FUNCTION kldiv_kl_divergence_final(state float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_kl_divergence_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_kl_divergence_final(float8[]) IS
'implementation of kldiv aggregates: the value';

CREATE FUNCTION kldiv_jeffreys_divergence_final(state float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_jeffreys_divergence_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_jeffreys_divergence_final(float8[]) IS
'implementation of kldiv aggregates: the value';

CREATE FUNCTION kldiv_renyi_final(state float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_renyi_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_renyi_final(float8[]) IS
'implementation of kldiv aggregates: the value';

CREATE FUNCTION kldiv_hellinger_distance_final(state float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_hellinger_distance_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_hellinger_distance_final(float8[]) IS
'implementation of kldiv aggregates: the value';

CREATE FUNCTION kldiv_bhattacharyya_distance_final(state float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_bhattacharyya_distance_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_bhattacharyya_distance_final(float8[]) IS
'implementation of kldiv aggregates: the value';

CREATE FUNCTION kldiv_chi_square_divergence_final(state float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_chi_square_divergence_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_chi_square_divergence_final(float8[]) IS
'implementation of kldiv aggregates: the value';

CREATE FUNCTION kldiv_psi_final(state float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_psi_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_psi_final(float8[]) IS
'implementation of kldiv aggregates: the value';

CREATE AGGREGATE entropy(p float8) (
	SFUNC = kldiv_entropy_transition, STYPE = float8[], SSPACE = 512,
	FINALFUNC = kldiv_entropy_final, COMBINEFUNC = kldiv_rows_combine, PARALLEL = SAFE
);

COMMENT ON AGGREGATE entropy(float8) IS
'-sum p ln p over the rows of a group, one row per bin: Shannon entropy in nats; from 0 to ln of the number of bins; NULL weights count 0; NULL if nothing was observed';

CREATE AGGREGATE perplexity(p float8) (
	SFUNC = kldiv_entropy_transition, STYPE = float8[], SSPACE = 512,
	FINALFUNC = kldiv_perplexity_final, COMBINEFUNC = kldiv_rows_combine, PARALLEL = SAFE
);

COMMENT ON AGGREGATE perplexity(float8) IS
'exp of the entropy in nats over the rows of a group: the effective number of bins; NULL weights count 0; NULL if nothing was observed';

CREATE AGGREGATE renyi_entropy(p float8, alpha float8) (
	SFUNC = kldiv_power_entropy_transition, STYPE = float8[], SSPACE = 512,
	FINALFUNC = kldiv_renyi_entropy_final, COMBINEFUNC = kldiv_rows_combine, PARALLEL = SAFE
);

COMMENT ON AGGREGATE renyi_entropy(float8, float8) IS
'1/(1-alpha) ln sum p^alpha over the rows of a group: Renyi entropy of order alpha in nats; alpha must be the same in every row; NULL weights count 0; NULL if nothing was observed or alpha is NULL';

CREATE AGGREGATE cross_entropy(p float8, q float8) (
	SFUNC = kldiv_relative_transition, STYPE = float8[], SSPACE = 512,
	FINALFUNC = kldiv_cross_entropy_final, COMBINEFUNC = kldiv_rows_combine, PARALLEL = SAFE
);

COMMENT ON AGGREGATE cross_entropy(float8, float8) IS
'-sum p ln q over the rows of a group: cross-entropy of p relative to the reference q in nats; Infinity where p > 0 and q is 0 or NULL; NULL if nothing was observed on a side';

CREATE AGGREGATE kl_divergence(p float8, q float8) (
	SFUNC = kldiv_relative_transition, STYPE = float8[], SSPACE = 512,
	FINALFUNC = kldiv_kl_divergence_final, COMBINEFUNC = kldiv_rows_combine, PARALLEL = SAFE
);

COMMENT ON AGGREGATE kl_divergence(float8, float8) IS
'sum p ln(p/q) over the rows of a group: Kullback-Leibler divergence of p from the reference q in nats; Infinity where p > 0 and q is 0 or NULL; NULL if nothing was observed on a side';

CREATE AGGREGATE jeffreys_divergence(p float8, q float8) (
	SFUNC = kldiv_symmetric_transition, STYPE = float8[], SSPACE = 512,
	FINALFUNC = kldiv_jeffreys_divergence_final, COMBINEFUNC = kldiv_rows_combine, PARALLEL = SAFE
);

COMMENT ON AGGREGATE jeffreys_divergence(float8, float8) IS
'sum (p-q) ln(p/q) over the rows of a group: Jeffreys divergence in nats; Infinity where only one of p and q is 0 or NULL; NULL if nothing was observed on a side';

CREATE AGGREGATE renyi(p float8, q float8, alpha float8) (
	SFUNC = kldiv_power_transition, STYPE = float8[], SSPACE = 512,
	FINALFUNC = kldiv_renyi_final, COMBINEFUNC = kldiv_rows_combine, PARALLEL = SAFE
);

COMMENT ON AGGREGATE renyi(float8, float8, float8) IS
'1/(alpha-1) ln sum p^alpha q^(1-alpha) over the rows of a group: Renyi divergence of order alpha in nats; alpha must be the same in every row; NULL weights count 0; NULL if nothing was observed on a side or alpha is NULL';

CREATE AGGREGATE hellinger_distance(p float8, q float8) (
	SFUNC = kldiv_hellinger_transition, STYPE = float8[], SSPACE = 512,
	FINALFUNC = kldiv_hellinger_distance_final, COMBINEFUNC = kldiv_rows_combine, PARALLEL = SAFE
);

COMMENT ON AGGREGATE hellinger_distance(float8, float8) IS
'sqrt(1 - sum sqrt(p q)) over the rows of a group: Hellinger distance; from 0 to 1; NULL weights count 0; NULL if nothing was observed on a side';

CREATE AGGREGATE bhattacharyya_distance(p float8, q float8) (
	SFUNC = kldiv_hellinger_transition, STYPE = float8[], SSPACE = 512,
	FINALFUNC = kldiv_bhattacharyya_distance_final, COMBINEFUNC = kldiv_rows_combine, PARALLEL = SAFE
);

COMMENT ON AGGREGATE bhattacharyya_distance(float8, float8) IS
'-ln sum sqrt(p q) over the rows of a group: Bhattacharyya distance in nats; Infinity if p and q have no bin in common; NULL if nothing was observed on a side';

CREATE AGGREGATE chi_square_divergence(p float8, q float8) (
	SFUNC = kldiv_chi_square_transition, STYPE = float8[], SSPACE = 512,
	FINALFUNC = kldiv_chi_square_divergence_final, COMBINEFUNC = kldiv_rows_combine, PARALLEL = SAFE
);

COMMENT ON AGGREGATE chi_square_divergence(float8, float8) IS
'sum (p-q)^2/q over the rows of a group: Pearson chi-square divergence of p from the reference q; Infinity where p > 0 and q is 0 or NULL; NULL if nothing was observed on a side';

CREATE AGGREGATE psi(p float8, q float8) (
	SFUNC = kldiv_symmetric_transition, STYPE = float8[], SSPACE = 512,
	FINALFUNC = kldiv_psi_final, COMBINEFUNC = kldiv_rows_combine, PARALLEL = SAFE
);

COMMENT ON AGGREGATE psi(float8, float8) IS
'sum (p-q) ln(p/q) over the rows of a group: population stability index in nats, where a share of exactly 0 counts as 0.0001; NULL if nothing was observed on a side';

--
-- Measures over one row per bin that keep all rows (pair_aggregates.c)
--

CREATE FUNCTION kldiv_pairs_transition(state internal, p float8, q float8)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_pairs_transition'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_pairs_transition(internal, float8, float8) IS
'implementation of kldiv aggregates: adds a row';

CREATE FUNCTION kldiv_pairs_combine(state internal, other internal)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_pairs_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_pairs_combine(internal, internal) IS
'implementation of kldiv aggregates: adds a state';

CREATE FUNCTION kldiv_pairs_serialize(state internal)
RETURNS bytea
AS 'MODULE_PATHNAME', 'kldiv_pairs_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_pairs_serialize(internal) IS
'implementation of kldiv aggregates: sends a state to another process';

CREATE FUNCTION kldiv_pairs_deserialize(bytes bytea, state internal)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_pairs_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_pairs_deserialize(bytea, internal) IS
'implementation of kldiv aggregates: receives a state';

CREATE FUNCTION kldiv_jsd_final(state internal)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_jsd_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_jsd_final(internal) IS
'implementation of kldiv aggregates: the value';

CREATE FUNCTION kldiv_js_distance_final(state internal)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_js_distance_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_js_distance_final(internal) IS
'implementation of kldiv aggregates: the value';

CREATE FUNCTION kldiv_total_variation_final(state internal)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_total_variation_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_total_variation_final(internal) IS
'implementation of kldiv aggregates: the value';

CREATE FUNCTION kldiv_l_infinity_final(state internal)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_l_infinity_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_l_infinity_final(internal) IS
'implementation of kldiv aggregates: the value';

CREATE AGGREGATE jsd(p float8, q float8) (
	SFUNC = kldiv_pairs_transition, STYPE = internal, SSPACE = 16384,
	FINALFUNC = kldiv_jsd_final, COMBINEFUNC = kldiv_pairs_combine,
	SERIALFUNC = kldiv_pairs_serialize, DESERIALFUNC = kldiv_pairs_deserialize, PARALLEL = SAFE
);

COMMENT ON AGGREGATE jsd(float8, float8) IS
'Jensen-Shannon divergence (not its root) over the rows of a group in nats; from 0 to ln 2; keeps 16 bytes a row; NULL weights count 0; NULL if nothing was observed on a side';

CREATE AGGREGATE js_distance(p float8, q float8) (
	SFUNC = kldiv_pairs_transition, STYPE = internal, SSPACE = 16384,
	FINALFUNC = kldiv_js_distance_final, COMBINEFUNC = kldiv_pairs_combine,
	SERIALFUNC = kldiv_pairs_serialize, DESERIALFUNC = kldiv_pairs_deserialize, PARALLEL = SAFE
);

COMMENT ON AGGREGATE js_distance(float8, float8) IS
'square root of the Jensen-Shannon divergence over the rows of a group; from 0 to sqrt(ln 2); keeps 16 bytes a row; NULL weights count 0; NULL if nothing was observed on a side';

CREATE AGGREGATE total_variation(p float8, q float8) (
	SFUNC = kldiv_pairs_transition, STYPE = internal, SSPACE = 16384,
	FINALFUNC = kldiv_total_variation_final, COMBINEFUNC = kldiv_pairs_combine,
	SERIALFUNC = kldiv_pairs_serialize, DESERIALFUNC = kldiv_pairs_deserialize, PARALLEL = SAFE
);

COMMENT ON AGGREGATE total_variation(float8, float8) IS
'half of sum |p-q| over the rows of a group: total variation distance; from 0 to 1; keeps 16 bytes a row; NULL weights count 0; NULL if nothing was observed on a side';

CREATE AGGREGATE l_infinity(p float8, q float8) (
	SFUNC = kldiv_pairs_transition, STYPE = internal, SSPACE = 16384,
	FINALFUNC = kldiv_l_infinity_final, COMBINEFUNC = kldiv_pairs_combine,
	SERIALFUNC = kldiv_pairs_serialize, DESERIALFUNC = kldiv_pairs_deserialize, PARALLEL = SAFE
);

COMMENT ON AGGREGATE l_infinity(float8, float8) IS
'max |p-q| over the rows of a group: the largest difference of shares; from 0 to 1; keeps 16 bytes a row; NULL weights count 0; NULL if nothing was observed on a side';
/* kldiv 0.2.0 to 0.3.0 */

-- complain if script is sourced in psql, rather than via ALTER EXTENSION

--
-- The type (histogram_io.c)
--

CREATE TYPE histogram;

CREATE FUNCTION histogram_in(cstring)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_in(cstring) IS
'reads {"label": weight, ...}';

CREATE FUNCTION histogram_out(histogram)
RETURNS cstring
AS 'MODULE_PATHNAME', 'kldiv_histogram_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_out(histogram) IS
'writes {"label": weight, ...}';

CREATE FUNCTION histogram_recv(internal)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_recv'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_recv(internal) IS
'reads the binary form';

CREATE FUNCTION histogram_send(histogram)
RETURNS bytea
AS 'MODULE_PATHNAME', 'kldiv_histogram_send'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_send(histogram) IS
'writes the binary form';

CREATE TYPE histogram (
	INPUT = histogram_in,
	OUTPUT = histogram_out,
	RECEIVE = histogram_recv,
	SEND = histogram_send,
	ALIGNMENT = double,
	STORAGE = extended
);

COMMENT ON TYPE histogram IS
'weights of bins by label: {"android": 12, "ios": 30}';

--
-- Casts (histogram_io.c)
--

CREATE FUNCTION histogram_to_json(histogram)
RETURNS json
AS 'MODULE_PATHNAME', 'kldiv_histogram_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_to_json(histogram) IS
'the histogram as a JSON object';

CREATE FUNCTION histogram_to_jsonb(histogram)
RETURNS jsonb
AS 'MODULE_PATHNAME', 'kldiv_histogram_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_to_jsonb(histogram) IS
'the histogram as a JSON object';

CREATE FUNCTION json_to_histogram(json)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_json_to_histogram'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION json_to_histogram(json) IS
'a JSON object of numbers as a histogram';

CREATE FUNCTION jsonb_to_histogram(jsonb)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_jsonb_to_histogram'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION jsonb_to_histogram(jsonb) IS
'a JSON object of numbers as a histogram';

CREATE CAST (histogram AS json) WITH FUNCTION histogram_to_json(histogram) AS ASSIGNMENT;
CREATE CAST (histogram AS jsonb) WITH FUNCTION histogram_to_jsonb(histogram) AS ASSIGNMENT;
CREATE CAST (json AS histogram) WITH FUNCTION json_to_histogram(json);
CREATE CAST (jsonb AS histogram) WITH FUNCTION jsonb_to_histogram(jsonb);

COMMENT ON CAST (histogram AS json) IS 'an object of numbers';
COMMENT ON CAST (histogram AS jsonb) IS 'an object of numbers';
COMMENT ON CAST (json AS histogram) IS 'from an object of numbers that are not negative';
COMMENT ON CAST (jsonb AS histogram) IS 'from an object of numbers that are not negative';

--
-- Comparison (histogram_operators.c)
--

CREATE FUNCTION histogram_eq(histogram, histogram)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_histogram_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_eq(histogram, histogram) IS
'implementation of an operator: equal: the same labels with the same weights';

CREATE FUNCTION histogram_ne(histogram, histogram)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_histogram_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_ne(histogram, histogram) IS
'implementation of an operator: not equal';

CREATE FUNCTION histogram_lt(histogram, histogram)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_histogram_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_lt(histogram, histogram) IS
'implementation of an operator: less, in an order that says nothing about distributions';

CREATE FUNCTION histogram_le(histogram, histogram)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_histogram_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_le(histogram, histogram) IS
'implementation of an operator: less or equal';

CREATE FUNCTION histogram_gt(histogram, histogram)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_histogram_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_gt(histogram, histogram) IS
'implementation of an operator: greater';

CREATE FUNCTION histogram_ge(histogram, histogram)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_histogram_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_ge(histogram, histogram) IS
'implementation of an operator: greater or equal';

CREATE FUNCTION histogram_cmp(histogram, histogram)
RETURNS integer
AS 'MODULE_PATHNAME', 'kldiv_histogram_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_cmp(histogram, histogram) IS
'less (-1), equal (0) or greater (1), for sorting';

CREATE FUNCTION histogram_hash(histogram)
RETURNS integer
AS 'MODULE_PATHNAME', 'kldiv_histogram_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_hash(histogram) IS
'hash';

CREATE FUNCTION histogram_hash_extended(histogram, bigint)
RETURNS bigint
AS 'MODULE_PATHNAME', 'kldiv_histogram_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_hash_extended(histogram, bigint) IS
'hash with a seed';

CREATE OPERATOR = (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);

COMMENT ON OPERATOR = (histogram, histogram) IS
'equal: the same labels with the same weights';

CREATE OPERATOR <> (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);

COMMENT ON OPERATOR <> (histogram, histogram) IS
'not equal';

CREATE OPERATOR < (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);

COMMENT ON OPERATOR < (histogram, histogram) IS
'less, in an order for sorting only';

CREATE OPERATOR <= (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);

COMMENT ON OPERATOR <= (histogram, histogram) IS
'less or equal, in an order for sorting only';

CREATE OPERATOR > (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);

COMMENT ON OPERATOR > (histogram, histogram) IS
'greater, in an order for sorting only';

CREATE OPERATOR >= (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);

COMMENT ON OPERATOR >= (histogram, histogram) IS
'greater or equal, in an order for sorting only';

CREATE OPERATOR CLASS histogram_ops
DEFAULT FOR TYPE histogram USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 histogram_cmp(histogram, histogram),
	FUNCTION 4 btequalimage(oid);

CREATE OPERATOR CLASS histogram_ops
DEFAULT FOR TYPE histogram USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 histogram_hash(histogram),
	FUNCTION 2 histogram_hash_extended(histogram, bigint);

COMMENT ON OPERATOR CLASS histogram_ops USING btree IS 'sorts histograms, which says nothing about distributions';
COMMENT ON OPERATOR CLASS histogram_ops USING hash IS 'equal are the same labels with the same weights';
COMMENT ON OPERATOR FAMILY histogram_ops USING btree IS 'sorts histograms, which says nothing about distributions';
COMMENT ON OPERATOR FAMILY histogram_ops USING hash IS 'equal are the same labels with the same weights';

--
-- Arithmetic (histogram_operators.c)
--

CREATE FUNCTION histogram_plus(histogram, histogram)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_plus'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_plus(histogram, histogram) IS
'implementation of an operator: merges two histograms';

CREATE FUNCTION histogram_minus(histogram, histogram)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_minus'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_minus(histogram, histogram) IS
'implementation of an operator: takes weights away';

CREATE FUNCTION histogram_times(histogram, float8)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_times'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_times(histogram, float8) IS
'implementation of an operator: multiplies every weight';

CREATE FUNCTION times_histogram(float8, histogram)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_times_histogram'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION times_histogram(float8, histogram) IS
'implementation of an operator: multiplies every weight';

CREATE OPERATOR + (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_plus, COMMUTATOR = +
);

COMMENT ON OPERATOR + (histogram, histogram) IS
'adds the weights of each label';

CREATE OPERATOR - (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_minus
);

COMMENT ON OPERATOR - (histogram, histogram) IS
'takes away the weights of each label; an error where one would be negative';

CREATE OPERATOR * (
	LEFTARG = histogram, RIGHTARG = float8, FUNCTION = histogram_times, COMMUTATOR = *
);

COMMENT ON OPERATOR * (histogram, float8) IS
'multiplies every weight';

CREATE OPERATOR * (
	LEFTARG = float8, RIGHTARG = histogram, FUNCTION = times_histogram, COMMUTATOR = *
);

COMMENT ON OPERATOR * (float8, histogram) IS
'multiplies every weight';

--
-- What is in a histogram (histogram_functions.c)
--

CREATE FUNCTION histogram(labels text[], weights float8[])
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_of_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram(text[], float8[]) IS
'a histogram of labels, each once, and their weights; a NULL weight is 0';

CREATE FUNCTION histogram_total(h histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_histogram_total'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_total(histogram) IS
'sum of the weights';

CREATE FUNCTION histogram_bin_count(h histogram)
RETURNS integer
AS 'MODULE_PATHNAME', 'kldiv_histogram_bin_count'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_bin_count(histogram) IS
'number of labels, those of weight 0 included';

CREATE FUNCTION histogram_weight(h histogram, label text)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_histogram_weight'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_weight(histogram, text) IS
'weight of a label; 0 if it is not there';

CREATE FUNCTION histogram_labels(h histogram)
RETURNS text[]
AS 'MODULE_PATHNAME', 'kldiv_histogram_labels'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_labels(histogram) IS
'all labels, sorted by their bytes';

CREATE FUNCTION histogram_weights(h histogram)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_histogram_weights'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_weights(histogram) IS
'all weights, in the order of histogram_labels()';

CREATE FUNCTION histogram_trim(h histogram)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_trim'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_trim(histogram) IS
'without the bins of weight 0';

CREATE FUNCTION histogram_bins(h histogram)
RETURNS TABLE (label text, weight float8)
AS 'MODULE_PATHNAME', 'kldiv_histogram_bins'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 50;

COMMENT ON FUNCTION histogram_bins(histogram) IS
'a row for each bin, sorted by label';

-- Not STRICT: NULL as the name of the rest drops it.

CREATE FUNCTION histogram_top(h histogram, k integer, other text DEFAULT '(other)')
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_top'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_top(histogram, integer, text) IS
'the k heaviest bins, and the rest as one bin; NULL as its name drops the rest';

--
-- Aggregates (histogram_aggregates.c)
--
-- Not STRICT: NULL values are skipped, a NULL weight is 0.
--

CREATE FUNCTION kldiv_histogram_add_value(state internal, value anyelement)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_add_value'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_add_value(internal, anyelement) IS
'implementation of kldiv aggregates: adds a row';

CREATE FUNCTION kldiv_histogram_add_value(state internal, value anyelement, weight float8)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_add_value'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_add_value(internal, anyelement, float8) IS
'implementation of kldiv aggregates: adds a row';

CREATE FUNCTION kldiv_histogram_move_in_value(state internal, value anyelement)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_move_in_value'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_move_in_value(internal, anyelement) IS
'implementation of kldiv aggregates: adds a row to a moving frame';

CREATE FUNCTION kldiv_histogram_move_in_value(state internal, value anyelement, weight float8)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_move_in_value'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_move_in_value(internal, anyelement, float8) IS
'implementation of kldiv aggregates: adds a row to a moving frame';

CREATE FUNCTION kldiv_histogram_move_out_value(state internal, value anyelement)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_move_out_value'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_move_out_value(internal, anyelement) IS
'implementation of kldiv aggregates: takes a row out of a moving frame';

CREATE FUNCTION kldiv_histogram_move_out_value(state internal, value anyelement, weight float8)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_move_out_value'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_move_out_value(internal, anyelement, float8) IS
'implementation of kldiv aggregates: takes a row out of a moving frame';

CREATE FUNCTION kldiv_histogram_add(state internal, h histogram)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_add'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_add(internal, histogram) IS
'implementation of kldiv aggregates: adds a histogram';

CREATE FUNCTION kldiv_histogram_move_in(state internal, h histogram)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_move_in'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_move_in(internal, histogram) IS
'implementation of kldiv aggregates: adds a histogram to a moving frame';

CREATE FUNCTION kldiv_histogram_move_out(state internal, h histogram)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_move_out'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_move_out(internal, histogram) IS
'implementation of kldiv aggregates: takes a histogram out of a moving frame';

CREATE FUNCTION kldiv_histogram_combine(state internal, other internal)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_combine(internal, internal) IS
'implementation of kldiv aggregates: adds a state';

CREATE FUNCTION kldiv_histogram_serialize(state internal)
RETURNS bytea
AS 'MODULE_PATHNAME', 'kldiv_histogram_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_serialize(internal) IS
'implementation of kldiv aggregates: a state as bytes';

CREATE FUNCTION kldiv_histogram_deserialize(bytes bytea, state internal)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_deserialize(bytea, internal) IS
'implementation of kldiv aggregates: a state from bytes';

CREATE FUNCTION kldiv_histogram_final(state internal)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_histogram_final(internal) IS
'implementation of kldiv aggregates: the histogram';

CREATE AGGREGATE histogram_agg(value anyelement) (
	SFUNC = kldiv_histogram_add_value, STYPE = internal, SSPACE = 1024, FINALFUNC = kldiv_histogram_final,
	COMBINEFUNC = kldiv_histogram_combine, SERIALFUNC = kldiv_histogram_serialize, DESERIALFUNC = kldiv_histogram_deserialize,
	MSFUNC = kldiv_histogram_move_in_value, MINVFUNC = kldiv_histogram_move_out_value, MSTYPE = internal, MSSPACE = 1024,
	MFINALFUNC = kldiv_histogram_final, PARALLEL = SAFE
);

COMMENT ON AGGREGATE histogram_agg(anyelement) IS
'counts the values: a histogram of them; NULLs are skipped';

CREATE AGGREGATE histogram_agg(value anyelement, weight float8) (
	SFUNC = kldiv_histogram_add_value, STYPE = internal, SSPACE = 1024, FINALFUNC = kldiv_histogram_final,
	COMBINEFUNC = kldiv_histogram_combine, SERIALFUNC = kldiv_histogram_serialize, DESERIALFUNC = kldiv_histogram_deserialize,
	MSFUNC = kldiv_histogram_move_in_value, MINVFUNC = kldiv_histogram_move_out_value, MSTYPE = internal, MSSPACE = 1024,
	MFINALFUNC = kldiv_histogram_final, PARALLEL = SAFE
);

COMMENT ON AGGREGATE histogram_agg(anyelement, float8) IS
'adds up the weights of each value: a histogram; NULL values are skipped, a NULL weight is 0';

CREATE AGGREGATE sum(h histogram) (
	SFUNC = kldiv_histogram_add, STYPE = internal, SSPACE = 1024, FINALFUNC = kldiv_histogram_final,
	COMBINEFUNC = kldiv_histogram_combine, SERIALFUNC = kldiv_histogram_serialize, DESERIALFUNC = kldiv_histogram_deserialize,
	MSFUNC = kldiv_histogram_move_in, MINVFUNC = kldiv_histogram_move_out, MSTYPE = internal, MSSPACE = 1024,
	MFINALFUNC = kldiv_histogram_final, PARALLEL = SAFE
);

COMMENT ON AGGREGATE sum(histogram) IS
'merges histograms, adding the weights of each label; NULL if there is none';

--
-- Measures over histograms (histogram_measures.c)
--
-- As over arrays; bins are matched by label, and a label of one side only
-- weighs 0 on the other.
--

CREATE FUNCTION entropy(p histogram, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_entropy_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION entropy(histogram, float8) IS
'-sum p ln p of the shares of p: Shannon entropy in nats, or in the unit of base (2: bits); from 0 to ln of the number of bins; NULL if nothing was observed';

CREATE FUNCTION perplexity(p histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_perplexity_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION perplexity(histogram) IS
'exp of the entropy in nats: the effective number of bins, from 1 to the number of bins; NULL if nothing was observed';

CREATE FUNCTION renyi_entropy(p histogram, alpha float8, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_renyi_entropy_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION renyi_entropy(histogram, float8, float8) IS
'1/(1-alpha) ln sum p^alpha: Renyi entropy of order alpha in nats, or in the unit of base; order 0: Hartley, 1: Shannon, Infinity: min-entropy; NULL if nothing was observed';

CREATE FUNCTION cross_entropy(p histogram, q histogram, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_cross_entropy_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION cross_entropy(histogram, histogram, float8, float8) IS
'-sum p ln q: cross-entropy of p relative to the reference q in nats, or in the unit of base; Infinity where p > 0 and q = 0; NULL if nothing was observed on a side';

CREATE FUNCTION kl_divergence(p histogram, q histogram, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_kl_divergence_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kl_divergence(histogram, histogram, float8, float8) IS
'sum p ln(p/q): Kullback-Leibler divergence of p from the reference q in nats, or in the unit of base; 0 only if equal; Infinity where p > 0 and q = 0; NULL if nothing was observed on a side';

CREATE FUNCTION jeffreys_divergence(p histogram, q histogram, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_jeffreys_divergence_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION jeffreys_divergence(histogram, histogram, float8, float8) IS
'sum (p-q) ln(p/q): Jeffreys divergence, KL in both directions, in nats or in the unit of base; symmetric; Infinity where only one of p and q is 0; NULL if nothing was observed on a side';

CREATE FUNCTION jsd(p histogram, q histogram, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_jsd_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION jsd(histogram, histogram, float8, float8) IS
'Jensen-Shannon divergence (not its root) in nats, or in the unit of base; symmetric; from 0 to ln 2 (1 bit); NULL if nothing was observed on a side';

CREATE FUNCTION js_distance(p histogram, q histogram, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_js_distance_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION js_distance(histogram, histogram, float8, float8) IS
'square root of the Jensen-Shannon divergence, a metric; symmetric; from 0 to sqrt(ln 2), or to 1 with base 2; NULL if nothing was observed on a side';

CREATE FUNCTION renyi(p histogram, q histogram, alpha float8, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_renyi_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION renyi(histogram, histogram, float8, float8, float8) IS
'1/(alpha-1) ln sum p^alpha q^(1-alpha): Renyi divergence of order alpha of p from the reference q in nats, or in the unit of base; order 1: KL, Infinity: ln max p/q; NULL if nothing was observed on a side';

CREATE FUNCTION hellinger_distance(p histogram, q histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_hellinger_distance_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION hellinger_distance(histogram, histogram) IS
'sqrt(1 - sum sqrt(p q)): Hellinger distance, a metric; symmetric; from 0 to 1; NULL if nothing was observed on a side';

CREATE FUNCTION bhattacharyya_distance(p histogram, q histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_bhattacharyya_distance_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION bhattacharyya_distance(histogram, histogram) IS
'-ln sum sqrt(p q): Bhattacharyya distance in nats; symmetric; Infinity if p and q have no bin in common; NULL if nothing was observed on a side';

CREATE FUNCTION total_variation(p histogram, q histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_total_variation_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION total_variation(histogram, histogram) IS
'half of sum |p-q|: total variation distance, a metric; symmetric; from 0 to 1; NULL if nothing was observed on a side';

CREATE FUNCTION l_infinity(p histogram, q histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_l_infinity_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION l_infinity(histogram, histogram) IS
'max |p-q|: the largest difference of shares, a metric; symmetric; from 0 to 1; NULL if nothing was observed on a side';

CREATE FUNCTION chi_square_divergence(p histogram, q histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_chi_square_divergence_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chi_square_divergence(histogram, histogram) IS
'sum (p-q)^2/q: Pearson chi-square divergence of p from the reference q (the test statistic is N times it); Infinity where p > 0 and q = 0; NULL if nothing was observed on a side';

CREATE FUNCTION psi(p histogram, q histogram, empty float8 DEFAULT 0.0001)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_psi_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION psi(histogram, histogram, float8) IS
'sum (p-q) ln(p/q): population stability index in nats, where a share of exactly 0 counts as empty; symmetric; NULL if nothing was observed on a side';

CREATE FUNCTION to_distribution(h histogram, pseudocount float8 DEFAULT 0)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_to_distribution'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION to_distribution(histogram, float8) IS
'the weights divided by their total, after adding pseudocount to each; NULL if nothing was observed';

--
-- Which bins a divergence comes from (contributions.c)
--
-- Not STRICT: a NULL option is as if it were not given.
--

CREATE FUNCTION divergence_contributions(p histogram, q histogram, measure text DEFAULT 'jsd', base float8 DEFAULT NULL, pseudocount float8 DEFAULT NULL, empty float8 DEFAULT NULL)
RETURNS TABLE (label text, p float8, q float8, contribution float8, share float8)
AS 'MODULE_PATHNAME', 'kldiv_contributions_histograms'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100 ROWS 50;

COMMENT ON FUNCTION divergence_contributions(histogram, histogram, text, float8, float8, float8) IS
'the bins that a divergence comes from, the largest contribution first; contributions add up to the divergence, of js_distance and hellinger_distance to its square';

CREATE FUNCTION divergence_contributions(p float8[], q float8[], measure text DEFAULT 'jsd', base float8 DEFAULT NULL, pseudocount float8 DEFAULT NULL, empty float8 DEFAULT NULL)
RETURNS TABLE (label integer, p float8, q float8, contribution float8, share float8)
AS 'MODULE_PATHNAME', 'kldiv_contributions_arrays'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100 ROWS 50;

COMMENT ON FUNCTION divergence_contributions(float8[], float8[], text, float8, float8, float8) IS
'the bins that a divergence comes from, the largest contribution first; contributions add up to the divergence, of js_distance and hellinger_distance to its square';

--
-- Bins of numbers (bin_label.c)
--
-- Not STRICT: NULL is a bin.
--

CREATE FUNCTION bin_label(value float8, edges float8[])
RETURNS text
AS 'MODULE_PATHNAME', 'kldiv_bin_label'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION bin_label(float8, float8[]) IS
'the bin of a value between ascending edges, as text that sorts: 03 [12.5, 20); (null) for NULL, (nan) for NaN';

--
-- Bars (histogram_bars.c)
--

CREATE FUNCTION histogram_bars(h histogram, width integer DEFAULT 40)
RETURNS SETOF text
AS 'MODULE_PATHNAME', 'kldiv_histogram_bars'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 50;

COMMENT ON FUNCTION histogram_bars(histogram, integer) IS
'lines to look at: label, share in percent, bar; the longest bar has width characters';

CREATE FUNCTION histogram_bars(p histogram, q histogram, width integer DEFAULT 40)
RETURNS SETOF text
AS 'MODULE_PATHNAME', 'kldiv_histogram_bars_of_two'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 100;

COMMENT ON FUNCTION histogram_bars(histogram, histogram, integer) IS
'lines to look at, two for each label: the shares of p and of q';
/* kldiv 0.3.0 to 0.4.0 */

-- complain if script is sourced in psql, rather than via ALTER EXTENSION

--
-- Many distributions at once (divergence_matrix.c, divergence_pairs.c)
--
-- Not STRICT: an option that is NULL is one that was not given.
--

CREATE FUNCTION divergence_matrix(distributions float8[], measure text DEFAULT 'jsd', alpha float8 DEFAULT NULL,
	base float8 DEFAULT NULL, pseudocount float8 DEFAULT NULL, empty float8 DEFAULT NULL)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_divergence_matrix'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;

COMMENT ON FUNCTION divergence_matrix(float8[], text, float8, float8, float8, float8) IS
'measure of each row of a two-dimensional array against each row: element [i][j] has row i as p, row j as q; NULL where nothing was observed';

CREATE FUNCTION divergence_pairs(ids anyarray, distributions float8[], measure text DEFAULT 'jsd', top integer DEFAULT NULL,
	within float8 DEFAULT NULL, farthest boolean DEFAULT false, alpha float8 DEFAULT NULL,
	base float8 DEFAULT NULL, pseudocount float8 DEFAULT NULL, empty float8 DEFAULT NULL)
RETURNS TABLE (a anyelement, b anyelement, divergence float8)
AS 'MODULE_PATHNAME', 'kldiv_divergence_pairs'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 1000;

COMMENT ON FUNCTION divergence_pairs(anyarray, float8[], text, integer, float8, boolean, float8, float8, float8, float8) IS
'measure of the pairs of rows of a two-dimensional array, each once if the measure is symmetric and in both orders if not: all of them, the closest or farthest top, those within a threshold';

CREATE FUNCTION divergence_matrix(distributions histogram[], measure text DEFAULT 'jsd', alpha float8 DEFAULT NULL,
	base float8 DEFAULT NULL, pseudocount float8 DEFAULT NULL, empty float8 DEFAULT NULL)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_divergence_matrix_histograms'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;

COMMENT ON FUNCTION divergence_matrix(histogram[], text, float8, float8, float8, float8) IS
'measure of each histogram against each one, over the labels of all: element [i][j] has histogram i as p, j as q; NULL where nothing was observed';

CREATE FUNCTION divergence_pairs(ids anyarray, distributions histogram[], measure text DEFAULT 'jsd', top integer DEFAULT NULL,
	within float8 DEFAULT NULL, farthest boolean DEFAULT false, alpha float8 DEFAULT NULL,
	base float8 DEFAULT NULL, pseudocount float8 DEFAULT NULL, empty float8 DEFAULT NULL)
RETURNS TABLE (a anyelement, b anyelement, divergence float8)
AS 'MODULE_PATHNAME', 'kldiv_divergence_pairs_histograms'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 1000;

COMMENT ON FUNCTION divergence_pairs(anyarray, histogram[], text, integer, float8, boolean, float8, float8, float8, float8) IS
'measure of the pairs of histograms, over the labels of all, each once if the measure is symmetric and in both orders if not: all of them, the closest or farthest top, those within a threshold';

CREATE FUNCTION hellinger_embedding(p float8[])
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_hellinger_embedding'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION hellinger_embedding(float8[]) IS
'root of half of each share, an array of the same shape: points whose Euclidean distance is the Hellinger distance; NULL if nothing was observed';
