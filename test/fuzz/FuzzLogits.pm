# What must hold of logits, for Fuzz.pm: random weights are as good as any.

package FuzzLogits;

use strict;
use warnings;

use Exporter 'import';

our @EXPORT = qw(@logit_checks);

# Counts, and their logarithms with -Infinity for 0, as logits of cases that have something to say on both sides
my $logits = <<'END';
(SELECT id, kind, logits, l.a, l.b, t
	  FROM cases, LATERAL (VALUES ('weights', p, q), ('logarithms', ARRAY(SELECT ln(nullif(w, 0)) FROM unnest(p) AS w), ARRAY(SELECT coalesce(ln(nullif(w, 0)), '-Infinity') FROM unnest(q) AS w))) AS l (logits, a, b),
		   (VALUES (1.0), (2.0), (0.7), (1e300)) AS v (t)
	  WHERE kind IN ('counts', 'disjoint', 'with NULLs', 'one-sided', 'many') OFFSET 0) AS l
END

our @logit_checks = (
	[ 'logits give what their softmax does', <<END ],
SELECT id, kind, logits, t::text, name, by_logits || ' instead of ' || by_shares
FROM $logits,
	 LATERAL (SELECT softmax(a, t) AS p, softmax(b, t) AS q) AS s,
	 LATERAL (VALUES ('softmax_kl_divergence', softmax_kl_divergence(a, b, t), kl_divergence(s.p, s.q)), ('softmax_entropy', softmax_entropy(a, t), entropy(s.p)),
					 ('softmax_cross_entropy', softmax_cross_entropy(s.p, b, t), cross_entropy(s.p, s.q)), ('label', softmax_cross_entropy(1, b, t), -ln(nullif(s.q[1], 0)))) AS v (name, by_logits, by_shares)
WHERE ((by_logits IS NULL) <> (by_shares IS NULL) AND name <> 'label') OR by_logits < 0 OR by_logits = 'NaN'
   OR (by_shares < 500 AND NOT abs(by_logits - by_shares) <= 1e-12 * greatest(by_shares, 1))
END
	[ 'logits are 0 apart if equal, and what the sum of entropies says if not', <<END ],
SELECT id, kind, logits, t::text, 'softmax_kl_divergence', format('%s, %s of %s and %s', itself, divergence, entropy, cross_entropy)
FROM $logits,
	 LATERAL (SELECT softmax_kl_divergence(a, a, t) AS itself, softmax_kl_divergence(a, b, t) AS divergence, softmax_entropy(a, t) AS entropy, softmax_cross_entropy(softmax(a, t), b, t) AS cross_entropy) AS v
WHERE itself <> 0 OR (cross_entropy < 500 AND NOT abs(entropy + divergence - cross_entropy) <= 1e-12 * greatest(cross_entropy, 1))
END
	[ 'logsumexp is the same of arrays and rows', <<END ],
SELECT id, kind, logits, '', 'logsumexp', format('%s and %s', of_array, of_rows)
FROM $logits, LATERAL (SELECT logsumexp(a) AS of_array, (SELECT logsumexp(z) FROM unnest(a) AS z) AS of_rows) AS v
WHERE t = 1 AND ((of_array IS NULL) <> (of_rows IS NULL) OR NOT (of_array = of_rows OR abs(of_array - of_rows) <= 1e-13 * greatest(abs(of_array), 1)))
END
	[ 'real[] gives the bits of the same numbers in float8[]', <<END ],
SELECT id, kind, logits, t::text, name, format('%s instead of %s', of_reals, of_doubles)
FROM (SELECT *, p::float8[] AS wide_p, q::float8[] AS wide_q FROM (SELECT id, kind, logits, t, a::real[] AS p, b::real[] AS q FROM $logits OFFSET 0) AS r OFFSET 0) AS r,
	 LATERAL (VALUES ('softmax_kl_divergence', softmax_kl_divergence(p, q, t), softmax_kl_divergence(wide_p, wide_q, t)), ('softmax_entropy', softmax_entropy(p), softmax_entropy(wide_p)),
					 ('jsd', CASE WHEN logits = 'weights' THEN jsd(p, q) END, CASE WHEN logits = 'weights' THEN jsd(wide_p, wide_q) END),
					 ('softmax', (softmax(q, t))[1], (softmax(wide_q, t))[1])) AS v (name, of_reals, of_doubles)
WHERE of_reals IS DISTINCT FROM of_doubles
END
);

1;
