--
-- Measures over one row per bin, with states of fixed size
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
