# What must hold of many distributions at once: a matrix and pairs have the values of the functions of two.
package FuzzComparisons;

use strict;
use warnings;

use Exporter 'import';

our @EXPORT = qw($comparison_tables $make_comparisons @comparison_checks);

# The measure, its options, the function of two, and whether it is symmetric
my @measures = (
	[ 'cross_entropy', '', 'cross_entropy(a, b)', 'false' ],
	[ 'kl_divergence', '', 'kl_divergence(a, b)', 'false' ],
	[ 'kl_divergence', ', base => 2, pseudocount => 0.5', 'kl_divergence(a, b, 2, 0.5)', 'false' ],
	[ 'jeffreys_divergence', '', 'jeffreys_divergence(a, b)', 'true' ],
	[ 'jsd', '', 'jsd(a, b)', 'true' ],
	[ 'jsd', ', pseudocount => 1', 'jsd(a, b, pseudocount => 1)', 'true' ],
	[ 'js_distance', ', base => 2', 'js_distance(a, b, 2)', 'true' ],
	[ 'hellinger_distance', '', 'hellinger_distance(a, b)', 'true' ],
	[ 'bhattacharyya_distance', '', 'bhattacharyya_distance(a, b)', 'true' ],
	[ 'total_variation', '', 'total_variation(a, b)', 'true' ],
	[ 'l_infinity', '', 'l_infinity(a, b)', 'true' ],
	[ 'chi_square_divergence', '', 'chi_square_divergence(a, b)', 'false' ],
	[ 'psi', '', 'psi(a, b)', 'true' ],
	[ 'psi', ', empty => 0', 'psi(a, b, 0)', 'true' ],
	map { [ 'renyi', ", alpha => $_", "renyi(a, b, $_)", 'false' ] } '0', '0.25', '0.5', '1', '2', '7', '1.0009765625', "'Infinity'");

# All rows of a kind, made as long as the longest of them
our $comparison_tables = <<'END';
CREATE TABLE distributions (kind text, ids int[], m float8[], h histogram[]);
CREATE TABLE scattered (kind text, ids int[], h histogram[]);
CREATE TABLE matrices (kind text, measure text, symmetrical boolean, m float8[], of_histograms float8[]);
CREATE TABLE compared (kind text, measure text, symmetrical boolean, a int, b int, value float8, pair float8);
CREATE FUNCTION collect_distributions() RETURNS void LANGUAGE sql AS $$
	INSERT INTO distributions
	SELECT kind, array_agg(i ORDER BY i), array_agg(w ORDER BY i), array_agg(histogram(in_order(w), w) ORDER BY i)
	FROM (SELECT kind, row_number() OVER (PARTITION BY kind ORDER BY id, side) AS i,
				 coalesce(w, '{}') || array_fill(0::float8, ARRAY[max(cardinality(w)) OVER (PARTITION BY kind) - cardinality(w)]) AS w
		  FROM cases, LATERAL (VALUES (1, p), (2, q)) AS s (side, w)) AS s
	WHERE i <= 14 GROUP BY kind;
	-- the same without what weighs nothing, beside others that have labels of their own, so that all have few in common
	INSERT INTO scattered
	SELECT kind, array_agg(i ORDER BY i), array_agg(h ORDER BY i)
	FROM (SELECT kind, i, (SELECT histogram(array_agg(n::text ORDER BY n), array_agg(weight ORDER BY n)) FROM unnest(m[i:i]) WITH ORDINALITY AS u (weight, n) WHERE weight > 0) AS h
		  FROM distributions, unnest(ids) AS i
		  UNION ALL
		  SELECT kind, 100 + i, (SELECT histogram(array_agg(format('own %s of %s', n, i)), array_agg(n::float8)) FROM generate_series(1, 20 + array_length(m, 2)) AS n)
		  FROM distributions, generate_series(1, 20) AS i) AS s
	GROUP BY kind;
$$;
END

our $make_comparisons = "TRUNCATE distributions, scattered, matrices, compared;\nSELECT FROM collect_distributions();\n" . join '', map {
	my ($name, $options, $function, $symmetrical) = @$_;
	my $title = "$name$options" =~ s/'/''/gr;

	"INSERT INTO matrices SELECT kind, '$title', $symmetrical, divergence_matrix(m, '$name'$options), divergence_matrix(h, '$name'$options) FROM distributions;\n"
	  . "INSERT INTO compared SELECT kind, '$title', $symmetrical, i, j, t.m[i][j], (SELECT $function FROM (SELECT ARRAY(SELECT unnest(d.m[i:i])) AS a, ARRAY(SELECT unnest(d.m[j:j])) AS b) AS s)\n"
	  . "FROM distributions AS d JOIN matrices AS t USING (kind), unnest(ids) AS i, unnest(ids) AS j WHERE measure = '$title';\n"
} @measures;

my $pairs = join ' UNION ALL ', map {
	my ($name, $options) = @$_;
	my $title = "$name$options" =~ s/'/''/gr;

	"SELECT kind, '$title' AS measure, p.*, q.divergence AS of_histograms FROM distributions,"
	  . " LATERAL divergence_pairs(ids, m, '$name'$options) WITH ORDINALITY AS p (a, b, divergence, n) LEFT JOIN LATERAL divergence_pairs(ids, h, '$name'$options) AS q USING (a, b)"
} @measures;
# The pseudocounts of scattered histograms go to labels that the function of two does not know
my $scattered = join ' UNION ALL ', map {
	my ($name, $options, $function, $symmetrical) = @$_;
	my $title = "$name$options" =~ s/'/''/gr;

	"SELECT kind, '$title' AS measure, first, second, divergence, $function AS pair FROM scattered, LATERAL divergence_pairs(ids, h, '$name'$options) AS s (first, second, divergence),"
	  . " LATERAL (SELECT coalesce(h[array_position(ids, first)], '{}') AS a, coalesce(h[array_position(ids, second)], '{}') AS b) AS sides"
} grep { $_->[1] !~ /pseudocount/ } @measures;
my $best = join ' UNION ALL ', map {
	my ($name, $options) = @$_;
	my $title = "$name$options" =~ s/'/''/gr;

	"SELECT kind, '$title' AS measure, (SELECT array_agg((a, b, divergence)::text) FROM divergence_pairs(ids, m, '$name', top => 7$options)) AS closest,"
	  . " (SELECT array_agg((a, b, divergence)::text) FROM divergence_pairs(ids, m, '$name', top => 7, farthest => true$options)) AS farthest,"
	  . " (SELECT array_agg((a, b, divergence)::text ORDER BY divergence, a, b) FROM divergence_pairs(ids, h, '$name', within => 0.25$options)) AS near FROM distributions"
} @measures;

our @comparison_checks = (
	[ 'a matrix has the values of the function of two', <<'END' ],
SELECT a, kind, 'matrix', b, measure, value || ' instead of ' || pair
FROM compared
WHERE CASE WHEN pair IS NULL THEN value IS NOT NULL
		   WHEN value IS NULL OR value = 'NaN' OR value < 0 OR value::text = '-0' OR (value = 0) <> (pair = 0) OR (value = 'Infinity') <> (pair = 'Infinity') THEN true
		   ELSE value <> pair AND abs(value - pair) > 1e-12 * pair END
   OR a = b AND measure !~ 'cross' AND value <> 0
END
	[ 'its halves are one to the last bit', <<'END' ],
SELECT x.a, kind, 'matrix', x.b, measure, x.value || ' and ' || y.value
FROM compared AS x JOIN compared AS y USING (kind, measure)
WHERE x.symmetrical AND x.a = y.b AND x.b = y.a AND float8send(x.value) IS DISTINCT FROM float8send(y.value)
END
	[ 'of histograms, it has the same bits', <<'END' ],
SELECT 0, kind, 'matrix', 0, measure, m::text || ' and ' || of_histograms::text FROM matrices WHERE m IS DISTINCT FROM of_histograms
END
	[ 'all pairs are there, with the values of the matrix', <<"END" ],
SELECT coalesce(p.a, c.a), kind, 'pairs', coalesce(p.b, c.b), measure, divergence || ' instead of ' || value
FROM ($pairs) AS p FULL JOIN (SELECT * FROM compared WHERE CASE WHEN symmetrical THEN a < b ELSE a <> b END) AS c USING (kind, measure, a, b)
WHERE p.a IS NULL OR c.a IS NULL OR (float8send(divergence), float8send(of_histograms)) IS DISTINCT FROM (float8send(value), float8send(value))
END
	[ 'of histograms with few labels in common, pairs have the values of the function of two', <<"END" ],
SELECT first, kind, 'pairs', second, measure, divergence || ' instead of ' || pair
FROM ($scattered) AS s
WHERE CASE WHEN pair IS NULL OR divergence IS NULL THEN divergence IS NOT NULL OR pair IS NOT NULL
		   WHEN divergence = 'NaN' OR divergence < 0 OR (divergence = 0) <> (pair = 0) OR (divergence = 'Infinity') <> (pair = 'Infinity') THEN true
		   ELSE divergence <> pair AND abs(divergence - pair) > 1e-12 * pair END
END
	[ 'the closest, the farthest, and those within', <<"END" ],
SELECT 0, kind, 'pairs', 0, measure, closest::text || ' or ' || farthest::text
FROM ($best) AS b,
	 LATERAL (SELECT array_agg((a, b, value)::text ORDER BY value, a, b) FILTER (WHERE low <= 7) AS lowest, array_agg((a, b, value)::text ORDER BY value DESC, a, b) FILTER (WHERE high <= 7) AS highest,
					 array_agg((a, b, value)::text ORDER BY value, a, b) FILTER (WHERE value <= 0.25) AS within
			  FROM (SELECT a, b, value, row_number() OVER (ORDER BY value, a, b) AS low, row_number() OVER (ORDER BY value DESC, a, b) AS high
					FROM compared AS c WHERE c.kind = b.kind AND c.measure = b.measure AND value IS NOT NULL AND CASE WHEN symmetrical THEN a < b ELSE a <> b END) AS s) AS c
WHERE (closest, farthest, near) IS DISTINCT FROM (lowest, highest, within)
END
	[ 'points of histograms have the bits of those of arrays', <<'END' ],
SELECT id, kind, 'hellinger_embeddings', '', '', points::text
FROM (SELECT id, kind, p, hellinger_embeddings(ARRAY[histogram(in_order(p), p), NULL]) AS points FROM cases WHERE hellinger_embedding(p) IS NOT NULL) AS s
WHERE (SELECT array_agg(x ORDER BY n) FROM unnest(points) WITH ORDINALITY AS u (x, n) WHERE n <= cardinality(p)) IS DISTINCT FROM hellinger_embedding(p)
   OR array_dims(points) <> '[1:2][1:' || cardinality(p) || ']' OR points[2][1] IS NOT NULL
END
	[ 'distances of points are those of Hellinger', <<'END' ]);
SELECT id, kind, 'hellinger_embedding', '', '', h || ' and ' || sqrt(squared)
FROM (SELECT id, kind, hellinger_distance(p, q) AS h, hellinger_embedding(p) AS a, hellinger_embedding(q) AS b FROM cases) AS s,
	 LATERAL (SELECT sum((x - y) ^ 2) AS squared, sum(x * x) AS of_a FROM unnest(a, b) AS u (x, y)) AS d
WHERE h IS NOT NULL AND NOT (abs(sqrt(squared) - h) <= 1e-14 AND abs(of_a - 0.5) <= 1e-14)
END

1;
