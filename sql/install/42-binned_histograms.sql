--
-- Histograms of numbers in bins
--
-- Not STRICT: NULL is a bin.  Another name than histogram_agg, whose second argument is a weight.
--

CREATE FUNCTION kldiv_binned_add(state internal, value float8, edges float8[])
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_binned_add'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_binned_add(internal, float8, float8[]) IS
'implementation of kldiv aggregates: adds a row';

CREATE FUNCTION kldiv_binned_add(state internal, value real, edges float8[])
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_binned_add_real'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_binned_add(internal, real, float8[]) IS
'implementation of kldiv aggregates: adds a row';

CREATE FUNCTION kldiv_binned_move_in(state internal, value float8, edges float8[])
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_binned_move_in'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_binned_move_in(internal, float8, float8[]) IS
'implementation of kldiv aggregates: adds a row to a moving frame';

CREATE FUNCTION kldiv_binned_move_in(state internal, value real, edges float8[])
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_binned_move_in_real'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_binned_move_in(internal, real, float8[]) IS
'implementation of kldiv aggregates: adds a row to a moving frame';

CREATE FUNCTION kldiv_binned_move_out(state internal, value float8, edges float8[])
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_binned_move_out'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_binned_move_out(internal, float8, float8[]) IS
'implementation of kldiv aggregates: takes a row out of a moving frame';

CREATE FUNCTION kldiv_binned_move_out(state internal, value real, edges float8[])
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_binned_move_out_real'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_binned_move_out(internal, real, float8[]) IS
'implementation of kldiv aggregates: takes a row out of a moving frame';

CREATE FUNCTION kldiv_binned_combine(state internal, other internal)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_binned_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_binned_combine(internal, internal) IS
'implementation of kldiv aggregates: adds a state';

CREATE FUNCTION kldiv_binned_serialize(state internal)
RETURNS bytea
AS 'MODULE_PATHNAME', 'kldiv_binned_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_binned_serialize(internal) IS
'implementation of kldiv aggregates: a state as bytes';

CREATE FUNCTION kldiv_binned_deserialize(bytes bytea, state internal)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_binned_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_binned_deserialize(bytea, internal) IS
'implementation of kldiv aggregates: a state from bytes';

CREATE FUNCTION kldiv_binned_final(state internal)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_binned_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_binned_final(internal) IS
'implementation of kldiv aggregates: the histogram';

CREATE AGGREGATE binned_histogram_agg(value float8, edges float8[]) (
	SFUNC = kldiv_binned_add, STYPE = internal, SSPACE = 1024, FINALFUNC = kldiv_binned_final,
	COMBINEFUNC = kldiv_binned_combine, SERIALFUNC = kldiv_binned_serialize, DESERIALFUNC = kldiv_binned_deserialize,
	MSFUNC = kldiv_binned_move_in, MINVFUNC = kldiv_binned_move_out, MSTYPE = internal, MSSPACE = 1024,
	MFINALFUNC = kldiv_binned_final, PARALLEL = SAFE
);

COMMENT ON AGGREGATE binned_histogram_agg(float8, float8[]) IS
'counts the values in bins between ascending edges: histogram_agg(bin_label(value, edges)), but faster';

CREATE AGGREGATE binned_histogram_agg(value real, edges float8[]) (
	SFUNC = kldiv_binned_add, STYPE = internal, SSPACE = 1024, FINALFUNC = kldiv_binned_final,
	COMBINEFUNC = kldiv_binned_combine, SERIALFUNC = kldiv_binned_serialize, DESERIALFUNC = kldiv_binned_deserialize,
	MSFUNC = kldiv_binned_move_in, MINVFUNC = kldiv_binned_move_out, MSTYPE = internal, MSSPACE = 1024,
	MFINALFUNC = kldiv_binned_final, PARALLEL = SAFE
);

COMMENT ON AGGREGATE binned_histogram_agg(real, float8[]) IS
'counts the values in bins between ascending edges: histogram_agg(bin_label(value, edges)), but faster';
