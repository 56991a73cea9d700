--
-- Statistics: p-values adjusted for how many of them there are
--

CREATE FUNCTION p_adjust(p_value float8, method text DEFAULT 'benjamini_hochberg')
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_p_adjust'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION p_adjust(float8, text) IS
'window function: the p-value adjusted for all of its partition, whatever the order and the frame; method benjamini_hochberg (false discovery rate), benjamini_yekutieli, holm or bonferroni; NULLs do not count and stay NULL';

CREATE FUNCTION p_adjust(p_values float8[], method text DEFAULT 'benjamini_hochberg')
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_p_adjust_array'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION p_adjust(float8[], text) IS
'the p-values adjusted for how many of them there are, in an array of the same shape; method benjamini_hochberg (false discovery rate), benjamini_yekutieli, holm or bonferroni; NULLs do not count and stay NULL';
