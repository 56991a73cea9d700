--
-- Histograms of many columns in one pass
--
-- Not STRICT: a row counts where its columns are not NULL.
--

CREATE FUNCTION kldiv_columns_add(state internal, VARIADIC columns "any")
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_columns_add'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_columns_add(internal, "any") IS
'implementation of kldiv aggregates: adds a row of columns';

CREATE FUNCTION kldiv_columns_combine(state internal, other internal)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_columns_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_columns_combine(internal, internal) IS
'implementation of kldiv aggregates: adds a state';

CREATE FUNCTION kldiv_columns_serialize(state internal)
RETURNS bytea
AS 'MODULE_PATHNAME', 'kldiv_columns_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_columns_serialize(internal) IS
'implementation of kldiv aggregates: a state as bytes';

CREATE FUNCTION kldiv_columns_deserialize(bytes bytea, state internal)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_columns_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_columns_deserialize(bytea, internal) IS
'implementation of kldiv aggregates: a state from bytes';

CREATE FUNCTION kldiv_columns_final(state internal)
RETURNS histogram[]
AS 'MODULE_PATHNAME', 'kldiv_columns_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_columns_final(internal) IS
'implementation of kldiv aggregates: the histograms of columns';

CREATE AGGREGATE histograms_agg(VARIADIC columns "any") (
	SFUNC = kldiv_columns_add, STYPE = internal, SSPACE = 8192, FINALFUNC = kldiv_columns_final,
	COMBINEFUNC = kldiv_columns_combine, SERIALFUNC = kldiv_columns_serialize, DESERIALFUNC = kldiv_columns_deserialize,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE histograms_agg("any") IS
'a histogram of each column, as by histogram_agg, {} where no value is, NULL where too many are; a float8[] behind a number is edges of its bins, with the labels of bin_label';
