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
'the bin of a value between ascending edges, as text that sorts: 03 [12.5, 20); a repeated edge is a bin: [0, 0]; (null) for NULL, (nan) for NaN';

-- A real is no more than its decimals, so that 0.7 is not below an edge of 0.7. For numeric there is no such function:
-- edges computed from a numeric column are float8, which a value with more digits may be just below.

CREATE FUNCTION bin_label(value real, edges float8[])
RETURNS text
AS 'MODULE_PATHNAME', 'kldiv_bin_label_real'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION bin_label(real, float8[]) IS
'the bin of a value between ascending edges, as text that sorts: 03 [12.5, 20); a repeated edge is a bin: [0, 0]; (null) for NULL, (nan) for NaN';
