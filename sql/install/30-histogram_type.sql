--
-- The type histogram: its forms and casts
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
-- Casts
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
