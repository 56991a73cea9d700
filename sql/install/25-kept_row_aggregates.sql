--
-- Measures over one row per bin that keep all rows
--
-- Not STRICT: a NULL weight is a bin of weight 0.
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
