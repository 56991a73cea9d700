-- What the measures are, in numeric arithmetic with 100 digits and nothing of
-- kldiv: slow, and as close to the formulas as SQL gets.
--
-- Reads the table cases and leaves the tables bins (what the rows are) and
-- exact (what the values are).  A case is two arrays of weights, twice: as
-- float8 and as the same numbers in numeric.

CREATE FUNCTION digits(x numeric) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT round(x, 100)';

CREATE TABLE cases (
	id int PRIMARY KEY,
	kind text,
	p float8[],
	q float8[],
	p_exact numeric[],
	q_exact numeric[],
	pseudocount numeric		-- if the weights are such that adding it rounds nothing
);

CREATE TABLE bins (id int, bin int, p float8, q float8);
CREATE TABLE shares (id int, smoothed boolean, bin int, a numeric, b numeric, ln_a numeric, ln_b numeric, ln_m numeric);
CREATE TABLE exact (id int, smoothed boolean, measure text, value numeric, infinite boolean);

-- The shares of both sides, and their logarithms where there are any
CREATE FUNCTION find_shares() RETURNS void LANGUAGE sql AS $$
	INSERT INTO bins
	SELECT id, bin, w.p, w.q FROM cases, unnest(p, q) WITH ORDINALITY AS w (p, q, bin);
	INSERT INTO shares
	SELECT id, smoothed, bin, a, b,
		   CASE WHEN a > 0 THEN ln(a) END, CASE WHEN b > 0 THEN ln(b) END, CASE WHEN a + b > 0 THEN ln((a + b) / 2) END
	FROM (SELECT id, smoothed, bin,
				 digits(p) / nullif(sum(p) OVER side, 0) AS a, digits(q) / nullif(sum(q) OVER side, 0) AS b
		  FROM (SELECT id, false AS smoothed, bin, coalesce(u, 0) AS p, coalesce(v, 0) AS q
				FROM cases, unnest(p_exact, q_exact) WITH ORDINALITY AS w (u, v, bin)
				UNION ALL
				SELECT id, true, bin, coalesce(u, 0) + pseudocount, coalesce(v, 0) + pseudocount
				FROM cases, unnest(p_exact, q_exact) WITH ORDINALITY AS w (u, v, bin)
				WHERE pseudocount IS NOT NULL) AS weights
		  WINDOW side AS (PARTITION BY id, smoothed)) AS normalised
$$;

-- Measures of order alpha: ln sum a^alpha b^(1-alpha), or of a alone
CREATE FUNCTION renyi_term(alpha numeric, ln_a numeric, ln_b numeric) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
	'SELECT exp(digits(alpha * ln_a + (1 - alpha) * ln_b))';

CREATE FUNCTION find_values(orders numeric[]) RETURNS void LANGUAGE sql AS $$
	INSERT INTO exact
	SELECT id, smoothed, measure, value, infinite
	FROM (SELECT id, smoothed,
				 -sum(a * ln_a) AS entropy,
				 -sum(a * ln_b) FILTER (WHERE a > 0) AS cross_entropy,
				 sum(a * (ln_a - ln_b)) FILTER (WHERE a > 0) AS kl,
				 sum(b * (ln_b - ln_a)) FILTER (WHERE b > 0) AS reverse_kl,
				 sum(a * (ln_a - ln_m)) FILTER (WHERE a > 0) AS to_middle,
				 sum(b * (ln_b - ln_m)) FILTER (WHERE b > 0) AS from_middle,
				 sum(sqrt(digits(a * b))) AS affinity,
				 sum(abs(a - b)) / 2 AS total_variation,
				 max(abs(a - b)) AS l_infinity,
				 sum((a - b) * (a - b) / b) FILTER (WHERE b > 0) AS chi_square,
				 sum((fill_a - fill_b) * ln(fill_a / fill_b)) AS psi,
				 max(a) AS largest,
				 ln(max(exp(ln_a - ln_b)) FILTER (WHERE a > 0 AND b > 0)) AS largest_ratio,
				 count(*) FILTER (WHERE a > 0) AS support,
				 sum(b) FILTER (WHERE a > 0) AS covered,
				 coalesce(bool_or(a > 0 AND b = 0), false) AS outside,
				 coalesce(bool_or(b > 0 AND a = 0), false) AS missed,
				 bool_and(b IS NOT NULL) AS paired
		  FROM (SELECT *, digits(CASE WHEN a = 0 THEN 0.0001 ELSE a END) AS fill_a,
					   digits(CASE WHEN b = 0 THEN 0.0001 ELSE b END) AS fill_b FROM shares) AS filled
		  WHERE a IS NOT NULL
		  GROUP BY id, smoothed) AS sums,
		 LATERAL (VALUES
			('entropy', entropy, false),
			('perplexity', exp(entropy), false),
			('cross_entropy', cross_entropy, outside),
			('kl_divergence', kl, outside),
			('jeffreys_divergence', kl + reverse_kl, outside OR missed),
			('jsd', (to_middle + from_middle) / 2, false),
			('js_distance', sqrt(CASE WHEN to_middle + from_middle < 0 THEN 0 ELSE to_middle + from_middle END / 2), false),
			('hellinger_distance', sqrt(CASE WHEN affinity > 1 THEN 0 ELSE 1 - affinity END), false),
			('bhattacharyya_distance', -ln(nullif(affinity, 0)), affinity = 0),
			('total_variation', total_variation, false),
			('l_infinity', l_infinity, false),
			('chi_square_divergence', chi_square, outside),
			('psi', psi, false),
			('renyi_entropy 0', ln(support::numeric + digits(0)), false),
			('renyi_entropy 1', entropy, false),
			('renyi_entropy Infinity', -ln(largest), false),
			('renyi 0', -ln(nullif(covered, 0)), paired AND coalesce(covered, 0) = 0),
			('renyi 1', kl, outside),
			('renyi Infinity', largest_ratio, outside)) AS m (measure, value, infinite);

	INSERT INTO exact
	SELECT id, smoothed, measure, value, infinite
	FROM (SELECT id, smoothed, alpha,
				 sum(renyi_term(alpha, ln_a, 0)) FILTER (WHERE a > 0) AS own,
				 sum(renyi_term(alpha, ln_a, ln_b)) FILTER (WHERE a > 0 AND b > 0) AS common,
				 bool_or(a > 0 AND b = 0) AND alpha > 1 AS outside,
				 bool_and(b IS NOT NULL) AS paired
		  FROM shares, unnest(orders) AS alpha
		  WHERE a IS NOT NULL
		  GROUP BY id, smoothed, alpha) AS sums,
		 LATERAL (VALUES
			('renyi_entropy ' || alpha, ln(own) / (1 - alpha), false),
			('renyi ' || alpha, ln(nullif(common, 0)) / (alpha - 1), outside OR paired AND coalesce(common, 0) = 0)) AS m (measure, value, infinite);
$$;
