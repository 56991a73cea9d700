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
	[ 'tests of counts are those of the formulas, of arrays, histograms and rows', <<'END' ],
SELECT id, kind, statistic, question, 'test', coalesce(found::text, 'NULL') || ' instead of ' || coalesce(exact::text, 'NULL')
FROM (SELECT id, kind, sum(digits(d * d) / (n_p * n_q * c)) FILTER (WHERE c > 0) AS chi_square,
			 CASE WHEN bool_or(p > 0 AND q = 0) THEN 'Infinity' ELSE (sum(digits(d * d) / (n_p * n_q * q)) FILTER (WHERE q > 0))::text END AS fit,
			 CASE WHEN max(c) < 1000 THEN 2 * (sum(p * ln(digits(p * n) / (c * n_p))) FILTER (WHERE p > 0) + sum(q * ln(digits(q * n) / (c * n_q))) FILTER (WHERE q > 0)) END AS g
	  FROM (SELECT *, p + q AS c, n_p + n_q AS n, p * n_q - q * n_p AS d
			FROM (SELECT id, kind, coalesce(u, 0) AS p, coalesce(v, 0) AS q, sum(u) OVER (PARTITION BY id) AS n_p, sum(v) OVER (PARTITION BY id) AS n_q
				  FROM cases, unnest(p_exact, q_exact) AS w (u, v) WHERE kind IN ('counts', 'large counts', 'disjoint', 'with NULLs', 'nearly certain', 'one-sided', 'many')) AS w) AS b
	  WHERE n_p > 0 AND n_q > 0 GROUP BY id, kind) AS e JOIN given USING (id),
	 LATERAL (SELECT w.*, (SELECT homogeneity_test(w.p, w.q) FROM unnest(given.p, given.q) AS w (p, q)) AS of_rows, (SELECT goodness_of_fit_test(w.p, w.q) FROM unnest(given.p, given.q) AS w (p, q)) AS fit_of_rows
			  FROM (VALUES ('chi_square', chi_square::text, fit), ('g', g::text, NULL)) AS w (statistic, exact_test, exact_fit)) AS s,
	 LATERAL (VALUES ('homogeneity', homogeneity_test(given.p, given.q, statistic), exact_test), ('homogeneity', homogeneity_test(hp, hq, statistic), exact_test),
					 ('homogeneity', independence_test(ARRAY[given.p, given.q], statistic), exact_test), ('homogeneity', homogeneity_test(ARRAY[hp, hq], statistic), exact_test),
					 ('homogeneity', of_rows, chi_square::text), ('fit', goodness_of_fit_test(given.p, given.q, statistic), exact_fit),
					 ('fit', goodness_of_fit_test(hp, hq, statistic), exact_fit), ('fit', fit_of_rows, fit)) AS v (question, found, exact)
WHERE variant = 'plain'
  AND (((found).p_value = chi_square_p_value((found).statistic, (found).df)) IS NOT TRUE
	   OR CASE WHEN exact = 'Infinity' THEN (found).statistic <> exact::float8 WHEN exact IS NULL THEN false
			   ELSE abs((found).statistic::text::numeric - exact::numeric) > 1e-14 * exact::numeric + 1e-45 END)
END
	[ 'standardized residuals add up to the statistic, the largest first', <<'END' ],
SELECT id, kind, 'arrays', '', 'standardized_residuals', format('%s instead of %s', total, test)
FROM cases, LATERAL (SELECT homogeneity_test(CASE WHEN kind IN ('counts', 'disjoint', 'with NULLs', 'one-sided', 'many') THEN p END, q) AS test) AS t,
	 LATERAL (SELECT sum(residual ^ 2 * (1 - (r.p + r.q) / (test).n)) AS total, coalesce(bool_and(abs(residual) <= before), true) AS sorted
			  FROM (SELECT *, lag(abs(residual)) OVER () AS before FROM standardized_residuals(cases.p, cases.q)) AS r WHERE test IS NOT NULL) AS s
WHERE (test).df > 0 AND (abs(total - (test).statistic) <= 1e-13 * (test).statistic AND sorted) IS NOT TRUE
END
	[ 'merged bins are enough, and fewer', <<'END' ],
SELECT id, kind, 'arrays', statistic, 'homogeneity_test', format('%s of %s', merged, test)
FROM cases, LATERAL (SELECT CASE WHEN kind IN ('counts', 'disjoint', 'with NULLs', 'one-sided', 'many') THEN p END AS counts) AS c, (VALUES ('chi_square'), ('g')) AS s (statistic),
	 LATERAL (SELECT homogeneity_test(counts, q, statistic) AS test, homogeneity_test(counts, q, statistic, min_expected => 3) AS merged) AS t
WHERE test IS NOT NULL
  AND (((merged).min_expected >= 3 OR (merged).df = 0) AND (merged).df <= (test).df AND (merged).n = (test).n AND (merged).statistic <= (test).statistic * (1 + 1e-14)) IS NOT TRUE
END
);

1;
