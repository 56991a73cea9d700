--
-- Ordered data: measures over arrays, samples and rows
--

CREATE FUNCTION wasserstein_distance(p float8[], q float8[], positions float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_wasserstein_distance_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION wasserstein_distance(float8[], float8[], float8[]) IS
'the integral of |F - G| over weights at positions: the least work, weight times way, that moves one to the other, in the unit of the positions; NULL if nothing was observed on a side';

CREATE FUNCTION energy_distance(p float8[], q float8[], positions float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_energy_distance_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION energy_distance(float8[], float8[], float8[]) IS
'the root of twice the integral of (F - G)^2 over weights at positions, from 0 to Infinity; NULL if nothing was observed on a side';

CREATE FUNCTION ks_statistic(p float8[], q float8[], positions float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_ks_statistic_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION ks_statistic(float8[], float8[], float8[]) IS
'the largest |F - G| over weights at positions, from 0 to 1: the statistic of Kolmogorov and Smirnov; NULL if nothing was observed on a side';

-- Of values, not weights: hence another name. Not STRICT, since weights are optional.

CREATE FUNCTION sample_wasserstein_distance(x float8[], y float8[], x_weights float8[] DEFAULT NULL, y_weights float8[] DEFAULT NULL)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_sample_wasserstein_distance'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION sample_wasserstein_distance(float8[], float8[], float8[], float8[]) IS
'the integral of |F - G| over the values of two samples: the least work, weight times way, that moves one to the other, in the unit of the values; NULLs are left out; NULL if a sample has nothing';

CREATE FUNCTION sample_energy_distance(x float8[], y float8[], x_weights float8[] DEFAULT NULL, y_weights float8[] DEFAULT NULL)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_sample_energy_distance'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION sample_energy_distance(float8[], float8[], float8[], float8[]) IS
'the root of twice the integral of (F - G)^2 over the values of two samples, from 0 to Infinity; NULLs are left out; NULL if a sample has nothing';

CREATE FUNCTION sample_ks_statistic(x float8[], y float8[], x_weights float8[] DEFAULT NULL, y_weights float8[] DEFAULT NULL)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_sample_ks_statistic'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION sample_ks_statistic(float8[], float8[], float8[], float8[]) IS
'the largest |F - G| over the values of two samples, from 0 to 1: the statistic of Kolmogorov and Smirnov; NULLs are left out; NULL if a sample has nothing';

--
-- Their aggregates, which share one state
--

CREATE FUNCTION kldiv_ordered_transition(state internal, p float8, q float8, x float8)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_ordered_transition'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_ordered_transition(internal, float8, float8, float8) IS
'implementation of kldiv aggregates: adds a row';

CREATE FUNCTION kldiv_ordered_combine(state internal, other internal)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_ordered_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_ordered_combine(internal, internal) IS
'implementation of kldiv aggregates: adds a state';

CREATE FUNCTION kldiv_ordered_serialize(state internal)
RETURNS bytea
AS 'MODULE_PATHNAME', 'kldiv_ordered_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_ordered_serialize(internal) IS
'implementation of kldiv aggregates: sends a state';

CREATE FUNCTION kldiv_ordered_deserialize(bytes bytea, state internal)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_ordered_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_ordered_deserialize(bytea, internal) IS
'implementation of kldiv aggregates: receives a state';

CREATE FUNCTION kldiv_wasserstein_distance_final(state internal)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_wasserstein_distance_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_wasserstein_distance_final(internal) IS
'implementation of kldiv aggregates: the value';

CREATE FUNCTION kldiv_energy_distance_final(state internal)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_energy_distance_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_energy_distance_final(internal) IS
'implementation of kldiv aggregates: the value';

CREATE FUNCTION kldiv_ks_statistic_final(state internal)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_ks_statistic_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_ks_statistic_final(internal) IS
'implementation of kldiv aggregates: the value';

CREATE AGGREGATE wasserstein_distance(p float8, q float8, x float8) (
	SFUNC = kldiv_ordered_transition, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kldiv_wasserstein_distance_final, COMBINEFUNC = kldiv_ordered_combine,
	SERIALFUNC = kldiv_ordered_serialize, DESERIALFUNC = kldiv_ordered_deserialize, PARALLEL = SAFE
);

COMMENT ON AGGREGATE wasserstein_distance(float8, float8, float8) IS
'the integral of |F - G| over the rows of a group, which weigh p and q at x: the least work, weight times way, that moves one to the other, in the unit of x; NULL if nothing was observed on a side';

CREATE AGGREGATE energy_distance(p float8, q float8, x float8) (
	SFUNC = kldiv_ordered_transition, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kldiv_energy_distance_final, COMBINEFUNC = kldiv_ordered_combine,
	SERIALFUNC = kldiv_ordered_serialize, DESERIALFUNC = kldiv_ordered_deserialize, PARALLEL = SAFE
);

COMMENT ON AGGREGATE energy_distance(float8, float8, float8) IS
'the root of twice the integral of (F - G)^2 over the rows of a group, which weigh p and q at x, from 0 to Infinity; NULL if nothing was observed on a side';

CREATE AGGREGATE ks_statistic(p float8, q float8, x float8) (
	SFUNC = kldiv_ordered_transition, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kldiv_ks_statistic_final, COMBINEFUNC = kldiv_ordered_combine,
	SERIALFUNC = kldiv_ordered_serialize, DESERIALFUNC = kldiv_ordered_deserialize, PARALLEL = SAFE
);

COMMENT ON AGGREGATE ks_statistic(float8, float8, float8) IS
'the largest |F - G| over the rows of a group, which weigh p and q at x, from 0 to 1: the statistic of Kolmogorov and Smirnov; NULL if nothing was observed on a side';
