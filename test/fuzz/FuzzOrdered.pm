# What must hold of ordered measures of random weights at scattered positions, for Fuzz.pm.

package FuzzOrdered;

use strict;
use warnings;

use Exporter 'import';

our @EXPORT = qw(@ordered_checks);

our @ordered_checks = (
	[ 'ordered measures are those of the formulas, and the same over arrays, samples and rows', <<'END' ],
SELECT id, kind, measure, surface, 'ordered', coalesce(found::text, 'NULL') || ' instead of ' || coalesce(exact::text, 'NULL')
FROM (SELECT id, sum(abs(d) * width) / nullif(max(n_p * n_q), 0) AS w, sqrt(digits(2 * sum(d * d * width) / nullif(max(n_p * n_q) ^ 2, 0))) AS e, digits(max(abs(d))) / nullif(max(n_p * n_q), 0) AS ks
	  FROM (SELECT *, digits(sum(p) OVER up * n_q - sum(q) OVER up * n_p) AS d, coalesce(lead(x) OVER up - x, 0) AS width
			FROM (SELECT id, bin * 37 % 101 / 8.0 AS x, sum(coalesce(u, 0)) AS p, sum(coalesce(v, 0)) AS q, sum(sum(coalesce(u, 0))) OVER (PARTITION BY id) AS n_p, sum(sum(coalesce(v, 0))) OVER (PARTITION BY id) AS n_q
				  FROM cases, unnest(p_exact, q_exact) WITH ORDINALITY AS w (u, v, bin) GROUP BY id, x) AS at
			WINDOW up AS (PARTITION BY id ORDER BY x)) AS s GROUP BY id) AS e
	 JOIN (SELECT id, kind, c.p, c.q, array_agg(x) AS xs, wasserstein_distance(w.p, w.q, x) AS rows_w, energy_distance(w.p, w.q, x) AS rows_e, ks_statistic(w.p, w.q, x) AS rows_ks
		   FROM cases AS c, unnest(c.p, c.q) WITH ORDINALITY AS w (p, q, bin), LATERAL (SELECT bin * 37 % 101 / 8.0::float8 AS x) AS x GROUP BY id) AS c USING (id),
	 LATERAL (VALUES ('wasserstein', 'arrays', wasserstein_distance(p, q, xs), w), ('energy', 'arrays', energy_distance(p, q, xs), e), ('ks', 'arrays', ks_statistic(p, q, xs), ks),
					 ('wasserstein', 'exchanged', wasserstein_distance(q, p, xs), w), ('energy', 'samples', sample_energy_distance(xs, xs, p, q), e), ('ks', 'samples', sample_ks_statistic(xs, xs, p, q), ks),
					 ('wasserstein', 'samples', sample_wasserstein_distance(xs, xs, p, q), w), ('wasserstein', 'rows', rows_w, w), ('energy', 'rows', rows_e, e), ('ks', 'rows', rows_ks, ks)) AS v (measure, surface, found, exact),
	 LATERAL (SELECT CASE measure WHEN 'wasserstein' THEN rows_w WHEN 'energy' THEN rows_e ELSE rows_ks END AS same) AS s
WHERE found IS DISTINCT FROM same OR (found IS NULL) <> (exact IS NULL) OR abs(found::text::numeric - exact) > 1e-14 * exact OR NOT found >= 0
END
	[ 'repeated values of samples are weights', <<'END' ],
SELECT id, kind, 'samples', '', 'sample_wasserstein_distance', format('%s and %s', (raw).w, weighted)
FROM (SELECT id, kind, p, q, xs, ARRAY(SELECT x FROM unnest(xs, p) AS u (x, n), generate_series(1, n::int)) AS x, ARRAY(SELECT x FROM unnest(xs, q) AS u (x, n), generate_series(1, n::int)) AS y
	  FROM (SELECT id, kind, p, q, ARRAY(SELECT bin * 37 % 101 / 8.0::float8 FROM generate_subscripts(p, 1) AS bin) AS xs FROM cases WHERE kind IN ('counts', 'disjoint', 'with NULLs', 'one-sided', 'many')) AS c) AS c,
	 LATERAL (SELECT ROW(sample_wasserstein_distance(x, y), sample_energy_distance(y, x), sample_ks_statistic(x, y))::text AS raw_text, sample_wasserstein_distance(x, y) AS w) AS raw,
	 LATERAL (SELECT ROW(wasserstein_distance(p, q, xs), energy_distance(p, q, xs), ks_statistic(p, q, xs))::text AS weighted) AS v
WHERE raw_text IS DISTINCT FROM weighted
END
	[ 'bins with other edges are where they were', <<'END' ],
SELECT id, kind, 'histograms', '', 'energy_distance', format('%s of %s, %s and %s', moved, w, one, other)
FROM cases JOIN given USING (id), LATERAL (SELECT histogram_agg(format('[%s, %s)', bin, bin + 1), u) AS p_bins, histogram_agg(format('[%s, %s)', bin, bin + 1), v) AS q_bins, histogram_agg(format('[%s,%s)', bin + 0.5 * half, bin + 0.5 * half + 0.5), u / 2) AS p_halves,
			 histogram_agg(bin, u) AS p_points, histogram_agg(bin, v) AS q_points, array_agg(bin) AS xs FROM unnest(given.p, given.q) WITH ORDINALITY AS w (u, v, bin), generate_series(0, 1) AS half) AS h,
	 LATERAL (SELECT wasserstein_distance(p_bins, q_bins) AS w, wasserstein_distance(p_halves, q_bins) AS moved, energy_distance(p_bins, q_bins) AS one, energy_distance(p_halves, q_bins) AS other, ks_statistic(p_bins, q_bins) AS ks, ks_statistic(p_points, q_points) AS of_points) AS v
WHERE variant = 'plain' AND (w IS NULL) = (histogram_total(p_bins) = 0 OR histogram_total(q_bins) = 0) IS NOT TRUE
   OR variant = 'plain' AND kind NOT LIKE '%nearly%' AND (abs(moved - w) > 1e-13 * w OR abs(one - other) > 1e-13 * one OR abs(ks - of_points) > 1e-13 * ks)
END
	[ 'a larger difference is less probable, and the largest as rare as its paths', <<'END' ],
SELECT id, kind, 'numbers', '', 'ks_p_value', format('%s, %s and %s', p, of_more, of_all)
FROM (SELECT id, kind, cardinality(p)::float8 AS n, 1 + id % 50 AS m, ks_statistic(p, q, ARRAY(SELECT bin FROM generate_subscripts(p, 1) AS bin)) AS d FROM cases) AS c,
	 LATERAL (SELECT ks_p_value(d, n, m) AS p, ks_p_value(least(d + 0.1, 1), m, n) AS of_more, ks_p_value(1, n, m) AS of_all, 2 * exp(sum(ln(i / (n + i)))) AS paths FROM generate_series(1, m) AS i) AS v
WHERE d IS NOT NULL AND (p >= of_more AND of_more >= of_all AND p <= 1 AND abs(of_all - paths) <= 1e-12 * paths) IS NOT TRUE
END
	[ 'values are in the bins that their labels show', <<'END' ],
SELECT id, kind, bin::text, '', 'bin_label', concat_ws(' ', v, by_width, by_digits)
FROM cases, unnest(p, q) WITH ORDINALITY AS w (u, s, bin), LATERAL (SELECT (u - coalesce(s, 0)) / (1 + bin) AS v) AS v, LATERAL (SELECT width_bin_label(v, 0.1 * bin, origin => 0.7) AS by_width, log_bin_label(v, 1 + (bin % 4)::int) AS by_digits) AS l,
	 LATERAL (SELECT histogram_edges(histogram(ARRAY[by_width], ARRAY[1])) AS w_edges, histogram_edges(histogram(ARRAY[by_digits], ARRAY[1])) AS d_edges) AS e
WHERE v IS NOT NULL AND NOT (CASE WHEN by_width LIKE '[%' THEN v >= w_edges[1] AND v < w_edges[2] AND abs(w_edges[2] - w_edges[1] - 0.1 * bin) < 1e-2 * bin ELSE by_width::float8 = v END
	AND CASE WHEN v > 0 THEN v >= d_edges[1] AND v < d_edges[2] WHEN v < 0 THEN v > d_edges[1] AND v <= d_edges[2] ELSE by_digits = '0' END)
END
	[ 'rebinned histograms keep their weight, and finer edges every distance', <<'END' ],
SELECT id, kind, 'histograms', '', 'histogram_rebin', format('%s, %s and %s', h, rebinned, again)
FROM (SELECT id, kind, histogram_agg(log_bin_label(bin, 1), u) AS h, histogram_agg(width_bin_label(bin, 7), v) AS g FROM cases, unnest(p, q) WITH ORDINALITY AS w (u, v, bin) GROUP BY id) AS c,
	 LATERAL (SELECT ARRAY(SELECT DISTINCT unnest(histogram_edges(h) || histogram_edges(g) || '{3.5,11.25}') ORDER BY 1) AS edges) AS e, LATERAL (SELECT histogram_rebin(h, edges) AS rebinned) AS r, LATERAL (SELECT histogram_rebin(rebinned, edges) AS again) AS a
WHERE NOT (abs(histogram_total(h) - histogram_total(rebinned)) <= 1e-14 * histogram_total(h) AND again = rebinned AND abs(wasserstein_distance(h, rebinned)) <= 1e-12
		   AND abs(ks_statistic(h, g) - ks_statistic(rebinned, g)) <= 1e-13)
END
	[ 'quantiles invert the distribution function', <<'END' ],
SELECT id, kind, f::text, '', 'histogram_quantile', format('%s of %s: %s below', x, h, below)
FROM (SELECT id, kind, histogram_agg(log_bin_label(bin, 1), u) AS h FROM cases, unnest(p) WITH ORDINALITY AS w (u, bin) GROUP BY id) AS c, unnest('{0.125,0.5,0.75}'::float8[]) WITH ORDINALITY AS f (f, i),
	 LATERAL (SELECT histogram_quantile(h, f) AS x, (histogram_quantiles(h, '{0.125,0.5,0.75}'))[i] AS of_many) AS q, LATERAL (SELECT (SELECT sum(weight) FROM histogram_bins(histogram_rebin(h, ARRAY[x])) WHERE label LIKE '00%') / histogram_total(h) AS below) AS b
WHERE histogram_total(h) > 0 AND NOT (x = of_many AND abs(below - f) <= 1e-13)
END
	[ 'estimates do not depend on the order of values, nor on their unit', <<'END' ],
SELECT id, kind, method, '', 'differential_entropy', format('%s and %s, %s and %s', entropy, of_other, divergence, other_divergence)
FROM (SELECT id, kind, array_agg(bin * 37 % 101 / 8.0 + coalesce(u, 0) ORDER BY bin) AS x, array_agg((bin * 37 % 101 / 8.0 + coalesce(u, 0)) * 4 ORDER BY bin DESC) AS x4, array_agg(coalesce(v, 0) ORDER BY bin) AS y, array_agg(coalesce(v, 0) * 4 ORDER BY bin DESC) AS y4
	  FROM cases, unnest(p, q) WITH ORDINALITY AS w (u, v, bin) WHERE kind NOT LIKE '%nearly%' AND kind NOT LIKE '%sizes' GROUP BY id) AS c, unnest('{auto,vasicek,ebrahimi,van_es}'::text[]) AS method,
	 LATERAL (SELECT differential_entropy(x, method) AS entropy, differential_entropy(x4, method) - ln(4) AS of_other, knn_kl_divergence(x, y, 2) AS divergence, knn_kl_divergence(x4, y4, 2) AS other_divergence) AS v
WHERE NOT (entropy = of_other OR abs(entropy - of_other) <= 1e-13 * (abs(entropy) + 10)) OR divergence IS DISTINCT FROM other_divergence OR (entropy IS NULL) <> (cardinality(x) < 5)
END
	[ 'no ordered measure is beyond total variation', <<'END' ],
SELECT id, kind, 'arrays', '', 'ks_statistic', format('%s of %s', ks, tv)
FROM cases, LATERAL (SELECT ARRAY(SELECT bin FROM generate_subscripts(p, 1) AS bin) AS xs) AS x, LATERAL (SELECT ks_statistic(p, q, xs) AS ks, total_variation(p, q) AS tv, wasserstein_distance(p, q, xs) AS w) AS v
WHERE NOT (ks <= tv * (1 + 1e-14) AND w <= tv * cardinality(p) * (1 + 1e-14))
END
);

1;
