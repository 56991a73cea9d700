# What must hold of measures of dependence, where p and q are the rows of a table, for Fuzz.pm.

package FuzzJoint;

use strict;
use warnings;

use Exporter 'import';

our @EXPORT = qw(@joint_checks);

our @joint_checks = (
	[ 'dependence is that of the formulas, and the same over arrays and histograms', <<'END' ],
SELECT id, kind, measure, surface, 'dependence', coalesce(found::text, 'NULL') || ' instead of ' || coalesce(exact::text, 'NULL')
FROM (SELECT id, i, left_open, CASE WHEN x > 0 THEN i / x END AS u, CASE WHEN x + y > 0 THEN 2 * i / (x + y) END AS nmi
	  FROM (SELECT id, sum(CASE WHEN n > 0 THEN n / total * ln(digits(n * total / (r * c))) ELSE 0 END) AS i, sum(CASE WHEN n > 0 THEN n / total * ln(digits(c / n)) ELSE 0 END) AS left_open,
				   sum(CASE WHEN n > 0 THEN n / total * ln(digits(total / r)) ELSE 0 END) AS x, sum(CASE WHEN n > 0 THEN n / total * ln(digits(total / c)) ELSE 0 END) AS y
			FROM (SELECT id, n, digits(sum(n) OVER (PARTITION BY id)) AS total, digits(sum(n) OVER (PARTITION BY id, side)) AS r, digits(sum(n) OVER (PARTITION BY id, bin)) AS c
				  FROM cases, unnest(p_exact, q_exact) WITH ORDINALITY AS w (u, v, bin), LATERAL (VALUES (1, digits(coalesce(u, 0))), (2, digits(coalesce(v, 0)))) AS s (side, n)) AS cells
			WHERE total > 0 GROUP BY id) AS sums) AS e
	 RIGHT JOIN (SELECT id, kind, ARRAY[p, q] AS t, h, turned FROM cases,
				 LATERAL (SELECT histogram_agg(jsonb_build_array(side, bin)::text, n) AS h FROM unnest(p, q) WITH ORDINALITY AS w (u, v, bin), LATERAL (VALUES ('p', u), ('q', v)) AS s (side, n)) AS h,
				 LATERAL (SELECT array_agg(ARRAY[u, v] ORDER BY bin) AS turned FROM unnest(p, q) WITH ORDINALITY AS w (u, v, bin)) AS c) AS c USING (id),
	 LATERAL (VALUES ('information', 'array', mutual_information(t), i), ('left open', 'array', conditional_entropy(t), left_open), ('u', 'array', theils_u(t), u), ('nmi', 'array', normalized_mutual_information(t), nmi),
					 ('information', 'histogram', mutual_information(h), i), ('left open', 'histogram', conditional_entropy(h), left_open), ('u', 'histogram', theils_u(h), u), ('nmi', 'histogram', normalized_mutual_information(h), nmi),
					 ('information', 'turned', mutual_information(turned), i), ('nmi', 'turned', normalized_mutual_information(turned), nmi)) AS v (measure, surface, found, exact)
WHERE (found IS NULL) <> (exact IS NULL) OR abs(found::text::numeric - exact) > 1e-14 * exact + 1e-60 OR NOT found >= 0 OR (measure IN ('u', 'nmi') AND found > 1)
   OR surface = 'turned' AND found IS DISTINCT FROM CASE measure WHEN 'nmi' THEN normalized_mutual_information(t) ELSE mutual_information(t) END
END
	[ 'rows have the bits of the table of their counts', <<'END' ],
SELECT id, kind, 'rows', '', 'dependence', format('%s and %s', of_rows, of_table)
FROM (SELECT id, kind, p, q, (SELECT ROW(mutual_information(side, bin), conditional_entropy(side, bin), normalized_mutual_information(side, bin), theils_u(side, bin))::text
							 FROM unnest(p, q) WITH ORDINALITY AS w (u, v, bin), LATERAL (VALUES ('p', u), ('q', v)) AS s (side, n), generate_series(1, n::int)) AS of_rows,
			 (SELECT ARRAY[array_agg(u ORDER BY bin::text COLLATE "C"), array_agg(v ORDER BY bin::text COLLATE "C")] FROM unnest(p, q) WITH ORDINALITY AS w (u, v, bin) WHERE coalesce(u, 0) + coalesce(v, 0) > 0) AS t
	  FROM cases WHERE kind IN ('counts', 'disjoint', 'with NULLs', 'one-sided', 'many')) AS c, LATERAL (SELECT ROW(mutual_information(t), conditional_entropy(t), normalized_mutual_information(t), theils_u(t))::text AS of_table) AS v
WHERE of_rows IS DISTINCT FROM of_table
END
	[ 'information is the divergence from the product of the margins, and no test is surer than it', <<'END' ],
SELECT id, kind, 'arrays', '', 'product_of_margins', format('%s and %s', divergence, i)
FROM cases, LATERAL (SELECT ARRAY[p, q] AS t) AS t, LATERAL (SELECT product_of_margins(t) AS product, mutual_information(t) AS i) AS m, LATERAL (SELECT kl_divergence(t, product) AS divergence, mutual_information(product) AS of_product) AS v
WHERE i IS NOT NULL AND kind IN ('counts', 'disjoint', 'with NULLs', 'one-sided', 'many') AND NOT (abs(divergence - i) <= 1e-15 + 1e-12 * i AND of_product < 1e-25 AND abs((independence_test(t, 'g')).statistic - 2 * i * (independence_test(t)).n) <= 1e-9)
END
);

1;
