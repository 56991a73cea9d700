--
-- Means of histograms
--

-- Its state is of a type that Citus can send, or else it would go by the name and send a sum and a count.

CREATE FUNCTION kldiv_average_add(state bytea, h histogram)
RETURNS bytea
AS 'MODULE_PATHNAME', 'kldiv_average_add'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_average_add(bytea, histogram) IS
'implementation of kldiv aggregates: adds a histogram';

CREATE FUNCTION kldiv_average_combine(state bytea, other bytea)
RETURNS bytea
AS 'MODULE_PATHNAME', 'kldiv_average_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_average_combine(bytea, bytea) IS
'implementation of kldiv aggregates: adds a state';

CREATE FUNCTION kldiv_average_final(state bytea)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_average_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_average_final(bytea) IS
'implementation of kldiv aggregates: the mean histogram';

CREATE FUNCTION kldiv_average_moving_final(state internal)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_average_moving_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_average_moving_final(internal) IS
'implementation of kldiv aggregates: the mean histogram of a moving frame';

CREATE AGGREGATE avg(h histogram) (
	SFUNC = kldiv_average_add, STYPE = bytea, SSPACE = 1024, FINALFUNC = kldiv_average_final,
	COMBINEFUNC = kldiv_average_combine,
	MSFUNC = kldiv_histogram_move_in, MINVFUNC = kldiv_histogram_move_out, MSTYPE = internal, MSSPACE = 1024,
	MFINALFUNC = kldiv_average_moving_final, PARALLEL = SAFE
);

COMMENT ON AGGREGATE avg(histogram) IS
'sum(h) / count(h): the mean weight of each label, 0 where one is not there; NULL if there is none';
