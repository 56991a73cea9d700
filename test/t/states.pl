# States of aggregates as bytes, as parallel workers send them: what is sent gives what was there, and damaged bytes give an error that
# says so, or some result, but never a crash, NaN, or memory for what is not there.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;

my $module = build_module('aggregate_states') // plan skip_all => 'no compiler for a module';

create_database('kldiv_states');
psql_ok($scramble . <<"END" . <<'END');
CREATE FUNCTION result_of_state(aggregate regprocedure, bytes bytea, twice boolean) RETURNS text LANGUAGE c VOLATILE STRICT AS '$module', 'result_of_state';
END
CREATE TABLE rows AS SELECT i, (scramble(i) % 7)::float8 AS p, (scramble(i + 1000) % 5 + CASE WHEN i % 9 = 0 THEN 0.25 ELSE 0 END)::float8 AS q, (scramble(i + 2000) % 12 - 3)::float8 / 2 AS x,
	'value ' || scramble(i + 3000) % 6 AS label, histogram(ARRAY['a', 'b', 'longer label ' || i % 3], ARRAY[i % 4, 0.1, 1]) AS h, i % 3 = 0 AS b
FROM generate_series(1, 60) AS i;
-- how an aggregate is called: by the types of its arguments
CREATE VIEW aggregates AS
SELECT f.oid::regprocedure AS aggregate, proname, aggtransfn::regproc AS transition, aggserialfn::regproc AS serialize, declared.types, call.arguments
FROM pg_aggregate AS a JOIN pg_proc AS f ON f.oid = aggfnoid JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = f.oid AND d.deptype = 'e',
	LATERAL (SELECT string_agg(CASE WHEN type = '"any"'::regtype AND provariadic <> 0 THEN 'text, text' WHEN type IN ('"any"'::regtype, 'anyelement'::regtype) THEN 'text' ELSE type::regtype::text END, ', ' ORDER BY n) AS types
			 FROM unnest(proargtypes) WITH ORDINALITY AS t (type, n)) AS declared,
	LATERAL (SELECT string_agg(CASE WHEN type = '"any"'::regtype AND provariadic <> 0 THEN 'x, ''{0,2}''::float8[], label, i' WHEN proname = 'kldiv_quantile_edges' AND n = 1 THEN 'x' WHEN type IN ('"any"'::regtype, 'anyelement'::regtype, 'text'::regtype) THEN CASE WHEN n = 1 THEN 'label' ELSE 'b' END
				WHEN type = 'histogram'::regtype THEN 'h' WHEN type = 'boolean'::regtype THEN 'b' WHEN type = 'float8[]'::regtype THEN '''{0,1,1,2}''::float8[]' WHEN type = 'integer'::regtype THEN '10' WHEN type = 'real'::regtype THEN 'p::real'
				ELSE CASE WHEN proname LIKE '%test' THEN format('floor(%s + 1)', (ARRAY['p', 'q'])[n]) ELSE (ARRAY['p', 'q', 'x'])[n] END END, ', ' ORDER BY n) AS arguments
			 FROM unnest(proargtypes) WITH ORDINALITY AS t (type, n)) AS call
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'kldiv') AND aggserialfn <> 0;
-- the same aggregate, which ends with the bytes of its state; for arguments of any type it has to be of any type, too
CREATE FUNCTION bytes_of(row_of aggregates) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
	result bytea;
	parameters text := (SELECT string_agg(CASE WHEN n = pronargs AND provariadic <> 0 THEN 'VARIADIC ' ELSE '' END || type::regtype, ', ' ORDER BY n) FROM pg_proc, unnest(proargtypes) WITH ORDINALITY AS t (type, n) WHERE pg_proc.oid = row_of.aggregate);
BEGIN
	EXECUTE format('CREATE AGGREGATE bytes(%s) (SFUNC = %s, STYPE = internal, FINALFUNC = %s)', parameters, row_of.transition, row_of.serialize);
	EXECUTE format('SELECT bytes(%s) FROM rows', row_of.arguments) INTO result;
	EXECUTE format('DROP AGGREGATE bytes(%s)', parameters);
	RETURN result;
END $$;
CREATE FUNCTION plain_result(row_of aggregates) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('SELECT %s(%s) FROM rows', row_of.proname, row_of.arguments) INTO result;
	RETURN result;
END $$;
CREATE TABLE states AS SELECT a.aggregate, bytes_of(a) AS bytes, plain_result(a) AS result FROM aggregates AS a;
-- the result, or the code of the error
CREATE FUNCTION outcome(aggregate regprocedure, bytes bytea, twice boolean) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN result_of_state(aggregate, bytes, twice);
EXCEPTION WHEN OTHERS THEN
	RETURN 'ERROR ' || SQLSTATE || ' ' || SQLERRM;
END $$;
-- bytes that are cut off, that have another value, or a number in their place, or more behind them
CREATE TABLE damaged AS
SELECT aggregate, 'cut off' AS how, substring(bytes FOR n) AS bytes FROM states, generate_series(0, least(length(bytes) - 1, 300)) AS n
UNION ALL SELECT aggregate, 'longer', bytes || '\x00' FROM states
UNION ALL SELECT aggregate, 'another byte', set_byte(bytes, n, (scramble(n * 77 + k) % 256)::int) FROM states, generate_series(0, least(length(bytes) - 1, 400)) AS n, generate_series(1, 3) AS k
UNION ALL SELECT aggregate, 'another number', overlay(bytes PLACING number FROM n + 1) FROM states, generate_series(0, least(length(bytes) - 8, 200)) AS n,
	unnest(ARRAY['\x7fffffff', '\xffffffff', '\x7ff8000000000000', '\x7ff0000000000000', '\xfff0000000000000', '\xbff0000000000000', '\x0000000000000001', '\x8000000000000000']::bytea[]) AS number;
END

cmp_ok(value_of('count(*) FROM states'), '>=', 10, 'there are states');
is(psql_ok('SELECT aggregate FROM states WHERE result IS NULL OR bytes IS NULL'), '', 'of something');
is(psql_ok("SELECT aggregate FROM states WHERE outcome(aggregate, bytes, false) IS DISTINCT FROM result"), '', 'what is sent is what was there');
is(psql_ok("SELECT aggregate, outcome(aggregate, bytes, true) FROM states WHERE outcome(aggregate, bytes, true) LIKE 'ERROR%'"), '', 'and can be added and sent on');
psql_ok('CREATE TABLE outcomes AS SELECT aggregate, how, bytes, outcome(aggregate, bytes, false) AS once, outcome(aggregate, bytes, true) AS twice FROM damaged');
cmp_ok(value_of('count(*) FROM outcomes'), '>', 10_000, 'damaged bytes are tried');
is(psql_ok("SELECT DISTINCT aggregate, how, message FROM outcomes, unnest(ARRAY[once, twice]) AS message WHERE message LIKE 'ERROR%' AND substring(message FROM 7 FOR 5) NOT IN ('22P03', '22003', '22023', '54000', '08P01', '22021') ORDER BY 1, 2 LIMIT 20"), '',
	'errors say that the bytes are damaged, or what they hold is too much');
is(psql_ok("SELECT aggregate, how, once FROM outcomes WHERE once ILIKE '%nan%' AND once NOT LIKE 'ERROR%' AND once !~ '\"' LIMIT 5"), '', 'no result is NaN');
is(psql_ok("SELECT aggregate, how, count(*) FROM outcomes WHERE how IN ('cut off', 'longer') AND once NOT LIKE 'ERROR%' GROUP BY 1, 2"), '', 'bytes that are missing or too many are an error');
diag(psql_ok("SELECT how || ': ' || count(*) || ', errors ' || count(*) FILTER (WHERE once LIKE 'ERROR%') FROM outcomes GROUP BY how ORDER BY how"));

done_testing();
