--
-- Twins of functions over float8[], for real[] without a cast
--
-- Not for users: kldiv_real_support has the planner call the twin where a call
-- casts its arrays from real[].  The twins have names of their own, since an
-- overload for real[] would leave untyped literals without a type.  They are made
-- of the declarations of all topics, by real_arrays.awk, and stand behind this.
--

CREATE FUNCTION kldiv_real_support(request internal)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_real_support'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_real_support(internal) IS
'planner support of functions over float8[]: calls their twins for real[] where arrays are cast from that';
