-- The closest pairs of many distributions, beside SciPy's pdist and a matrix product of NumPy.

CREATE TABLE closest_data AS
SELECT 1 AS position, 'uniform weights, 5,000 x 64' AS name, array_agg(i ORDER BY i) AS ids, array_agg(p ORDER BY i) AS m
FROM (SELECT i, array_agg(((hashint8(i * 1000 + bin) & 2147483647) + 1::float8) / 2147483648 ORDER BY bin) AS p
	  FROM generate_series(1, 5000) AS i, generate_series(1, 64) AS bin GROUP BY i) AS s
UNION ALL
SELECT 2, 'uniform weights, 2,000 x 256', array_agg(i ORDER BY i), array_agg(p ORDER BY i)
FROM (SELECT i, array_agg(((hashint8(i * 1000 + bin) & 2147483647) + 1::float8) / 2147483648 ORDER BY bin) AS p
	  FROM generate_series(1, 2000) AS i, generate_series(1, 256) AS bin GROUP BY i) AS s
UNION ALL
SELECT 3, '200 clusters, 5,000 x 64', array_agg(i ORDER BY i), array_agg(p ORDER BY i)
FROM (SELECT i, array_agg(((hashint8(i % 200 * 1000 + bin) & 2147483647) + 1::float8) / 2147483648
						  * (1 + 0.3 * ((hashint8(i * 1000 + bin + 500) & 1023) / 1024.0)) ORDER BY bin) AS p
	  FROM generate_series(1, 5000) AS i, generate_series(1, 64) AS bin GROUP BY i) AS s;
CREATE FUNCTION closest_peers(m float8[], OUT pdist float8, OUT product float8) LANGUAGE plpython3u AS $$
import time, numpy
from scipy.spatial.distance import pdist
rows = numpy.array(m)
rows /= rows.sum(axis=1)[:, None]
start = time.process_time()
distances = pdist(rows, 'jensenshannon')
numpy.argpartition(distances, 100)
middle = time.process_time()
roots = numpy.sqrt(rows).astype(numpy.float32)
products = roots @ roots.T
return 1000 * (middle - start), 1000 * (time.process_time() - middle)
$$;
CREATE TABLE closest_times (position int, name text, milliseconds float8);
CREATE PROCEDURE take_closest_times(rounds int) LANGUAGE plpgsql AS $$
DECLARE
	input record;
	contender record;
	peers record;
	start float8;
	former_too boolean := has_former();
BEGIN
	SET kldiv.threads = 1;
	IF former_too THEN
		PERFORM dblink_exec('former', 'SET kldiv.threads = 1');
	END IF;
	FOR turn IN 0 .. rounds LOOP		-- turn 0 warms up
		FOR input IN SELECT * FROM closest_data ORDER BY position LOOP
			FOR contender IN SELECT * FROM (VALUES ('top', 'top => 100'), ('within', 'within => 0.01'), ('all', 'within => ''Infinity''')) AS queries (name, options) LOOP
				start := cpu_milliseconds();
				EXECUTE format('SELECT count(*) FROM divergence_pairs($1, $2, %s)', contender.options) USING input.ids, input.m;
				INSERT INTO closest_times SELECT input.position, contender.name, cpu_milliseconds() - start WHERE turn > 0;
			END LOOP;
			IF former_too THEN
				INSERT INTO closest_times SELECT input.position, 'former', ms
				FROM dblink('former', format('SELECT cpu_of_query(''SELECT count(*) FROM closest_data AS d, divergence_pairs(d.ids, d.m, top => 100) WHERE d.position = %s'', ''1GB'', 0)', input.position)) AS t (ms float8) WHERE turn > 0;
			END IF;
			SELECT * INTO peers FROM closest_peers(input.m);
			INSERT INTO closest_times SELECT input.position, name, milliseconds FROM (VALUES ('pdist', peers.pdist), ('product', peers.product)) AS v (name, milliseconds) WHERE turn > 0;
		END LOOP;
	END LOOP;
END $$;
LOAD 'kldiv';
CALL take_closest_times(:rounds);

\echo
\echo '## The closest pairs'
\echo
\echo 'CPU time, one thread, ms. pdist is timed inside Python, with its 100 smallest distances; the product of roots in single'
\echo 'precision, by NumPy, is what a filter begins with, of both halves.'
\echo
\echo '| data | top => 100 | within => 0.01 | all pairs as rows | SciPy pdist | times faster than pdist | bar | top => 100 by 0.4.0 | times faster | bar | NumPy, product only |'
\echo '|---|---|---|---|---|---|---|---|---|---|---|'
SELECT format('| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |', d.name, top, within, all_pairs, pdist, round(pdist / top), CASE position WHEN 1 THEN '250 (AVX-512), 120 (AVX2)' END,
	former, round(former / top, 1), CASE position WHEN 2 THEN '4' ELSE '25' END, product)
FROM closest_data AS d,
	 LATERAL (SELECT round(max(ms) FILTER (WHERE t.name = 'top'), 1) AS top, round(max(ms) FILTER (WHERE t.name = 'within'), 1) AS within,
					 round(max(ms) FILTER (WHERE t.name = 'all'), 1) AS all_pairs, round(max(ms) FILTER (WHERE t.name = 'pdist'), 1) AS pdist,
					 round(max(ms) FILTER (WHERE t.name = 'product'), 1) AS product,
					 round(max(ms) FILTER (WHERE t.name = 'former'), 1) AS former
			  FROM (SELECT name, (percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds))::numeric AS ms FROM closest_times AS c WHERE c.position = d.position GROUP BY name) AS t) AS medians
ORDER BY position;

-- whole matrices, beside the version before
INSERT INTO turns (topic, position, name, query, against, bar, former)
SELECT 'panels', 2 * position + former::int, format('%s, 2,000 x 256%s', measure, CASE WHEN former THEN ', by 0.4.0' ELSE '' END),
	format('SELECT array_length(divergence_matrix(m, %L%s), 1) FROM closest_data WHERE position = 2', measure, CASE measure WHEN 'renyi' THEN ', alpha => 2' ELSE '' END), CASE WHEN former THEN 2 * position END, CASE WHEN former THEN bar ELSE '' END, former
FROM (VALUES (1, 'total_variation', '≥ 8'), (2, 'l_infinity', ''), (3, 'hellinger_distance', ''), (4, 'kl_divergence', ''), (5, 'jsd', ''), (6, 'renyi', '')) AS measures (position, measure, bar), unnest('{false,true}'::boolean[]) AS former;
SET kldiv.threads = 1;
CALL take_turns('panels', :rounds);
RESET kldiv.threads;

\echo
\echo '## Matrices, beside the version before'
\echo
SELECT lines_of_turns('panels');
