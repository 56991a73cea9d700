/* kldiv 0.1.0 to 0.2.0 */

-- complain if script is sourced in psql, rather than via ALTER EXTENSION
\echo Use "ALTER EXTENSION kldiv UPDATE TO '0.2.0'" to load this file. \quit

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
