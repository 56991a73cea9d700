--
-- Functions over float8[] called with real[]
--
CREATE TABLE vectors (id int PRIMARY KEY, p real[], q real[], p_wide float8[], q_wide float8[]);
INSERT INTO vectors (id, p, q)
SELECT n, ARRAY(SELECT CASE WHEN n % 3 = 2 AND i % 5 = 1 THEN NULL ELSE round(100 * abs(sin(i::float8 * n)))::int END / 7.0 FROM generate_series(1, n) AS i),
	ARRAY(SELECT CASE WHEN n % 4 = 3 AND i % 7 = 2 THEN NULL ELSE 0.01 + abs(cos(i + n)) END FROM generate_series(1, n) AS i)
FROM unnest('{0,1,2,3,8,10,26,27,30,63,64,65,66,100,511,513,5000,70000}'::int[]) AS n;
INSERT INTO vectors (id, p, q) VALUES (-1, NULL, '{1,2}'), (-2, '{{1,2},{3,4}}', '{{0.1,2},{NULL,4}}'), (-3, '[5:7]={1,2,3}', '{3,NULL,1}'), (-4, '{NULL,NULL}', '{1,2}'), (-5, '{0,0}', '{1,2}');
UPDATE vectors SET p_wide = p, q_wide = q;
-- what is called in a query, however the plan looks otherwise
CREATE FUNCTION calls_in(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	calls text[] = '{}';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS off) ' || query LOOP
		calls := calls || ARRAY(SELECT m[1] FROM regexp_matches(line, '([a-z_.]+)\(', 'g') AS m WHERE m[1] NOT IN ('count'));
	END LOOP;
	RETURN array_to_string(ARRAY(SELECT DISTINCT c FROM unnest(calls) AS c ORDER BY c), ' ');
END $$;
-- the planner calls the twin, which takes them as they are
SELECT calls_in($$SELECT kl_divergence(p, q), entropy(p, base => 2), softmax_kl_divergence(q => p, p => q, temperature => 2) FROM vectors$$);
SELECT calls_in($$SELECT softmax_cross_entropy(3, p), softmax_cross_entropy(p, q), softmax(p), psi(p, q) FROM vectors WHERE jsd(p, q) > 0.1$$);
-- beside constants too, if their elements are no more than real; not beside columns of another type, or other casts
SELECT calls_in($$SELECT kl_divergence(p, '{1,2.5,NULL}'), kl_divergence('{1,0.5}', q) FROM vectors$$);
SELECT calls_in($$SELECT kl_divergence(p, '{1,0.1}') FROM vectors$$), calls_in($$SELECT kl_divergence(p, '{1,1e300}') FROM vectors$$), calls_in($$SELECT kl_divergence(p, q_wide) FROM vectors$$);
SELECT kl_divergence(p, '{1,0.1}') = kl_divergence(p_wide, '{1,0.1}') AS same FROM vectors WHERE id = 2;
SELECT calls_in($$SELECT kl_divergence(p_wide, '{1,2}'), kl_divergence(p::int[], q::numeric[]), kl_divergence(p, NULL) FROM vectors$$);
CREATE TABLE complete_vectors AS
SELECT v.*, c::real[] AS c, c::real[]::float8[] AS c_wide
FROM vectors AS v, LATERAL (SELECT coalesce(array_agg(line ORDER BY i), '{}') AS c
	FROM (SELECT i, array_agg(CASE WHEN i = j THEN 2.3 ELSE 0.1 END::float8 ORDER BY j) AS line FROM generate_series(1, least(id, 30)) AS i, generate_series(1, least(id, 30)) AS j GROUP BY i) AS l) AS s
WHERE array_position(p, NULL) IS NULL AND array_position(q, NULL) IS NULL AND id BETWEEN 1 AND 30;
-- the same bits, whatever function; NULLs, dimensions, lower bounds, few and many elements
DO $$
DECLARE
	f record;
	call text;
	other_call text;
	calls int := 0;
	differ int;
BEGIN
	FOR f IN SELECT oid, proname, pronargs, proargtypes::oid[] AS types, proargnames FROM pg_proc
		WHERE prosupport = (SELECT oid FROM pg_proc WHERE proname = 'kldiv_real_support') ORDER BY oid::regprocedure::text
	LOOP
		SELECT string_agg(CASE WHEN name = 'logprob' OR name ~ '^mean_|^mu$' THEN 'p' WHEN name ~ '^covariance_|^joint$' THEN 'c'
				WHEN types = 'float8[]'::regtype AND position = 1 THEN 'p' WHEN types = 'float8[]'::regtype THEN 'q' WHEN types = 'text'::regtype THEN quote_literal('k3')
				WHEN types IN ('bigint'::regtype, 'integer'::regtype) THEN '1' WHEN name = 'base' THEN '2' WHEN name IN ('alpha', 'temperature') THEN '1.5' ELSE '0.25' END, ', ' ORDER BY position)
		INTO call FROM unnest(f.types, f.proargnames[:f.pronargs]) WITH ORDINALITY AS a (types, name, position);
		other_call := format('%I(%s)', f.proname, regexp_replace(call, '\m([pqc])\M', '\1_wide', 'g'));
		call := format('%I(%s)', f.proname, call);
		IF calls_in(format('SELECT %s FROM complete_vectors', call)) <> format('kldiv_%s_real', f.proname) THEN
			RAISE NOTICE '% is called as it is', call;
		END IF;
		-- means, deviations and positions have to be there, covariances and tables to be matrices
		EXECUTE format('SELECT count(*) FROM %s WHERE %s IS DISTINCT FROM %s', CASE WHEN f.proname ~ 'gaussian|vae|wasserstein|energy|ks_|knn' OR 'joint' = ANY (f.proargnames) THEN 'complete_vectors' ELSE 'vectors' END, call, other_call) INTO differ;
		IF differ > 0 THEN
			RAISE NOTICE '% of %', differ, call;
		END IF;
		calls := calls + 1;
	END LOOP;
	RAISE NOTICE '% functions', calls;
END $$;
-- every function with this support has a twin of the same kind, and there are no others
SELECT f.oid::regprocedure FROM pg_proc AS f LEFT JOIN pg_proc AS t ON t.proname = format('kldiv_%s_real', f.proname) AND t.pronamespace = f.pronamespace AND
		t.proargtypes::oid[] = array_replace(f.proargtypes::oid[], 'float8[]'::regtype::oid, 'real[]'::regtype::oid)
WHERE f.prosupport = (SELECT oid FROM pg_proc WHERE proname = 'kldiv_real_support') AND
	((t.prorettype, t.provolatile, t.proisstrict, t.proparallel, t.procost, t.proretset, t.proargnames, t.pronargdefaults, t.proowner, t.proacl::text, t.probin,
		replace(pg_get_function_arguments(t.oid), 'real[]', 'double precision[]'), t.prosrc)
	 IS DISTINCT FROM (f.prorettype, f.provolatile, f.proisstrict, f.proparallel, f.procost, f.proretset, f.proargnames, f.pronargdefaults, f.proowner, f.proacl::text, f.probin,
		pg_get_function_arguments(f.oid), f.prosrc || '_real'));
SELECT count(*) AS twins, count(*) = (SELECT count(*) FROM pg_proc WHERE prosupport = (SELECT oid FROM pg_proc WHERE proname = 'kldiv_real_support')) AS no_others
FROM pg_proc WHERE proname ~ '^kldiv_.*_real$';
-- in views, prepared statements, PL/pgSQL and indexes
CREATE VIEW divergences AS SELECT id, jsd(p, q) FROM vectors;
SELECT pg_get_viewdef('divergences') ~ 'jsd' AND pg_get_viewdef('divergences') !~ '_real' AS as_it_was_written;
SELECT calls_in($$SELECT * FROM divergences$$);
PREPARE nearest (real[]) AS SELECT count(*) FROM vectors WHERE id > 0 AND id < 4 AND js_distance(p[1:1], $1) < 0.5;
SELECT calls_in($$EXECUTE nearest ('{1}')$$);
EXECUTE nearest ('{1}');
SET plan_cache_mode = force_generic_plan;
SELECT calls_in($$EXECUTE nearest ('{1}')$$);
EXECUTE nearest ('{1}');
RESET plan_cache_mode;
CREATE FUNCTION of_reals(p real[], q real[]) RETURNS float8 LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN kl_divergence(p, q); END';
SELECT count(*) AS rows, count(*) FILTER (WHERE of_reals(p, q) IS NOT DISTINCT FROM kl_divergence(p_wide, q_wide)) AS same FROM vectors;
CREATE INDEX vectors_entropy ON vectors (entropy(p)) WHERE total_variation(p, q) >= 0;
SELECT pg_get_indexdef('vectors_entropy'::regclass) ~ 'entropy' AND pg_get_indexdef('vectors_entropy'::regclass) !~ '_real' AS as_it_was_written;
SET enable_seqscan = off;
SELECT calls_in($$SELECT id FROM vectors WHERE entropy(p) > 4 AND total_variation(p, q) >= 0$$);
SELECT id FROM vectors WHERE entropy(p) > 4 AND total_variation(p, q) >= 0 ORDER BY id;
RESET enable_seqscan;
-- literals and parameters are as they were
SELECT entropy('{1,1}'::real[]), kl_divergence(ARRAY[1,2], ARRAY[2,1]), kl_divergence('{1,2}'::real[], '{2,1}');
-- errors are the same
SELECT kl_divergence(p, '{1,2,3}') FROM vectors WHERE id = 2;
SELECT entropy(ARRAY[id, -0.5]::real[]) FROM vectors WHERE id = 1;
SELECT softmax_entropy(ARRAY[id, 'NaN']::real[]) FROM vectors WHERE id = 1;
SELECT kldiv_entropy_real('{1,1}'), kldiv_entropy_real(NULL);
-- whoever may not call the function may not call it by way of its twin
CREATE ROLE regress_kldiv_reader;
GRANT SELECT ON vectors TO regress_kldiv_reader;
REVOKE EXECUTE ON FUNCTION entropy(float8[], float8) FROM PUBLIC;
SET ROLE regress_kldiv_reader;
SELECT entropy(p) FROM vectors WHERE id = 2;
SELECT perplexity(p) FROM vectors WHERE id = 2;
RESET ROLE;
SELECT calls_in($$SELECT entropy(p) FROM vectors WHERE id = 2$$);
GRANT EXECUTE ON FUNCTION entropy(float8[], float8) TO PUBLIC;
SELECT calls_in($$SELECT entropy(p) FROM vectors$$);
-- nor is a setting of the function lost
ALTER FUNCTION perplexity(float8[]) SET work_mem = '4MB';
SELECT calls_in($$SELECT perplexity(p) FROM vectors WHERE id = 2$$);
ALTER FUNCTION perplexity(float8[]) RESET ALL;
-- the twin is that of the function's schema
CREATE SCHEMA elsewhere;
ALTER EXTENSION kldiv SET SCHEMA elsewhere;
SELECT calls_in($$SELECT elsewhere.perplexity(p) FROM vectors WHERE id = 2$$);
ALTER EXTENSION kldiv SET SCHEMA public;
DROP SCHEMA elsewhere;
DROP TABLE complete_vectors;
DROP FUNCTION calls_in(text);
DROP FUNCTION of_reals(real[], real[]);
DROP TABLE vectors CASCADE;
DROP ROLE regress_kldiv_reader;
