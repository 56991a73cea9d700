--
-- Labels for bins of numbers
--
-- Not STRICT: NULL is a bin.
--

CREATE FUNCTION bin_label(value float8, edges float8[])
RETURNS text
AS 'MODULE_PATHNAME', 'kldiv_bin_label'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION bin_label(float8, float8[]) IS
'the bin of a value between ascending edges, as text that sorts: 03 [12.5, 20); (null) for NULL, (nan) for NaN';
