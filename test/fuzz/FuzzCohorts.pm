# What must hold of many cohorts made of random weights, and of calibration, for Fuzz.pm.

package FuzzCohorts;

use strict;
use warnings;

use Exporter 'import';

our @EXPORT = qw(@cohort_checks);

our @cohort_checks = (
	[ 'the divergence of two cohorts is jsd', <<'END' ],
SELECT id, kind, 'arrays', '', 'generalized_jsd', format('%s instead of %s', found, expected)
FROM (SELECT id, kind, generalized_jsd(ARRAY[p, q]) AS found, generalized_jsd(ARRAY[q, p, p], ARRAY[2, 1, 1]) AS turned, jsd(p, q) AS expected FROM cases WHERE cardinality(p) > 0) AS s
WHERE (found IS NULL) <> (expected IS NULL) OR abs(found - expected) > 1e-14 * expected OR abs(turned - expected) > 1e-14 * expected OR NOT found >= 0
END
	[ 'the divergence of many cohorts is the mean of those from their sum, at most the entropy of their weights, and the same of histograms', <<'END' ],
SELECT id, kind, 'arrays', '', 'generalized_jsd', format('%s instead of %s', found, parts)
FROM (SELECT id, kind, generalized_jsd(ARRAY[p, q, p], ARRAY[1, 5, 2]) AS found, generalized_jsd(ARRAY[p, q, p], ARRAY[1, 5, 2], 2) AS bits, entropy(ARRAY[1, 5, 2]) AS most,
		(3 * kl_divergence(to_distribution(p), m) + 5 * kl_divergence(to_distribution(q), m)) / 8 AS parts
	  FROM cases, LATERAL (SELECT array_agg((3 * coalesce(u, 0) + 5 * coalesce(v, 0)) / 8 ORDER BY bin) AS m FROM unnest(to_distribution(p), to_distribution(q)) WITH ORDINALITY AS w (u, v, bin)) AS m
	  WHERE kind IN ('counts', 'with NULLs', 'one-sided', 'many', 'disjoint')) AS s
WHERE (found IS NULL) <> (parts IS NULL) OR abs(found - parts) > 1e-13 * parts + 1e-15 OR NOT found <= most OR abs(bits * ln(2::float8) - found) > 1e-15 * found
END
	[ 'histograms in common or not have the bits of arrays', <<'END' ],
SELECT id, kind, 'histograms', '', 'generalized_jsd', format('%s instead of %s', found, expected)
FROM (SELECT id, kind, generalized_jsd(ARRAY[hp, hq, hq, hp], ARRAY[1, 2, 3, 4]) AS found, generalized_jsd(ARRAY[array_agg(coalesce(hp -> label, 0) ORDER BY label COLLATE "C"), array_agg(coalesce(hq -> label, 0) ORDER BY label COLLATE "C"),
		array_agg(coalesce(hq -> label, 0) ORDER BY label COLLATE "C"), array_agg(coalesce(hp -> label, 0) ORDER BY label COLLATE "C")], ARRAY[1, 2, 3, 4]) AS expected
	  FROM cases JOIN given USING (id), LATERAL (SELECT unnest(histogram_labels(hp)) UNION SELECT unnest(histogram_labels(hq))) AS l (label) WHERE variant = 'plain' GROUP BY id, kind, hp, hq) AS s
WHERE found IS DISTINCT FROM expected
END
	[ 'calibration is that of the groups, and the same in any order', <<'END' ],
SELECT id, kind, 'rows', '', 'calibration', format('%s, %s and %s instead of %s, %s and %s', ece, divergence, loss, e, d, l)
FROM (SELECT id, kind, expected_calibration_error(y, s, 7) AS ece, calibration_divergence(y, s, 7) AS divergence, log_loss(y, s) AS loss,
		expected_calibration_error(y, s, 7 ORDER BY s DESC) AS other_ece, calibration_divergence(y, s, 7 ORDER BY s) AS other_divergence, log_loss(y, s ORDER BY s DESC) AS other_loss,
		avg(CASE WHEN s = CASE WHEN y THEN 0 ELSE 1 END THEN 'Infinity' ELSE -ln(CASE WHEN y THEN s ELSE 1 - s END) END) AS l
	  FROM (SELECT id, kind, bin % 3 = 0 AS y, s FROM cases, unnest(to_distribution(p)) WITH ORDINALITY AS w (s, bin) WHERE kind IN ('counts', 'with NULLs', 'one-sided', 'many', 'disjoint')) AS w GROUP BY id, kind) AS a
JOIN (SELECT id, sum(n * abs(mean_y - mean_s)) / sum(n) AS e, sum(n * kl_divergence(ARRAY[mean_y, 1 - mean_y], ARRAY[mean_s, 1 - mean_s])) / sum(n) AS d
	  FROM (SELECT id, count(*) AS n, avg((bin % 3 = 0)::int)::float8 AS mean_y, avg(s) AS mean_s FROM cases, unnest(to_distribution(p)) WITH ORDINALITY AS w (s, bin)
			WHERE s IS NOT NULL GROUP BY id, least(6, width_bucket(s, '{0.14285714285714285,0.2857142857142857,0.42857142857142855,0.5714285714285714,0.7142857142857143,0.8571428571428571}'::float8[]))) AS g GROUP BY id) AS g USING (id)
WHERE (ece, divergence, loss) IS DISTINCT FROM (other_ece, other_divergence, other_loss) OR (abs(ece - e) <= 1e-14 AND (divergence = d OR abs(divergence - d) <= 1e-13 * d + 1e-15) AND (loss = l OR abs(loss - l) <= 1e-13 * l)) IS NOT TRUE
END
);

1;
