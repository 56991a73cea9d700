# What must hold of statistics of random counts, for Fuzz.pm.

package FuzzStatistics;

use strict;
use warnings;

use Exporter 'import';

our @EXPORT = qw(@statistics_checks);

our @statistics_checks = (
	[ 'the critical value of a level has this p-value', <<'END' ],
SELECT id, kind, 'numbers', '', 'chi_square_critical_value', format('%s for level %s, df %s', chi_square_p_value(critical, df), level, df)
FROM cases, LATERAL (VALUES (cardinality(p)::float8, 1 / (1 + id::float8)), (cardinality(p) + 0.5, 1e-9)) AS v (df, level),
	 LATERAL chi_square_critical_value(level, df) AS critical
WHERE (abs(chi_square_p_value(critical, df) - level) <= 1e-11 * level) IS NOT TRUE
END
	[ 'more power asks for more divergence, more observations for less', <<'END' ],
SELECT id, kind, 'numbers', '', name, format('%s and %s', critical, detectable)
FROM cases, (SELECT name FROM divergence_measures() WHERE name IN ('psi', 'jsd', 'kl_divergence', 'hellinger_distance')) AS m,
	 LATERAL (SELECT divergence_critical_value(cardinality(p) + 1, 100 + id, 1000, name) AS critical,
					 divergence_critical_value(cardinality(p) + 1, 101 + id, 1000, name) AS next_critical,
					 detectable_divergence(cardinality(p) + 1, 100 + id, 1000, name) AS detectable,
					 detectable_divergence(cardinality(p) + 1, 101 + id, 1000, name) AS next_detectable,
					 detectable_divergence(cardinality(p) + 1, 100 + id, 1000, name, power => 0.81) AS with_power) AS v
WHERE (critical > next_critical AND next_critical > 0 AND with_power > detectable AND detectable > next_detectable AND next_detectable > 0) IS NOT TRUE
END
	[ 'estimates of entropy are not below 0, and the same for histograms', <<'END' ],
SELECT id, kind, 'arrays', '', estimator, array_value || ' and ' || histogram_value
FROM cases JOIN given USING (id), LATERAL (SELECT kind IN ('counts', 'disjoint', 'with NULLs', 'one-sided', 'many') AS counted) AS c, (VALUES ('chao_wang_jost'), ('miller_madow')) AS e (estimator),
	 LATERAL (SELECT entropy_estimate(CASE WHEN counted THEN given.p END, estimator) AS array_value,
					 entropy_estimate(CASE WHEN counted THEN hp END, estimator) AS histogram_value) AS v
WHERE variant = 'plain' AND counted
  AND ((array_value IS NULL) <> (histogram_value IS NULL) OR NOT array_value >= 0 OR NOT abs(array_value - histogram_value) <= 1e-13 * array_value)
END
	[ 'evidence is that of its logarithm, and the same for histograms', <<'END' ],
SELECT id, kind, 'arrays', '', 'sequential_test', one::text || ' and ' || other::text
FROM cases JOIN given USING (id), LATERAL (SELECT kind IN ('counts', 'disjoint', 'one-sided', 'many') AS counted) AS c,
	 LATERAL (SELECT sequential_test(CASE WHEN counted THEN given.p END, given.q) AS one, sequential_test(CASE WHEN counted THEN hp END, hq) AS other) AS v
WHERE variant = 'plain' AND counted
  AND (((one).p_value IS NULL) <> ((other).p_value IS NULL)
	   OR NOT ((one).p_value >= 0 AND (one).p_value <= 1)
	   OR NOT ((one).log_e_value = (other).log_e_value OR abs((one).log_e_value - (other).log_e_value) <= 1e-11 * greatest(1, abs((one).log_e_value)))
	   OR NOT abs((one).p_value - exp(-least(greatest((one).log_e_value, 0), 600))) <= 1e-11)
END
	[ 'adjusted p-values are not below their own, and in a window those of the array', <<'END' ],
SELECT id, kind, method, '', 'p_adjust', format('%s, %s and %s of %s', in_array, in_window, own, adjusted)
FROM (SELECT id, kind, method, own, adjusted, adjusted[bin] AS in_array, p_adjust(own, method) OVER (PARTITION BY id, method) AS in_window
	  FROM cases, (VALUES ('benjamini_hochberg'), ('holm'), ('bonferroni')) AS m (method),
		   LATERAL (SELECT array_agg(least(coalesce(w, 0) / 20, 1) ORDER BY bin) AS own_values FROM unnest(p) WITH ORDINALITY AS u (w, bin)) AS a,
		   LATERAL p_adjust(own_values, method) AS adjusted, LATERAL unnest(own_values) WITH ORDINALITY AS o (own, bin)
	  WHERE kind IN ('counts', 'disjoint', 'one-sided')) AS s
WHERE (in_array >= own AND in_array <= 1 AND in_array = in_window) IS NOT TRUE
END
);

1;
