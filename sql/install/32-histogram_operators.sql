--
-- Operators of histograms: comparison, sorting, hashing and arithmetic
--

CREATE FUNCTION histogram_eq(histogram, histogram)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_histogram_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_eq(histogram, histogram) IS
'implementation of an operator: equal: the same labels with the same weights';

CREATE FUNCTION histogram_ne(histogram, histogram)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_histogram_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_ne(histogram, histogram) IS
'implementation of an operator: not equal';

CREATE FUNCTION histogram_lt(histogram, histogram)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_histogram_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_lt(histogram, histogram) IS
'implementation of an operator: less, in an order that says nothing about distributions';

CREATE FUNCTION histogram_le(histogram, histogram)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_histogram_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_le(histogram, histogram) IS
'implementation of an operator: less or equal';

CREATE FUNCTION histogram_gt(histogram, histogram)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_histogram_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_gt(histogram, histogram) IS
'implementation of an operator: greater';

CREATE FUNCTION histogram_ge(histogram, histogram)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_histogram_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_ge(histogram, histogram) IS
'implementation of an operator: greater or equal';

CREATE FUNCTION histogram_cmp(histogram, histogram)
RETURNS integer
AS 'MODULE_PATHNAME', 'kldiv_histogram_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_cmp(histogram, histogram) IS
'less (-1), equal (0) or greater (1), for sorting';

CREATE FUNCTION histogram_hash(histogram)
RETURNS integer
AS 'MODULE_PATHNAME', 'kldiv_histogram_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_hash(histogram) IS
'hash';

CREATE FUNCTION histogram_hash_extended(histogram, bigint)
RETURNS bigint
AS 'MODULE_PATHNAME', 'kldiv_histogram_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_hash_extended(histogram, bigint) IS
'hash with a seed';

CREATE OPERATOR = (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);

COMMENT ON OPERATOR = (histogram, histogram) IS
'equal: the same labels with the same weights';

CREATE OPERATOR <> (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);

COMMENT ON OPERATOR <> (histogram, histogram) IS
'not equal';

CREATE OPERATOR < (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);

COMMENT ON OPERATOR < (histogram, histogram) IS
'less, in an order for sorting only';

CREATE OPERATOR <= (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);

COMMENT ON OPERATOR <= (histogram, histogram) IS
'less or equal, in an order for sorting only';

CREATE OPERATOR > (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);

COMMENT ON OPERATOR > (histogram, histogram) IS
'greater, in an order for sorting only';

CREATE OPERATOR >= (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);

COMMENT ON OPERATOR >= (histogram, histogram) IS
'greater or equal, in an order for sorting only';

CREATE OPERATOR CLASS histogram_ops
DEFAULT FOR TYPE histogram USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 histogram_cmp(histogram, histogram),
	FUNCTION 4 btequalimage(oid);

CREATE OPERATOR CLASS histogram_ops
DEFAULT FOR TYPE histogram USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 histogram_hash(histogram),
	FUNCTION 2 histogram_hash_extended(histogram, bigint);

COMMENT ON OPERATOR CLASS histogram_ops USING btree IS 'sorts histograms, which says nothing about distributions';
COMMENT ON OPERATOR CLASS histogram_ops USING hash IS 'equal are the same labels with the same weights';
COMMENT ON OPERATOR FAMILY histogram_ops USING btree IS 'sorts histograms, which says nothing about distributions';
COMMENT ON OPERATOR FAMILY histogram_ops USING hash IS 'equal are the same labels with the same weights';

--
-- Arithmetic
--

CREATE FUNCTION histogram_plus(histogram, histogram)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_plus'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_plus(histogram, histogram) IS
'implementation of an operator: merges two histograms';

CREATE FUNCTION histogram_minus(histogram, histogram)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_minus'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_minus(histogram, histogram) IS
'implementation of an operator: takes weights away';

CREATE FUNCTION histogram_times(histogram, float8)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_times'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_times(histogram, float8) IS
'implementation of an operator: multiplies every weight';

CREATE FUNCTION times_histogram(float8, histogram)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_times_histogram'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION times_histogram(float8, histogram) IS
'implementation of an operator: multiplies every weight';

CREATE OPERATOR + (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_plus, COMMUTATOR = +
);

COMMENT ON OPERATOR + (histogram, histogram) IS
'adds the weights of each label';

CREATE OPERATOR - (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_minus
);

COMMENT ON OPERATOR - (histogram, histogram) IS
'takes away the weights of each label; an error where one would be negative';

CREATE OPERATOR * (
	LEFTARG = histogram, RIGHTARG = float8, FUNCTION = histogram_times, COMMUTATOR = *
);

COMMENT ON OPERATOR * (histogram, float8) IS
'multiplies every weight';

CREATE OPERATOR * (
	LEFTARG = float8, RIGHTARG = histogram, FUNCTION = times_histogram, COMMUTATOR = *
);

COMMENT ON OPERATOR * (float8, histogram) IS
'multiplies every weight';

CREATE FUNCTION histogram_divide(histogram, float8)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_divide'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_divide(histogram, float8) IS
'implementation of an operator: divides every weight';

CREATE FUNCTION histogram_arrow(histogram, text)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_histogram_arrow'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_arrow(histogram, text) IS
'implementation of an operator: the weight of a label';

CREATE OPERATOR / (
	LEFTARG = histogram, RIGHTARG = float8, FUNCTION = histogram_divide
);

COMMENT ON OPERATOR / (histogram, float8) IS
'divides every weight';

CREATE OPERATOR -> (
	LEFTARG = histogram, RIGHTARG = text, FUNCTION = histogram_arrow
);

COMMENT ON OPERATOR -> (histogram, text) IS
'weight of a label; 0 if it is not there';
