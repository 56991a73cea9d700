--
-- Models: log-probabilities of the likeliest tokens
--

CREATE FUNCTION logprobs_to_histogram(logprobs jsonb, other text DEFAULT '(other)')
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_logprobs_to_histogram'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION logprobs_to_histogram(jsonb, text) IS
'of an object of log-probabilities by token, the probabilities, and what is left of 1 as other; NULL as other leaves it out';

CREATE FUNCTION histogram_keep(h histogram, labels text[], other text DEFAULT '(other)')
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_keep'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_keep(histogram, text[], text) IS
'a bin for each of the labels, of weight 0 if it is not there, and all others as one bin; NULL as other drops these';
