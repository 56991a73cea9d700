--
-- Counts of texts, in parts wherever they are
--

-- The state is of a type that every Citus can send.

CREATE FUNCTION kldiv_text_histogram_add(state histogram, value text)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_text_histogram_add'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_text_histogram_add(histogram, text) IS
'implementation of kldiv aggregates: counts a text';

CREATE FUNCTION kldiv_text_histogram_combine(state histogram, other histogram)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_text_histogram_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_text_histogram_combine(histogram, histogram) IS
'implementation of kldiv aggregates: adds a state';

CREATE FUNCTION kldiv_text_histogram_final(state histogram)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_text_histogram_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_text_histogram_final(histogram) IS
'implementation of kldiv aggregates: the histogram';

CREATE AGGREGATE text_histogram_agg(value text) (
	SFUNC = kldiv_text_histogram_add, STYPE = histogram, SSPACE = 1024, FINALFUNC = kldiv_text_histogram_final,
	COMBINEFUNC = kldiv_text_histogram_combine,
	MSFUNC = kldiv_histogram_move_in_value, MINVFUNC = kldiv_histogram_move_out_value, MSTYPE = internal, MSSPACE = 1024,
	MFINALFUNC = kldiv_histogram_final, PARALLEL = SAFE
);

COMMENT ON AGGREGATE text_histogram_agg(text) IS
'counts the texts, as histogram_agg(value) does, but in parts on the workers of Citus; NULLs are skipped';
