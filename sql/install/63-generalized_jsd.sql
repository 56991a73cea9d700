--
-- Jensen and Shannon's divergence of many distributions
--

-- Not STRICT: weights or a base of NULL are not given

CREATE FUNCTION generalized_jsd(distributions float8[], weights float8[] DEFAULT NULL, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_generalized_jsd_array'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION generalized_jsd(float8[], float8[], float8) IS
'Jensen-Shannon divergence of many distributions, the rows of an array: sum w D(p||m) from their mean m = sum w p, weights equal if not given; in nats, or in the unit of base; 0 only if all are proportional, at most the entropy of the weights; NULL if a distribution of positive weight has nothing';

CREATE FUNCTION generalized_jsd(distributions histogram[], weights float8[] DEFAULT NULL, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_generalized_jsd_histograms'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION generalized_jsd(histogram[], float8[], float8) IS
'Jensen-Shannon divergence of many histograms: sum w D(p||m) from their mean m = sum w p, weights equal if not given; in nats, or in the unit of base; 0 only if all are proportional, at most the entropy of the weights; NULL if a histogram of positive weight has nothing';
