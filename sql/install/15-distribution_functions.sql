--
-- Arrays: making distributions and checking them
--

CREATE FUNCTION is_distribution(p float8[], tolerance float8 DEFAULT 0.000001)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_is_distribution'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION is_distribution(float8[], float8) IS
'whether all elements of p are finite, not negative and not NULL, and add up to 1 within tolerance; false for an empty array: made for CHECK constraints';

CREATE FUNCTION to_distribution(weights float8[], pseudocount float8 DEFAULT 0)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_to_distribution'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION to_distribution(float8[], float8) IS
'weights, after adding pseudocount to each, divided by their total; an array of the same shape; NULL elements weigh 0; NULL if nothing was observed';

CREATE FUNCTION softmax(logits float8[], temperature float8 DEFAULT 1)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_softmax'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION softmax(float8[], float8) IS
'exp(logit/temperature) divided by their total: logits or log-probabilities to a distribution; an array of the same shape; -Infinity and NULL elements become 0; NULL if there is nothing else';
