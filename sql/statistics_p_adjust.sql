--
-- P-values adjusted for how many of them there are
--
SET extra_float_digits = 0;
-- published: R's p.adjust, and the p-values of Benjamini and Hochberg (1995)
SELECT method, p_adjust(ARRAY[0.0001,0.0004,0.0019,0.0095,0.0201,0.0278,0.0298,0.0344,0.0459,0.324,0.4262,0.5719,0.6528,0.759,1], method)
FROM unnest(ARRAY['benjamini_hochberg', 'benjamini_yekutieli', 'holm', 'bonferroni']) AS method;
-- arrays keep their shape, their lower bounds and their NULLs
SELECT p_adjust('[0:1][2:3]={{0.01,NULL},{0.04,0.03}}'::float8[]), p_adjust('{}'::float8[]), p_adjust(ARRAY[NULL,NULL]::float8[], 'holm'), p_adjust(ARRAY[0.5]);
SELECT p_adjust(NULL::float8[]), p_adjust(ARRAY[0.01,0.02], NULL), p_adjust(ARRAY[0,1,0,1], 'benjamini_yekutieli');
-- the window function sees the partition, whatever order and frame
CREATE TEMPORARY TABLE tests (feature text, grp int, p float8);
INSERT INTO tests VALUES ('a', 1, 0.04), ('b', 1, NULL), ('c', 1, 0.01), ('d', 1, 0.03), ('e', 2, 0.02), ('f', 3, NULL), ('g', 2, 0.02), ('h', 2, 0.5);
SELECT feature, p, p_adjust(p) OVER () AS all, p_adjust(p) OVER (PARTITION BY grp) AS in_group, p_adjust(p, 'holm') OVER (PARTITION BY grp) AS holm,
	p_adjust(p, 'bonferroni') OVER (PARTITION BY grp) AS bonferroni, p_adjust(p, method => 'benjamini_yekutieli') OVER (PARTITION BY grp) AS yekutieli
FROM tests ORDER BY feature;
SELECT bool_and(a IS NOT DISTINCT FROM b AND a IS NOT DISTINCT FROM c) AS same FROM (SELECT p_adjust(p) OVER () AS a, p_adjust(p) OVER (ORDER BY feature DESC) AS b,
	p_adjust(p) OVER (ORDER BY p ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) AS c FROM tests) AS s;
-- rows and arrays agree
SELECT method, (SELECT array_agg(a ORDER BY feature) FROM (SELECT feature, p_adjust(p, method) OVER () AS a FROM tests) AS s)
	= p_adjust((SELECT array_agg(p ORDER BY feature) FROM tests), method) AS same
FROM unnest(ARRAY['benjamini_hochberg', 'benjamini_yekutieli', 'holm', 'bonferroni']) AS method;
-- no rows; a window that is scanned again; over an aggregate; another type
SELECT p_adjust(p) OVER () FROM tests WHERE false;
SELECT n, (SELECT round(sum(a)::numeric, 6) FROM (SELECT p_adjust(p) OVER (PARTITION BY grp) AS a FROM tests WHERE grp <= n) AS s) AS total FROM generate_series(1, 3) AS n;
SELECT grp, p_adjust(min(p)) OVER () FROM tests GROUP BY grp ORDER BY grp;
SELECT p_adjust(0.04::numeric) OVER (), p_adjust(1) OVER ();
-- many
SELECT count(*), round(sum(a)::numeric, 3) AS total FROM (SELECT p_adjust(x / 100000.0) OVER () AS a FROM generate_series(1, 100000) AS x) AS s;
-- errors
SELECT p_adjust(ARRAY[0.5,1.5]);
SELECT p_adjust(ARRAY[NULL,-0.1]);
SELECT p_adjust(ARRAY['NaN']::float8[]);
SELECT p_adjust(ARRAY[0.5], 'hommel');
SELECT p_adjust(p + 1) OVER () FROM tests;
SELECT p_adjust('NaN'::float8) OVER ();
SELECT p_adjust(p, 'fdr') OVER () FROM tests;
SELECT p_adjust(p, CASE grp WHEN 1 THEN 'holm' ELSE 'bonferroni' END) OVER () FROM tests;
SELECT p_adjust(0.5::float8);
