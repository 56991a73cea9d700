# What must hold of histograms, of the functions that make and read them, and of bin_label.
package FuzzHistograms;

use strict;
use warnings;

use Exporter 'import';

our @EXPORT = qw($histogram_functions $make_histograms @histogram_checks);

# Labels in the order of bins, and others that need escapes or sort otherwise; the cases as histograms
our $histogram_functions = <<'END';
CREATE FUNCTION in_order(weights float8[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
	$$SELECT coalesce(array_agg(to_char(bin, 'FM00000') ORDER BY bin), '{}') FROM generate_subscripts(weights, 1) AS bin$$;
CREATE FUNCTION any_label(bin bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE bin % 8 WHEN 0 THEN bin::text WHEN 1 THEN 'a "' || bin || '\' WHEN 2 THEN E'\n\t' || bin WHEN 3 THEN 'Ä' || bin
		   WHEN 4 THEN nullif('€' || bin, '€4') WHEN 5 THEN ' ' || bin WHEN 6 THEN repeat('x', bin::int) ELSE E'\x01' || bin END
$$;
CREATE FUNCTION label(bin bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$SELECT coalesce(any_label(bin), '')$$;
-- a table, since just-in-time compilation would see to a function at every call
CREATE TABLE names AS SELECT bin, label(bin) AS name FROM generate_series(1::bigint, 200) AS bin;
CREATE TABLE maps (id int PRIMARY KEY, kind text, whole boolean, p histogram, q histogram);
CREATE TABLE returned (id int, p histogram, q histogram);
CREATE FUNCTION map_cases() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	file text := current_setting('data_directory') || '/kldiv_fuzz.copy';
BEGIN
	INSERT INTO maps
	SELECT id, kind, kind IN ('counts', 'disjoint', 'with NULLs', 'one-sided', 'many'),
		   histogram(array_agg(label(bin)), array_agg(w.p)), coalesce(histogram_agg(label(bin), w.q) FILTER (WHERE w.q > 0), '{}')
	FROM cases AS c, unnest(c.p, c.q) WITH ORDINALITY AS w (p, q, bin) GROUP BY id;
	-- through the binary form
	EXECUTE format('COPY (SELECT id, p, q FROM maps) TO %L (FORMAT binary)', file);
	EXECUTE format('COPY returned FROM %L (FORMAT binary)', file);
END $$;
-- h1 + h2 + ..., one after the other
CREATE FUNCTION plus_all(hs histogram[]) RETURNS histogram LANGUAGE plpgsql STRICT AS $$
DECLARE
	result histogram := '{}';
	h histogram;
BEGIN
	FOREACH h IN ARRAY hs LOOP
		result := result + h;
	END LOOP;
	RETURN result;
END $$;
CREATE FUNCTION bits(h histogram) RETURNS bytea LANGUAGE sql IMMUTABLE AS 'SELECT histogram_send(h)';
CREATE FUNCTION near(a float8, b float8, bar float8) RETURNS boolean LANGUAGE sql IMMUTABLE AS
	'SELECT a = b OR abs(a - b) <= bar * abs(b)';
END

our $make_histograms = "TRUNCATE maps, returned;\nSELECT FROM map_cases();\nANALYZE maps;\n";

my @summed = (
	[ 'kl_divergence', 1 ], [ 'cross_entropy', 1 ], [ 'jeffreys_divergence', 1 ], [ 'jsd', 1 ], [ 'psi', 1 ], [ 'chi_square_divergence', 1 ],
	[ 'total_variation', 1 ], [ 'js_distance', 2 ], [ 'hellinger_distance', 2 ]);
my $wholes = join ', ', map { my ($name, $power) = @$_; "('$name', $name(p, q) ^ $power)" } @summed;

our @histogram_checks = (
	[ 'histograms have the bits of arrays', <<'END' ],
SELECT id, kind, variant, '', measure, one.value || ' and ' || other.value
FROM found AS one JOIN found AS other USING (id, variant, measure) JOIN cases USING (id)
WHERE one.surface = 'arrays' AND other.surface = 'histograms' AND float8send(one.value) IS DISTINCT FROM float8send(other.value)
END
	[ 'in the order of the labels', <<'END' ],
SELECT id, kind, '', '', '', ''
FROM maps JOIN (SELECT id, array_agg(w.p ORDER BY label(bin) COLLATE "C") AS a, array_agg(w.q ORDER BY label(bin) COLLATE "C") AS b
				FROM cases AS c, unnest(c.p, c.q) WITH ORDINALITY AS w (p, q, bin) GROUP BY id) AS s USING (id)
WHERE (kl_divergence(p, q), jsd(p, q), psi(p, q), renyi(p, q, 2), hellinger_distance(p, q), entropy(p))
  IS DISTINCT FROM (kl_divergence(a, b), jsd(a, b), psi(a, b), renyi(a, b, 2), hellinger_distance(a, b), entropy(a))
END
	[ 'text, json, jsonb and binary keep every bit', <<'END' ],
SELECT id, kind, 'histograms', '', '', maps.p::text
FROM maps JOIN returned AS r USING (id)
WHERE NOT (bits(maps.p::text::histogram) = bits(maps.p) AND bits(maps.p::jsonb::histogram) = bits(maps.p) AND bits(maps.p::json::histogram) = bits(maps.p)
		   AND bits(r.p) = bits(maps.p) AND bits(r.q) = bits(maps.q) AND r.p = maps.p)
END
	[ 'parts make the whole', <<'END' ],
SELECT id, kind, 'histograms', '', '', p::text
FROM maps AS m
WHERE NOT (histogram(histogram_labels(p), histogram_weights(p)) = p AND (SELECT histogram_agg(label, weight) FROM histogram_bins(p)) = p
		   AND histogram_bin_count(p) = cardinality(histogram_labels(p)) AND near(histogram_total(p), (SELECT sum(w) FROM unnest(histogram_weights(p)) AS w), 1e-14)
		   AND (SELECT bool_and(histogram_weight(p, label) = weight) FROM histogram_bins(p)) AND histogram_weight(p, 'absent') = 0
		   AND (SELECT bool_and(label > before COLLATE "C") IS NOT false FROM (SELECT label, lag(label) OVER () AS before FROM histogram_bins(p)) AS s)
		   AND histogram_trim(p) = coalesce((SELECT histogram_agg(label, weight) FROM histogram_bins(p) WHERE weight > 0), '{}')
		   AND histogram_top(p, 1000) = p AND near(histogram_total(histogram_top(p, 3)), histogram_total(p), 1e-14)
		   AND histogram_bin_count(histogram_top(p, 3)) = least(4, histogram_bin_count(p))
		   AND histogram_top(p, 3, NULL) = coalesce((SELECT histogram_agg(label, weight) FROM (SELECT * FROM histogram_bins(p) ORDER BY weight DESC, label COLLATE "C" LIMIT 3) AS s), '{}')
		   AND (SELECT count(*) FROM histogram_bars(p)) = histogram_bin_count(p) AND (SELECT count(*) FROM histogram_bars(p, q, 7)) = 2 * histogram_bin_count(p + q))
END
	[ 'rows are counted', <<'END' ],
SELECT id, kind, 'histograms', '', '', maps.p::text || ' ' || counted
FROM maps JOIN cases AS c USING (id, kind), LATERAL (SELECT histogram_agg(label(bin)) AS counted, text_histogram_agg(label(bin)) AS texts
		FROM unnest(c.p) WITH ORDINALITY AS w (w, bin), generate_series(1, CASE WHEN whole THEN w::int ELSE 0 END)) AS s
WHERE whole AND (coalesce(counted, '{}') <> histogram_trim(maps.p) OR texts IS DISTINCT FROM counted)
END
	[ 'arithmetic', <<'END' ],
SELECT id, kind, 'histograms', '', '', p || ' ' || q
FROM maps
WHERE NOT (bits(p + q) = bits(q + p) AND bits(p + p) = bits(2 * p) AND bits(p * 2) = bits(2 * p) AND bits(0.5 * (2 * p)) = bits(p) AND p + '{}' = p
		   AND histogram_trim(p - p) = '{}' AND (NOT whole OR histogram_trim((p + q) - q) = histogram_trim(p))
		   AND near(histogram_total((p + q) - q), histogram_total(p), CASE WHEN whole THEN 0 ELSE 1e-14 * (1 + histogram_total(p + q) / nullif(histogram_total(p), 0)) END))
END
	[ 'the shares', <<'END' ],
SELECT id, kind, 'histograms', '', 'to_distribution', maps.p::text
FROM maps JOIN (SELECT id, c.pseudocount::float8, histogram(array_agg(label(bin)), array_agg(w)) AS a, histogram(array_agg(label(bin)), array_agg(s)) AS b FROM cases AS c,
		LATERAL (SELECT w, s, bin FROM unnest(to_distribution(c.p), to_distribution(c.p, coalesce(c.pseudocount::float8, 0.25))) WITH ORDINALITY AS u (w, s, bin)) AS u GROUP BY id) AS s USING (id)
WHERE (bits(to_distribution(p)), bits(to_distribution(p, coalesce(pseudocount, 0.25)))) IS DISTINCT FROM (bits(a), bits(b)) AND to_distribution(p) IS NOT NULL
END
	[ 'order, equality and hashes agree', <<'END' ],
SELECT a.id, b.kind, 'histograms', '', '', a.p || ' ' || b.p
FROM maps AS a, maps AS b
WHERE b.id BETWEEN a.id AND a.id + 5
  AND NOT ((a.p = b.p) = (a.p::text = b.p::text) AND (a.p <> b.p) = NOT (a.p = b.p) AND (a.p < b.p)::int + (a.p = b.p)::int + (a.p > b.p)::int = 1
		   AND (a.p <= b.p) = NOT (a.p > b.p) AND (a.p >= b.p) = NOT (a.p < b.p) AND (a.p < b.p) = (b.p > a.p)
		   AND sign(histogram_cmp(a.p, b.p)) = (a.p > b.p)::int - (a.p < b.p)::int
		   AND (a.p <> b.p OR histogram_hash(a.p) = histogram_hash(b.p) AND histogram_hash_extended(a.p, 7) = histogram_hash_extended(b.p, 7)))
END
	[ 'a sum is repeated +, in moving frames too', <<'END' ],
SELECT id, kind, 'histograms', whole::text, 'sum', ''
FROM (SELECT id, kind, whole, sum(p) OVER moving AS moved, sum(p) FILTER (WHERE id % 3 > 0) OVER moving AS filtered, sum(p) OVER growing AS grown FROM maps
	  WINDOW moving AS (PARTITION BY whole ORDER BY id ROWS BETWEEN 4 PRECEDING AND 1 PRECEDING), growing AS (PARTITION BY whole ORDER BY id)) AS s,
	 LATERAL (SELECT plus_all(array_agg(p ORDER BY id)) AS plain, sum(p ORDER BY id) AS again, sum(p ORDER BY id) FILTER (WHERE id % 3 > 0) AS again_filtered
			  FROM (SELECT id, p FROM maps WHERE id < s.id AND whole = s.whole ORDER BY id DESC LIMIT 4) AS f) AS f,
	 LATERAL (SELECT sum(p ORDER BY id) AS all_of_them FROM maps WHERE id <= s.id AND whole = s.whole) AS g
WHERE (bits(moved), bits(filtered), bits(grown)) IS DISTINCT FROM (bits(again), bits(again_filtered), bits(all_of_them))
   OR plain IS NOT NULL AND (histogram_labels(moved) <> histogram_labels(plain) OR whole AND moved <> plain OR NOT near(histogram_total(moved), histogram_total(plain), 1e-14))
END
	[ 'a mean is a sum divided by the number', <<'END' ],
SELECT id, kind, 'histograms', whole::text, 'avg', ''
FROM (SELECT id, kind, whole, avg(p) OVER moving AS moved, sum(p) OVER moving / nullif(count(p) OVER moving, 0) AS again, avg(p) OVER growing AS grown, sum(p) OVER growing / count(p) OVER growing AS grown_again FROM maps
	  WINDOW moving AS (PARTITION BY whole ORDER BY id ROWS BETWEEN 4 PRECEDING AND 1 PRECEDING), growing AS (PARTITION BY whole ORDER BY id)) AS s
WHERE (bits(moved), bits(grown)) IS DISTINCT FROM (bits(again), bits(grown_again))
UNION ALL
SELECT id, kind, 'histograms', '', '->', b.label FROM maps, histogram_bins(p) AS b WHERE p -> b.label <> b.weight OR p -> (b.label || ' ') <> histogram_weight(p, b.label || ' ')
END
	[ 'so do rows that move', <<'END' ],
SELECT id, kind, 'histograms', '', 'histogram_agg', ''
FROM (SELECT id, kind, bin, histogram_agg(l, w) OVER moving AS moved, histogram_agg(l) OVER moving AS counted,
			 array_agg(l) OVER moving AS ls, array_agg(w) OVER moving AS ws
	  FROM (SELECT id, kind, bin, label(bin % 3) AS l, w FROM cases AS c, unnest(c.p) WITH ORDINALITY AS u (w, bin)) AS b
	  WINDOW moving AS (PARTITION BY id ORDER BY bin ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)) AS s,
	 LATERAL (SELECT histogram_agg(l, w) AS again, histogram_agg(l) AS again_counted FROM unnest(ls, ws) AS u (l, w)) AS f
WHERE bits(moved) IS DISTINCT FROM bits(again) OR counted IS DISTINCT FROM again_counted
END
	[ 'a report says of a column what its functions say', <<'END' ],
SELECT 0, 'columns', 'cohort_report', edges::text, q.h::text, p.h::text
FROM (SELECT jsonb_object_agg(column_name, jsonb_build_object('kind', kind, 'edges', edges)) AS edges FROM column_edges('SELECT id, kind, p[1] AS first, cardinality(q) AS length FROM cases WHERE id % 2 = 0')) AS e,
	 LATERAL cohort_report('SELECT id, kind, p[1] AS first, cardinality(q) AS length FROM cases', 'id % 2', '0', edges => edges) AS r
JOIN column_histograms('SELECT id, kind, p[1] AS first, cardinality(q) AS length FROM cases', 'id % 2', edges) AS p ON (p.column_name, p.cohort) = (r.column_name, r.cohort)
JOIN column_histograms('SELECT id, kind, p[1] AS first, cardinality(q) AS length FROM cases', 'id % 2', edges) AS q ON (q.column_name, q.cohort) = (r.column_name, '0')
WHERE r.value IS DISTINCT FROM jsd(p.h, q.h) AND r.kind NOT IN ('no data', 'too many values')
END
	[ 'columns are counted as one by one, and bins as their labels', <<'END' ],
SELECT id, kind, 'histograms_agg', edges::text, '', columns::text
FROM (SELECT id, kind, array_agg(w ORDER BY w) AS edges FROM cases AS c, unnest(c.p) AS w WHERE w IS NOT NULL GROUP BY id) AS e JOIN cases AS c USING (id, kind),
	 LATERAL (SELECT histograms_agg(label(bin), w, bin % 3, (bin * 1000003 % 999983)::bigint * bin, w::text, bin, '{0,1,1,4}'::float8[]) AS columns,
					 ARRAY[coalesce(histogram_agg(label(bin)), '{}'), coalesce(histogram_agg(w), '{}'), histogram_agg(bin % 3), histogram_agg(((bin * 1000003 % 999983)::bigint * bin)::text),
						   coalesce(histogram_agg(w::text), '{}'), histogram_agg(bin_label(bin, '{0,1,1,4}'))] AS one_by_one,
					 binned_histogram_agg(w, edges) AS binned, histogram_agg(bin_label(w, edges)) AS labels
			  FROM unnest(c.q || edges || '{-Infinity,Infinity,NaN,NULL,-0,1e300,-5e-324}'::float8[]) WITH ORDINALITY AS u (w, number), LATERAL (SELECT number::int AS bin) AS b) AS s
WHERE columns IS DISTINCT FROM one_by_one OR binned IS DISTINCT FROM labels
END
	[ 'contributions are not negative and add up', <<"END" ],
SELECT id, kind, 'histograms', '', name, whole_value || ' but ' || total || ' ' || shares
FROM (SELECT id, kind, name, value AS whole_value FROM maps, LATERAL (VALUES $wholes) AS v (name, value) WHERE value IS NOT NULL) AS v JOIN maps USING (id, kind),
	 LATERAL (SELECT sum(c.contribution) AS total, min(c.contribution) AS least, sum(c.share) AS shares, count(*) AS n,
					 bool_and(c.contribution <= before) IS NOT false AS sorted, sum(c.p) AS of_p, sum(c.q) AS of_q
			  FROM (SELECT d.*, lag(d.contribution) OVER () AS before FROM divergence_contributions(maps.p, maps.q, name) AS d) AS c) AS s
WHERE NOT (near(total, whole_value, 1e-12) AND least >= 0 AND sorted AND n = histogram_bin_count(maps.p + maps.q) AND near(of_p, 1, 1e-14) AND near(of_q, 1, 1e-14)
		   AND CASE WHEN whole_value = 0 OR whole_value = 'Infinity' THEN shares IS NULL ELSE near(shares, 1, 1e-12) END)
END
	[ 'those of arrays are the same', <<'END' ],
SELECT id, kind, 'arrays', '', '', ''
FROM cases, LATERAL (SELECT array_agg((to_char(label, 'FM00000'), a.p, a.q, contribution, share)::text) AS of_arrays FROM divergence_contributions(cases.p, cases.q, 'kl_divergence', base => 2) AS a) AS a,
	 LATERAL (SELECT array_agg((label, h.p, h.q, contribution, share)::text) AS of_histograms
			  FROM divergence_contributions(histogram(in_order(cases.p), cases.p), histogram(in_order(cases.q), cases.q), 'kl_divergence', base => 2) AS h) AS h
WHERE of_arrays IS DISTINCT FROM of_histograms
END
	[ 'bins of numbers are those of width_bucket, repeated edges have their own', <<'END' ]);
SELECT id, kind, 'bin_label', v::text, edges::text, label
FROM (SELECT id, kind, array_agg(w ORDER BY w) AS edges, array_agg(DISTINCT w ORDER BY w) AS different FROM cases AS c, unnest(c.p) AS w WHERE w IS NOT NULL GROUP BY id) AS e
	 JOIN cases AS c USING (id, kind), unnest(c.q || edges || '{-Infinity,Infinity,NaN,NULL,-0,1e300,-5e-324}'::float8[]) AS v,
	 LATERAL (SELECT bin_label(v, edges) AS label) AS l, LATERAL (SELECT regexp_match(label, '^(\d+) ([[(])(.*), (.*)([])])$') AS m) AS m,
	 LATERAL (SELECT count(*) AS points FROM (SELECT FROM unnest(edges) AS w WHERE w < v GROUP BY w HAVING count(*) > 1) AS w) AS w
WHERE CASE WHEN v IS NULL THEN label <> '(null)' WHEN v = 'NaN' THEN label <> '(nan)'
		   ELSE (m[1]::int = width_bucket(v, different) + points AND (v > m[3]::float8 OR v = m[3]::float8 AND m[2] = '[' OR m[3] = '-inf')
				 AND (v < m[4]::float8 OR v = m[4]::float8 AND m[5] = ']' OR m[4] = 'inf')) IS NOT true END
END

1;
