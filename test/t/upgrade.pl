# Databases with an older kldiv: the new library serves them, and an update makes them what a new one is.

use strict;
use warnings;

use File::Temp;
use FindBin;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;

# All that can be seen of the extension's objects, one a line; whatever they refer to by name
my $objects = <<'END';
SELECT line FROM (
	SELECT 'function ' || concat_ws(' | ', f.oid::regprocedure, proname, pg_get_function_arguments(f.oid), pg_get_function_result(f.oid),
		prokind, provolatile, proparallel, proisstrict, proleakproof, prosecdef, proretset, procost, prorows, provariadic, prosupport,
		(SELECT lanname FROM pg_language AS l WHERE l.oid = prolang), prosrc, probin, proargnames, proargmodes, proconfig, proacl,
		obj_description(f.oid, 'pg_proc')) AS line
	FROM pg_proc AS f JOIN members AS m ON m.classid = 'pg_proc'::regclass AND m.objid = f.oid
	UNION ALL
	SELECT 'aggregate ' || concat_ws(' | ', a.aggfnoid::regprocedure, aggkind, aggnumdirectargs, aggtransfn, aggfinalfn, aggcombinefn, aggserialfn,
		aggdeserialfn, aggmtransfn, aggminvtransfn, aggmfinalfn, aggfinalextra, aggmfinalextra, aggfinalmodify, aggmfinalmodify, aggsortop,
		aggtranstype::regtype, aggtransspace, aggmtranstype::regtype, aggmtransspace, agginitval, aggminitval)
	FROM pg_aggregate AS a JOIN members AS m ON m.classid = 'pg_proc'::regclass AND m.objid = a.aggfnoid
	UNION ALL
	SELECT 'type ' || concat_ws(' | ', t.oid::regtype, typlen, typbyval, typtype, typcategory, typispreferred, typdelim, typalign, typstorage, typcollation,
		typinput, typoutput, typreceive, typsend, typmodin, typanalyze, obj_description(t.oid, 'pg_type'))
	FROM pg_type AS t JOIN members AS m ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
	UNION ALL
	SELECT 'operator ' || concat_ws(' | ', o.oid::regoperator, oprresult::regtype, oprcom::regoperator, oprnegate::regoperator, oprcode, oprrest, oprjoin,
		oprcanhash, oprcanmerge, obj_description(o.oid, 'pg_operator'))
	FROM pg_operator AS o JOIN members AS m ON m.classid = 'pg_operator'::regclass AND m.objid = o.oid
	UNION ALL
	SELECT 'cast ' || concat_ws(' | ', castsource::regtype, casttarget::regtype, castfunc::regprocedure, castcontext, castmethod)
	FROM pg_cast AS c JOIN members AS m ON m.classid = 'pg_cast'::regclass AND m.objid = c.oid
	UNION ALL
	SELECT 'member ' || pg_describe_object(classid, objid, objsubid) FROM members
	UNION ALL
	SELECT 'extension ' || concat_ws(' | ', extname, extversion, extrelocatable, extconfig, obj_description(oid, 'pg_extension')) FROM pg_extension WHERE extname = 'kldiv'
	UNION ALL
	SELECT 'dependency ' || pg_describe_object(d.classid, d.objid, d.objsubid) || ' on ' || pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid) || ' ' || d.deptype::text
	FROM pg_depend AS d JOIN members AS m ON m.classid = d.classid AND m.objid = d.objid
) AS lines ORDER BY line COLLATE "C"
END
$objects = "WITH members AS (SELECT * FROM pg_depend WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass"
  . " AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'kldiv')) $objects";

my $current = do { create_database('kldiv_fresh'); value_of("extversion FROM pg_extension WHERE extname = 'kldiv'") };
my $fresh = psql_ok($objects);

# As the tree says: not every server shows the versions of an extension that is not in its own directory
my $tree = "$FindBin::Bin/../..";
open my $control, '<', "$tree/kldiv.control" or die "kldiv.control: $!";
my ($default) = join('', <$control>) =~ /^default_version = '(.*)'$/m;
my @former = sort grep { $_ ne $current } map { m{--0\.1\.0\.sql$} ? '0.1.0' : m{--[^-]+--([^-]+)\.sql$} } glob "$tree/sql/kldiv--*.sql";

is($current, $default, "a new one is $default");
cmp_ok(scalar(grep { /^aggregate / } split /\n/, $fresh), '>=', 15, 'it has aggregates');
is($former[0], '0.1.0', 'there are former versions');

for my $version (@former)
{
	create_database('kldiv_former', without_extension => 1);
	psql_ok("CREATE EXTENSION kldiv VERSION '$version'");
	isnt(psql_ok($objects), $fresh, "$version is different");

	# every function of the former version, by the library of the new one
	my @functions = map { [ split /\|/ ] } split /\n/, psql_ok(<<'END');
SELECT f.oid::regproc, array_to_string(array(SELECT CASE t
		WHEN 'float8[]'::regtype THEN CASE n WHEN 1 THEN 'ARRAY[1,3]::float8[]' ELSE 'ARRAY[1,1]::float8[]' END
		WHEN to_regtype('histogram') THEN CASE n WHEN 1 THEN $h$'{"a": 1, "b": 3}'::histogram$h$ ELSE $h$'{"a": 1, "b": 1}'::histogram$h$ END
		WHEN 'text'::regtype THEN $t$'a'::text$t$ WHEN 'text[]'::regtype THEN $t$'{a,b}'::text[]$t$
		ELSE '2' END FROM unnest(proargtypes::oid[]) WITH ORDINALITY AS a (t, n) WHERE n <= pronargs - pronargdefaults ORDER BY n), ', ')
FROM pg_proc AS f JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = f.oid AND d.deptype = 'e'
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'kldiv') AND proname NOT LIKE 'kldiv%' AND prokind = 'f'
  AND proargtypes::oid[] <@ ARRAY['float8'::regtype, 'float8[]'::regtype, 'integer'::regtype, 'text'::regtype, 'text[]'::regtype, 'bigint'::regtype,
	to_regtype('histogram')]::oid[] ORDER BY 1::text, 2
END
	cmp_ok(scalar @functions, '>=', 18, "$version has functions");
	for my $function (@functions)
	{
		my ($name, $arguments) = @$function;
		my $value = value_of("$name($arguments)");

		like($value, qr/./, "$version: $name($arguments) works with the new library");
		is(psql_ok('SET search_path = public; ALTER EXTENSION kldiv UPDATE' . "; SELECT $name($arguments)"
			  . "; DROP EXTENSION kldiv; CREATE EXTENSION kldiv VERSION '$version'"), $value, 'the same after the update')
		  if $name eq 'kl_divergence' || $name eq 'psi';
	}
	is(value_of("kl_divergence('{1,3}', '{1,1}') IS NOT NULL"), 't', "$version: untyped arguments are arrays") if $version eq '0.1.0';

	# what uses the former functions lives on
	psql_ok(<<'END');
CREATE TABLE pairs (p float8[] CHECK (is_distribution(p)), q float8[], drift float8 GENERATED ALWAYS AS (jsd(p, q)) STORED);
INSERT INTO pairs VALUES ('{0.25,0.75}', '{1,1}'), ('{1,0}', '{0,5}');
CREATE INDEX ON pairs (entropy(q));
CREATE VIEW report AS SELECT kl_divergence(p, q), psi(p, q, empty => 0.01), drift FROM pairs;
END
	my $report = psql_ok('SELECT * FROM report');
	psql_ok('ALTER EXTENSION kldiv UPDATE');
	is(psql_ok('SELECT * FROM report'), $report, "after the update from $version views work as before");
	is(psql_ok("SET enable_seqscan = off; SELECT count(*) FROM pairs WHERE entropy(q) = 0"), 1, 'and indexes');
	like((psql(q{INSERT INTO pairs VALUES ('{1,1}', '{1,1}')}))[2], qr/ERROR:  23514: /, 'and constraints');
	is(psql_ok(q{SELECT total_variation(histogram_agg(x), '{"a": 1, "b": 1}') FROM unnest('{a,b,b,b}'::text[]) AS x}), '0.25', 'beside what is new');
	psql_ok('DROP VIEW report; DROP TABLE pairs');
	is(psql_ok($objects), $fresh, "an update from $version makes the same objects as a new $current");
}

# A role without privileges updates what it has installed
create_database('kldiv_former', without_extension => 1);
psql_ok(<<'END');
DROP ROLE IF EXISTS kldiv_updater;
CREATE ROLE kldiv_updater;
GRANT CREATE ON DATABASE kldiv_former TO kldiv_updater;
END
my $as_updater = 'SET SESSION AUTHORIZATION kldiv_updater;';
psql_ok("$as_updater CREATE SCHEMA one; CREATE SCHEMA two; CREATE EXTENSION kldiv SCHEMA one VERSION '0.1.0'; ALTER EXTENSION kldiv UPDATE");
is(psql_ok("$as_updater SELECT one.total_variation(p, 1) FROM (VALUES (1), (3)) AS rows (p)"), '0.25', 'a plain role can update it');
psql_ok('ALTER EXTENSION kldiv SET SCHEMA two');
is(psql_ok("$as_updater SELECT two.total_variation(p, 1), two.kl_divergence(p, p) FROM (VALUES (1), (3)) AS rows (p)"), '0.25|0', 'and move it');
psql_ok("$as_updater DROP EXTENSION kldiv; DROP SCHEMA one; DROP SCHEMA two");
$ENV{PGDATABASE} = 'kldiv_former';
psql_ok('DROP OWNED BY kldiv_updater; DROP ROLE kldiv_updater');

# An update never takes over what is in its way
psql_ok("CREATE EXTENSION kldiv VERSION '0.1.0'");
psql_ok(q{CREATE FUNCTION kldiv_entropy_transition(state float8[], p float8) RETURNS float8[] LANGUAGE sql AS 'SELECT NULL::float8[]'});
like((psql('ALTER EXTENSION kldiv UPDATE'))[2], qr/ERROR:  42723: /, 'a function in the way is an error, never used or replaced');
is(value_of("extversion FROM pg_extension WHERE extname = 'kldiv'"), '0.1.0', 'which leaves the former version');
psql_ok('DROP FUNCTION kldiv_entropy_transition(float8[], float8); CREATE AGGREGATE entropy(float8) (SFUNC = float8pl, STYPE = float8)');
like((psql('ALTER EXTENSION kldiv UPDATE'))[2], qr/ERROR:  42723: /, 'and so is an aggregate');
psql_ok('DROP AGGREGATE entropy(float8); ALTER EXTENSION kldiv UPDATE');
like((psql("ALTER EXTENSION kldiv UPDATE TO '0.1.0'"))[2], qr/ERROR:  22023: /, 'there is no way back');

# Dump and restore of an updated database, with aggregates wherever aggregates can be
psql_ok(<<'END');
CREATE TABLE bins AS SELECT grp, bin, (grp * bin) % 7 AS b, (grp + bin * bin) % 5 + 1 AS a FROM generate_series(1, 3) AS grp, generate_series(1, 20) AS bin;
CREATE VIEW drift AS SELECT grp, kl_divergence(b, a), jsd(b, a), psi(b, a) FILTER (WHERE bin > 3), renyi(b, a, 2), entropy(DISTINCT b ORDER BY b),
	perplexity(b) FROM bins GROUP BY grp HAVING hellinger_distance(b, a) < 1;
CREATE VIEW moving AS SELECT grp, bin, total_variation(b, a) OVER (PARTITION BY grp ORDER BY bin ROWS 4 PRECEDING) FROM bins;
CREATE MATERIALIZED VIEW kept AS SELECT round(kl_divergence::numeric, 6) AS kl, round(jsd::numeric, 6) AS jsd FROM drift;
CREATE FUNCTION worst() RETURNS float8 LANGUAGE sql SET search_path = public
	AS 'SELECT max(k) FROM (SELECT chi_square_divergence(b, a) AS k FROM bins GROUP BY grp) AS s';
CREATE AGGREGATE own_kl(float8, float8) (SFUNC = kldiv_relative_transition, STYPE = float8[], FINALFUNC = kldiv_kl_divergence_final, COMBINEFUNC = kldiv_rows_combine);
CREATE VIEW own AS SELECT own_kl(b, a) FROM bins;
END
my $contents = "SELECT (SELECT array_agg(t::text ORDER BY t::text) FROM drift AS t), (SELECT array_agg(t::text ORDER BY t::text) FROM moving AS t),"
  . " (SELECT array_agg(t::text ORDER BY t::text) FROM kept AS t), worst(), (SELECT t FROM own AS t), pg_get_viewdef('drift'::regclass), pg_get_viewdef('moving'::regclass)";
my $before = psql_ok($contents);
my $dump = File::Temp->new;
is(system('pg_dump', '-Fc', '-f', $dump->filename, 'kldiv_former'), 0, 'an updated database can be dumped');
create_database('kldiv_restored', without_extension => 1);
is(system('pg_restore', '--exit-on-error', '-d', 'kldiv_restored', $dump->filename), 0, 'and restored');
is(psql_ok($contents), $before, 'with the same contents');
like((psql('DROP EXTENSION kldiv'))[2], qr/ERROR:  2BP01: /, 'it cannot be dropped while in use');
psql_ok('DROP EXTENSION kldiv CASCADE');
is(value_of(q{count(*) FROM pg_proc WHERE probin ~ 'kldiv' OR prosrc ~ '^kldiv_'}), 0, 'but with CASCADE, leaving nothing');

done_testing();
