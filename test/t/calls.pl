# Which function a call means: of hundreds of calls, as people write them, with columns of every type, literals without a type and
# parameters.  A new overload that takes a call away from another one, or makes it ambiguous, is seen here.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;

open my $file, '<', "$FindBin::Bin/../conformance/calls.tsv" or die $!;
my @cases = map { chomp; [ split /\t/ ] } grep { !/^#/ } <$file>;
close $file;

create_database('kldiv_calls');
my $has_citext = value_of("count(*) FROM pg_available_extensions WHERE name = 'citext'") > 0;
psql_ok('CREATE EXTENSION citext') if $has_citext;
my $citext = $has_citext ? 'citext' : 'text';
psql_ok(<<"END");
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE DOMAIN di_type AS integer; CREATE DOMAIN dt_type AS text; CREATE DOMAIN dci_type AS $citext; CREATE DOMAIN df_type AS float8; CREATE DOMAIN da_type AS float8[]; CREATE DOMAIN dh_type AS histogram;
CREATE TABLE t (i int, b bigint, s smallint, n numeric, r real, d float8, tx text, v varchar, vb varchar(5), c char(3), ci $citext, na name, en mood, dt date, ts timestamp, bo boolean, u uuid, j jsonb, js json,
	h histogram, hs histogram[], ad float8[], ai int[], ab bigint[], an numeric[], ar real[], ad2 float8[], "at" text[], av varchar[], aci $citext\[], aen mood[], ana name[], dmi di_type, di di_type, dt_ dt_type, dci dci_type,
	df df_type, dmf df_type, da da_type, dh dh_type, dmh dh_type, o oid, ch "char", "by" bytea, iv interval, g int, k1 int, k2 int, x float8, y float8, p float8, q float8);
-- what a call comes to: functions and operators of kldiv that a view of it depends on, or the types of its parameters
CREATE FUNCTION short_type(type oid) RETURNS text LANGUAGE sql AS \$\$
	SELECT replace(format_type(type, NULL), 'double precision', 'float8') \$\$;
CREATE FUNCTION meaning(call text) RETURNS text LANGUAGE plpgsql AS \$\$
DECLARE
	query text := CASE WHEN call ~* '^(SELECT|WITH)\\y' THEN call ELSE format('SELECT %s AS result FROM t', call) END;
	result text;
BEGIN
	IF query ~ '\\\$[0-9]' THEN
		EXECUTE 'PREPARE call AS ' || query;
		SELECT 'params {' || string_agg(short_type(type), ',' ORDER BY n) || '}' INTO result FROM pg_prepared_statements, unnest(parameter_types) WITH ORDINALITY AS types (type, n) WHERE name = 'call';
		DEALLOCATE call;
		RETURN result;
	END IF;
	EXECUTE 'CREATE VIEW call AS ' || query;
	WITH objects AS (
		SELECT DISTINCT d.refclassid, d.refobjid FROM pg_rewrite AS w JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
		JOIN pg_depend AS e ON (e.classid, e.objid) = (d.refclassid, d.refobjid) AND e.deptype = 'e' AND e.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'kldiv')
		WHERE w.ev_class = 'call'::regclass
	), names AS (
		SELECT proname || '(' || (SELECT string_agg(short_type(type), ',' ORDER BY n) FROM unnest(proargtypes) WITH ORDINALITY AS types (type, n)) || ')' AS name
		FROM objects JOIN pg_proc AS f ON refclassid = 'pg_proc'::regclass AND f.oid = refobjid
		UNION ALL SELECT format('op %s(%s,%s)', oprname, short_type(oprleft), short_type(oprright)) FROM objects JOIN pg_operator AS f ON refclassid = 'pg_operator'::regclass AND f.oid = refobjid
	)
	SELECT coalesce(string_agg(name, ' ; ' ORDER BY name COLLATE "C"), '(builtin)') INTO result FROM names;
	EXECUTE 'DROP VIEW call';
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RETURN 'ERROR: ' || SQLERRM;
END \$\$;
END

# Twins over real[] are called by the planner only; calls of functions that do not exist cannot be tried
my %exists = map { $_ => 1 } split /\n/, psql_ok('SELECT proname FROM pg_proc');
my @tried = grep {
	my ($call, $meaning) = @$_;
	my @functions = ($meaning =~ /\b([a-z_]+)\(/g, $call =~ /^([a-z_]+)\(/);
	($has_citext || $call !~ /\b(ci|dci|aci|citext)\b/) && ($meaning =~ /^ERROR/ || !grep { !$exists{$_} } @functions)
} @cases;
cmp_ok(scalar @tried, '>', 500, 'calls are tried');
my @meanings = split /\n/, psql_ok(join '', map { my $call = $_->[0] =~ s/'/''/gr; "SELECT meaning('$call');\n" } @tried);
is(scalar @meanings, scalar @tried, 'each has a meaning');

# The same functions, as far as their first arguments decide; later ones have defaults
sub same_meaning
{
	my ($is, $should) = @_;

	return $is =~ /^ERROR/ if $should =~ /^ERROR/;
	s/"//g for $is, $should;
	return $is eq $should if $should !~ /\(/;
	my @is = split / ; /, $is;
	my @should = split / ; /, $should;
	return 0 if @is != @should;
	for my $i (0 .. $#is)
	{
		my ($name, $types) = $is[$i] =~ /^(.*?)\((.*)\)$/ or return $is[$i] eq $should[$i];
		my ($other, $expected) = $should[$i] =~ /^(.*?)\((.*)\)$/;
		my ($first, $second) = map { join ',', grep { defined } (split /,/)[ 0, 1 ] } $types, $expected;
		return 0 if $name ne $other || $first ne $second;
	}
	return 1;
}
my @wrong = map { "$tried[$_][0]: $meanings[$_], not $tried[$_][1]" } grep { !same_meaning($meanings[$_], $tried[$_][1]) } 0 .. $#tried;
is(scalar @wrong, 0, 'all calls mean what they should') or diag(join "\n", @wrong);

done_testing();
