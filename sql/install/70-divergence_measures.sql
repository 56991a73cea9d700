--
-- What is true of every measure
--

CREATE FUNCTION divergence_measures()
RETURNS TABLE (name text, kind text, arguments text, "symmetric" boolean, metric boolean, additive boolean, unit text, range text, rows text, description text)
AS 'MODULE_PATHNAME', 'kldiv_divergence_measures'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 15;

COMMENT ON FUNCTION divergence_measures() IS
'the measures: name of the functions and of the argument measure, kind, arguments, whether it is symmetric, a metric, a sum over bins (or the root of one), unit and range, whether its aggregate keeps sums or the rows, what it is';
