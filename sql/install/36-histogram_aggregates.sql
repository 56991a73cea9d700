--
-- Aggregates that make histograms, with moving frames
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
