--
-- The likeliest tokens, and the rest
--
SELECT label, round(weight::numeric, 12) AS weight FROM histogram_bins(logprobs_to_histogram('{"yes": -0.35667494393873245, "no": -1.6094379124341003}'));
-- nothing left, next to nothing, all left; null is a probability of 0
SELECT logprobs_to_histogram('{"a": 0}'), logprobs_to_histogram('{"a": -1e-20}') -> '(other)' AS none, logprobs_to_histogram('{"a": -800, "b": null, "c": -1e999}'), logprobs_to_histogram('{}');
-- rounded to single precision, they may be more than 1 together, when nothing is left
SELECT logprobs_to_histogram('{"a": -0.69314713, "b": -0.69314713}') -> '(other)' AS rest;
-- under another label, or left out
SELECT histogram_labels(logprobs_to_histogram('{"a": -1, "": -2, "(other)": -3}', 'rest')), histogram_labels(logprobs_to_histogram('{"a": -1, "(other)": -3}', NULL)), logprobs_to_histogram(NULL);
-- of what OpenAI's interface returns
SELECT histogram_labels(logprobs_to_histogram((SELECT jsonb_object_agg(e ->> 'token', e -> 'logprob') FROM jsonb_array_elements('[{"token": "Hi", "logprob": -0.1}, {"token": "Hello", "logprob": -2.5}]') AS e)));
-- errors
SELECT logprobs_to_histogram('{"a": "x"}');
SELECT logprobs_to_histogram('{"a": true}');
SELECT logprobs_to_histogram('{"a": {"b": 1}}');
SELECT logprobs_to_histogram('[{"token": "Hi", "logprob": -0.1}]');
SELECT logprobs_to_histogram('-1');
SELECT logprobs_to_histogram('null');
SELECT logprobs_to_histogram('{"a": 3.5, "b": 2}');
SELECT logprobs_to_histogram('{"a": 800}');
SELECT logprobs_to_histogram('{"a": -0.5, "b": -0.5}');
SELECT logprobs_to_histogram('{"a": -1, "(other)": -3}');
SELECT logprobs_to_histogram('{"a": -1, "rest": -3}', 'rest');
--
-- Some bins, and the rest
--
SELECT histogram_keep('{"a": 1, "b": 2, "c": 4}', '{c,x}') AS kept, histogram_keep('{"a": 1, "b": 2, "c": 4}', '{c,x}', NULL) AS alone, histogram_keep('{"a": 1, "b": 2, "c": 4}', '{b,a}', other => 'others') AS others;
-- the rest of an earlier call belongs to the rest, unless it is kept: then the rest goes to it
SELECT histogram_keep('{"a": 1, "b": 2, "(other)": 4}', '{a}') AS rest, histogram_keep('{"a": 1, "b": 2, "(other)": 4}', '{a,(other)}') AS listed, histogram_keep('{"a": 1, "b": 2, "(other)": 4}', '{a,(other)}', NULL) AS dropped,
	histogram_keep('{"a": 1, "b": 2, "(other)": 4}', '{a,(other)}', 'rest') AS two;
-- labels count once, in any order and shape; none, or of a histogram that has none
SELECT histogram_keep('{"a": 1, "b": 2}', '{{b,a},{a,b}}') AS twice, histogram_keep('{"a": 1, "b": 2}', '{}') AS none, histogram_keep('{"a": 1, "b": 2}', '{}', NULL) AS nothing, histogram_keep('{}', '{a}') AS empty, histogram_keep('{"": 1, "b": 2}', ARRAY['']) AS no_label;
SELECT histogram_keep(NULL, '{a}'), histogram_keep('{"a": 1}', NULL), histogram_keep('{"a": 1}', '{a}'::varchar[]);
-- sums are not rounded before their end
SELECT histogram_keep('{"a": 1, "b": 1e16, "c": 1, "d": 1}', '{a}') -> '(other)' AS rest;
-- bins by top of the reference
SELECT histogram_keep(h, histogram_labels(histogram_top(reference, 2, NULL))) FROM (VALUES ('{"a": 5, "b": 1, "c": 3, "d": 2}'::histogram, '{"a": 7, "c": 1, "d": 9}'::histogram)) AS v (h, reference);
-- a lower bound of the divergence: of all tokens, and of the three likeliest of each
WITH models AS (
	SELECT seed, histogram(array_agg('t' || i), to_distribution(array_agg(exp(-i * 0.3) * (1 + (i * seed * 7 % 11)::float8)))) AS p, histogram(array_agg('t' || i), to_distribution(array_agg(exp(-i * 0.25) * (1 + (i * seed * 5 % 13)::float8)))) AS q
	FROM generate_series(1, 20) AS i, generate_series(1, 30) AS seed GROUP BY seed
), answers AS (
	SELECT seed, p, q,
		(SELECT logprobs_to_histogram(jsonb_object_agg(label, ln(weight))) FROM histogram_bins(histogram_top(p, 3, NULL))) AS p_top, (SELECT logprobs_to_histogram(jsonb_object_agg(label, ln(weight))) FROM histogram_bins(histogram_top(q, 3, NULL))) AS q_top
	FROM models
)
SELECT count(*) AS pairs, bool_and(bound >= 0 AND bound <= kl_divergence(p, q)) AS is_lower, bool_and(abs(histogram_total(p_top) - 1) < 1e-15) AS is_whole
FROM answers, LATERAL (SELECT array_agg(label) AS common FROM (SELECT unnest(histogram_labels(p_top)) INTERSECT SELECT unnest(histogram_labels(q_top))) AS l (label) WHERE label <> '(other)') AS c,
	LATERAL kl_divergence(histogram_keep(p_top, coalesce(common, '{}')), histogram_keep(q_top, coalesce(common, '{}'))) AS bound;
-- errors
SELECT histogram_keep('{"a": 1, "b": 2}', '{a}', 'b');
SELECT histogram_keep('{"a": 1, "b": 2}', '{a}', 'a');
SELECT histogram_keep('{"a": 1, "b": 2}', '{a,x}', 'x');
SELECT histogram_keep('{"a": 1, "b": 2}', '{a,NULL}');
