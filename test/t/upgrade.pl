# Databases with an older kldiv: the new library serves them, and an update makes them what a new one is.

use strict;
use warnings;

use File::Temp;
use FindBin;
use List::Util qw(first);
use lib $FindBin::Bin;

use List::Util qw(first);
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
	UNION ALL
	SELECT 'part ' || pg_describe_object(d.classid, d.objid, d.objsubid) || ' of ' || pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid) || ' ' || d.deptype::text
	FROM pg_depend AS d JOIN members AS m ON m.classid = d.refclassid AND m.objid = d.refobjid WHERE d.deptype IN ('a', 'i')
	UNION ALL
	SELECT 'comment ' || pg_describe_object(classoid, objoid, d.objsubid) || ' | ' || description
	FROM pg_description AS d JOIN members AS m ON m.classid = classoid AND m.objid = objoid
) AS lines ORDER BY line COLLATE "C"
END
$objects = "WITH members AS (SELECT * FROM pg_depend WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass"
  . " AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'kldiv')) $objects";

my $signatures = "SELECT objid::regprocedure FROM pg_depend AS d WHERE classid = 'pg_proc'::regclass AND deptype = 'e'"
  . " AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'kldiv') ORDER BY 1::text";

my $current = do { create_database('kldiv_fresh'); value_of("extversion FROM pg_extension WHERE extname = 'kldiv'") };
my $fresh = psql_ok($objects);
my @fresh_signatures = split /\n/, psql_ok($signatures);

# As the tree says: not every server shows the versions of an extension that is not in its own directory
my $tree = "$FindBin::Bin/../..";
my @former = map { m{--([^-]+)\.sql$} } sort glob "$tree/test/upgrade/kldiv--*.sql";

cmp_ok(scalar(grep { /^aggregate / } split /\n/, $fresh), '>=', 15, 'a new one has aggregates');
cmp_ok(scalar(@former), '>=', 1, 'there are former versions');

# The lines that only one of two texts has
sub differences
{
	my @lines = map { my %lines = map { $_ => 1 } split /\n/; \%lines } @_;

	return join "\n", (map { "-$_" } grep { !$lines[1]{$_} } sort keys %{ $lines[0] }), (map { "+$_" } grep { !$lines[0]{$_} } sort keys %{ $lines[1] });
}

# A call of each function and aggregate that users see, with a value for each argument without a default
my $calls = <<'END';
WITH samples (type, first, other) AS (VALUES
	('float8[]', $$ARRAY[1,3]::float8[]$$, $$ARRAY[1,1]::float8[]$$),
	('histogram', $$'{"a": 1, "b": 3}'::histogram$$, $$'{"a": 1, "b": 1}'::histogram$$),
	('histogram[]', $$ARRAY['{"a": 1, "b": 3}', '{"a": 1, "b": 1}']::histogram[]$$, NULL),
	('json', $$'{"a": 1}'::json$$, NULL), ('jsonb', $$'{"a": 1}'::jsonb$$, NULL), ('text', $$'a'::text$$, NULL), ('text[]', $$'{a,b}'::text[]$$, NULL),
	('anyelement', $$'a'::text$$, NULL), ('anyarray', $$ARRAY[1,2]$$, NULL), ('float8', '2', NULL), ('integer', '2', NULL), ('bigint', '2', NULL))
SELECT proname || '(' || (SELECT string_agg(CASE WHEN type = 'float8[]' AND proname IN ('divergence_matrix', 'divergence_pairs') THEN $$ARRAY[[1,3],[1,1]]::float8[]$$
				WHEN type = 'float8' AND n = 1 AND prokind = 'a' THEN 'x' WHEN n > 1 AND other IS NOT NULL THEN other ELSE first END, ', ' ORDER BY n)
			FROM unnest(proargtypes::oid[]) WITH ORDINALITY AS a (argument, n) LEFT JOIN samples ON to_regtype(type) = argument
			WHERE n <= pronargs - pronargdefaults) || ')' || CASE prokind WHEN 'a' THEN ' FROM (VALUES (1), (3)) AS rows (x)' ELSE '' END
FROM pg_proc AS f JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = f.oid AND d.deptype = 'e'
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'kldiv') AND proname NOT LIKE 'kldiv%'
  AND NOT proargtypes::oid[] && ARRAY['cstring'::regtype, 'internal'::regtype]::oid[]
END

for my $version (@former)
{
	create_database('kldiv_former', without_extension => 1);
	psql_ok("CREATE EXTENSION kldiv VERSION '$version'");
	isnt(psql_ok($objects), $fresh, "$version is different");

	# every function of the former version, by the library of the new one
	my %values = map { $_ => value_of($_) } split /\n/, psql_ok($calls);
	cmp_ok(scalar keys %values, '>=', 80, "$version has functions");
	like($values{$_}, qr/./, "$version: $_ works with the new library") for sort keys %values;

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
	is(join("\n", map { "$_: " . value_of($_) } sort keys %values), join("\n", map { "$_: $values{$_}" } sort keys %values), 'and all functions');
	psql_ok('DROP VIEW report; DROP TABLE pairs');
	is(differences(psql_ok($objects), $fresh), '', "an update from $version makes the same objects as a new $current");
}

# A role without privileges updates what it has installed
create_database('kldiv_former', without_extension => 1);
psql_ok(<<'END');
DROP ROLE IF EXISTS kldiv_updater;
CREATE ROLE kldiv_updater;
GRANT CREATE ON DATABASE kldiv_former TO kldiv_updater;
END
my $as_updater = 'SET SESSION AUTHORIZATION kldiv_updater;';
psql_ok("$as_updater CREATE SCHEMA one; CREATE SCHEMA two; CREATE EXTENSION kldiv SCHEMA one VERSION '$former[-1]'; ALTER EXTENSION kldiv UPDATE");
is(psql_ok("$as_updater SELECT one.total_variation(p, 1) FROM (VALUES (1), (3)) AS rows (p)"), '0.25', 'a plain role can update it');
psql_ok('ALTER EXTENSION kldiv SET SCHEMA two');
is(psql_ok("$as_updater SELECT two.total_variation(p, 1), two.kl_divergence(p, p) FROM (VALUES (1), (3)) AS rows (p)"), '0.25|0', 'and move it');
psql_ok("$as_updater DROP EXTENSION kldiv; DROP SCHEMA one; DROP SCHEMA two");
$ENV{PGDATABASE} = 'kldiv_former';
psql_ok('DROP OWNED BY kldiv_updater; DROP ROLE kldiv_updater');

# An update never takes over what is in its way: scripts have no words for that ...
for my $script (glob "$tree/sql/{install,updates}/*.sql")
{
	open my $file, '<', $script or die "$script: $!";
	unlike(join('', map { s/--.*//r } <$file>), qr/\bOR\s+REPLACE\b|\bIF\s+(NOT\s+)?EXISTS\b/i, $script =~ s{.*/}{}r . ' takes over nothing');
}

# ... and what the last step makes is in the way of nobody's
psql_ok("CREATE EXTENSION kldiv VERSION '$former[-1]'");
my %had = map { $_ => 1 } split /\n/, psql_ok($signatures);
my $in_the_way = first { !$had{$_} && (psql("CREATE FUNCTION $_ RETURNS integer LANGUAGE internal AS 'int4pl'"))[0] == 0 } @fresh_signatures;
SKIP:
{
	skip "$current has no function that $former[-1] has not", 2 if !$in_the_way;
	like((psql('ALTER EXTENSION kldiv UPDATE'))[2], qr/ERROR:  42723: /, 'a function in the way is an error, never used or replaced');
	is(value_of("extversion FROM pg_extension WHERE extname = 'kldiv'"), $former[-1], 'which leaves the former version');
	psql_ok("DROP FUNCTION $in_the_way");
}
psql_ok('ALTER EXTENSION kldiv UPDATE');
like((psql("ALTER EXTENSION kldiv UPDATE TO '$former[-1]'"))[2], qr/ERROR:  22023: /, 'there is no way back');

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
