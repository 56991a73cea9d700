# What must hold of models whose parameters are made of random weights, for Fuzz.pm.

package FuzzModels;

use strict;
use warnings;

use Exporter 'import';

our @EXPORT = qw(@model_checks);

our @model_checks = (
	[ 'divergences of Gaussians are not negative, 0 if and only if equal, and grow with the order', <<'END' ],
SELECT id, kind, bin::text, '', 'gaussian', concat_ws(' ', half, kl, two, hellinger, other_hellinger, wasserstein)
FROM (SELECT id, kind, bin, coalesce(w.p, 1) AS m1, coalesce(w.q, 2) AS m2, 1 + coalesce(w.q, 0) / 3 AS s1, 1 + coalesce(w.p, 0) / 3 AS s2 FROM cases, unnest(p, q) WITH ORDINALITY AS w (p, q, bin) WHERE kind <> 'of all sizes') AS g,
	 LATERAL (SELECT gaussian_kl_divergence(m1, s1, m2, s2) AS kl, gaussian_renyi(m1, s1, m2, s2, 0.5) AS half, gaussian_renyi(m1, s1, m2, s2, 2) AS two,
					 gaussian_hellinger_distance(m1, s1, m2, s2) AS hellinger, gaussian_hellinger_distance(m2, s2, m1, s1) AS other_hellinger, gaussian_wasserstein_distance(m1, s1, m2, s2) AS wasserstein) AS v
WHERE ((kl = 0) = (m1 = m2 AND s1 = s2) AND (hellinger = 0) = (kl = 0) AND (wasserstein = 0) = (kl = 0) AND half >= 0 AND half <= kl * (1 + 1e-14) AND kl <= two * (1 + 1e-14)
	   AND hellinger = other_hellinger AND hellinger <= 1 AND abs(half - -2 * ln(greatest(1 - hellinger ^ 2, 1e-9))) <= 1e-6 + CASE WHEN half > 30 THEN half ELSE 0 END) IS NOT TRUE
END
	[ 'dimensions add up, and are a diagonal covariance', <<'END' ],
SELECT id, kind, 'arrays', '', 'multivariate_gaussian_kl_divergence', format('%s, %s and %s', added, diagonal, full_covariance)
FROM (SELECT id, kind, array_agg(m1 ORDER BY bin) AS m1, array_agg(s1 ORDER BY bin) AS s1, array_agg(m2 ORDER BY bin) AS m2, array_agg(s2 ORDER BY bin) AS s2, sum(gaussian_kl_divergence(m1, s1, m2, s2)) AS added
	  FROM (SELECT id, kind, bin, coalesce(w.p, 1) AS m1, coalesce(w.q, 2) AS m2, 1 + coalesce(w.q, 0) / 4 AS s1, 1 + coalesce(w.p, 0) / 4 AS s2 FROM cases, unnest(p, q) WITH ORDINALITY AS w (p, q, bin) WHERE kind IN ('counts', 'with NULLs', 'one-sided')) AS g
	  GROUP BY id, kind) AS g,
	 LATERAL (SELECT array_agg(r1 ORDER BY i) AS c1, array_agg(r2 ORDER BY i) AS c2 FROM generate_series(1, cardinality(m1)) AS i,
		LATERAL (SELECT array_agg(CASE WHEN i = j THEN s1[i] ^ 2 ELSE 0 END ORDER BY j) AS r1, array_agg(CASE WHEN i = j THEN s2[i] ^ 2 ELSE 0 END ORDER BY j) AS r2 FROM generate_series(1, cardinality(m1)) AS j) AS r) AS c,
	 LATERAL (SELECT gaussian_kl_divergence(m1, s1, m2, s2) AS diagonal, multivariate_gaussian_kl_divergence(m1, c1, m2, c2) AS full_covariance) AS v
WHERE (abs(diagonal - added) <= 1e-14 * added AND abs(full_covariance - added) <= 1e-13 * added) IS NOT TRUE
END
	[ 'the standard Gaussian is one of them', <<'END' ],
SELECT id, kind, bin::text, '', 'vae_kl_divergence', vae || ' and ' || gaussian
FROM (SELECT id, kind, bin, coalesce(w.p, 1) AS m, coalesce(w.q, 2) - 5 AS v FROM cases, unnest(p, q) WITH ORDINALITY AS w (p, q, bin) WHERE kind IN ('counts', 'with NULLs', 'one-sided', 'many')) AS g,
	 LATERAL (SELECT vae_kl_divergence(m, v) AS vae, gaussian_kl_divergence(m, exp(v / 2), 0, 1) AS gaussian) AS d
WHERE (abs(vae - gaussian) <= 1e-12 * gaussian + 1e-28) IS NOT TRUE
END
	[ 'rates add up as weights do', <<'END' ],
SELECT id, kind, 'arrays', '', 'poisson_kl_divergence', format('%s, not %s', added, chained)
FROM (SELECT id, kind, c.p, c.q, sum(poisson_kl_divergence(coalesce(w.p, 0), coalesce(w.q, 0))) AS added, sum(coalesce(w.p, 0)) AS p_total, sum(coalesce(w.q, 0)) AS q_total
	  FROM cases AS c, unnest(c.p, c.q) AS w (p, q) WHERE kind NOT IN ('of all sizes') GROUP BY id, kind, c.p, c.q) AS s,
	 LATERAL (SELECT poisson_kl_divergence(p_total, q_total) + p_total * coalesce(kl_divergence(p, q), 0) AS chained) AS v
WHERE q_total > 0 AND p_total > 0 AND (added = chained OR abs(added - chained) <= 1e-13 * added + 1e-27 * p_total) IS NOT TRUE
END
	[ 'tokens have the mean of their estimates', <<'END' ],
SELECT id, kind, estimator, '', 'sampled_kl_divergence', of_array || ' and ' || of_tokens
FROM (SELECT id, kind, estimator, sampled_kl_divergence(array_agg(-w.p), array_agg(-w.q), estimator) AS of_array, avg(sampled_kl_divergence(-w.p, -w.q, estimator)) AS of_tokens, count(w.p + w.q) AS tokens
	  FROM cases AS c, (VALUES ('k1'), ('k2'), ('k3')) AS e (estimator), unnest(c.p, c.q) AS w (p, q) WHERE kind IN ('counts', 'with NULLs', 'one-sided', 'many') GROUP BY id, kind, estimator) AS s
WHERE ((of_array IS NULL) = (tokens = 0) AND (tokens = 0 OR (estimator = 'k1' OR of_array >= 0) AND abs(of_array - of_tokens) <= 1e-13 * abs(of_tokens) + 1e-13 * CASE estimator WHEN 'k1' THEN 100 ELSE 0 END)) IS NOT TRUE
END
	[ 'what is kept of histograms has their total, and no larger divergence', <<'END' ],
SELECT id, kind, 'histograms', '', 'histogram_keep', format('%s of %s, and %s of %s', kept, total, bound, kl)
FROM cases JOIN given USING (id), LATERAL (SELECT ARRAY(SELECT l FROM unnest(histogram_labels(hp)) WITH ORDINALITY AS u (l, i) WHERE (i + id) % 3 = 0) || '{never}' AS labels) AS l,
	 LATERAL (SELECT histogram_keep(hp, labels) AS kept_p, histogram_keep(hq, labels) AS kept_q) AS k,
	 LATERAL (SELECT histogram_total(kept_p) AS kept, histogram_total(hp) AS total, kl_divergence(kept_p, kept_q) AS bound, kl_divergence(hp, hq) AS kl) AS v
WHERE variant = 'plain' AND (abs(kept - total) <= 1e-15 * total AND kept_p -> 'never' = 0 AND histogram_bin_count(kept_p) = cardinality(labels) + 1
	   AND (kl IS NULL AND bound IS NULL OR bound <= kl * (1 + 1e-13) + 1e-30)) IS NOT TRUE
END
	[ 'log-probabilities give back the probabilities', <<'END' ],
SELECT id, kind, 'histograms', '', 'logprobs_to_histogram', again::text || ' of ' || shares::text
FROM (SELECT id, kind, shares, logprobs_to_histogram(jsonb_object_agg(label, ln(weight)) FILTER (WHERE weight > 0)) AS again
	  FROM cases JOIN given USING (id), LATERAL to_distribution(hp) AS shares, histogram_bins(shares) AS bins WHERE variant = 'plain' AND kind IN ('counts', 'many', 'disjoint') GROUP BY id, kind, shares) AS s
WHERE (total_variation(again, shares) <= 1e-14 AND abs(histogram_total(again) - 1) <= 1e-14 AND again -> '(other)' <= 1e-14) IS NOT TRUE
END
);

1;
