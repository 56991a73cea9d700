--
-- Statistics: the chi-square distribution
--

CREATE FUNCTION chi_square_p_value(statistic float8, df float8)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_chi_square_p_value'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION chi_square_p_value(float8, float8) IS
'probability that a chi-square with df degrees of freedom (0 to 1e9, fractions too) exceeds statistic (0 to Infinity): from 0 to 1, in full relative precision';

CREATE FUNCTION chi_square_critical_value(level float8, df float8)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_chi_square_critical_value'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION chi_square_critical_value(float8, float8) IS
'what a chi-square with df degrees of freedom (above 0, to 1e9) exceeds with probability level: from 0 for level 1 to Infinity for level 0';
