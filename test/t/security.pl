# Who may do what: a plain role installs the extension and gets nothing else by it, and its functions tell nobody what
# they should not see.  Hostile schemas are in catalog.pl, forged states in hostile.pl, updates in upgrade.pl.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;

create_database('kldiv_security', without_extension => 1);
psql_ok(<<'END');
DROP ROLE IF EXISTS kldiv_installer, kldiv_nobody;
CREATE ROLE kldiv_installer;
CREATE ROLE kldiv_nobody;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON DATABASE kldiv_security FROM PUBLIC;
END
my $as_installer = 'SET SESSION AUTHORIZATION kldiv_installer;';
my $as_nobody = 'SET SESSION AUTHORIZATION kldiv_nobody;';

sub refused
{
	my ($sql, $sqlstate, $name) = @_;

	return like((psql($sql))[2], qr/ERROR:  $sqlstate: /, $name);
}

refused("$as_installer CREATE EXTENSION kldiv SCHEMA public", '42501', 'who may create nothing in a database cannot install');
psql_ok('GRANT CREATE, TEMPORARY ON DATABASE kldiv_security TO kldiv_installer; ' . "$as_installer CREATE SCHEMA ours; GRANT USAGE ON SCHEMA ours TO PUBLIC");

# Objects of the session's own schema, which comes first for names of types elsewhere
psql_ok(<<"END");
$as_installer
CREATE DOMAIN pg_temp.float8 AS text;
CREATE DOMAIN pg_temp.internal AS text;
CREATE DOMAIN pg_temp.bytea AS text;
CREATE TYPE pg_temp."boolean" AS ENUM ('true', 'false');
CREATE FUNCTION pg_temp.kldiv_entropy_transition(float8[], float8) RETURNS float8[] LANGUAGE sql AS 'SELECT \$1';
SET search_path = pg_temp, pg_catalog;
CREATE EXTENSION kldiv SCHEMA ours;
END
my $members = "pg_proc AS f JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = f.oid AND d.deptype = 'e'"
  . " WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'kldiv')";
cmp_ok(value_of("count(*) FROM $members"), '>=', 50, 'the extension has functions');
is(psql_ok("SELECT f.oid::regprocedure FROM $members AND EXISTS (SELECT FROM unnest(proargtypes::oid[] || prorettype) AS t JOIN pg_type ON pg_type.oid = t JOIN pg_namespace AS n ON n.oid = typnamespace"
		. " WHERE nspname ~ '^pg_temp' OR nspname NOT IN ('pg_catalog', 'ours'))"), '', 'temporary types are not used');
is(psql_ok("$as_nobody SELECT ours.entropy(p), ours.total_variation(p, 1) FROM (VALUES (1), (1)) AS rows (p)"), '0.6931471805599453|0', 'nor temporary functions');

# The functions belong to the server's owner, not to the role, which can only drop the extension
is(psql_ok("SELECT DISTINCT proowner FROM $members"), 10, 'the C functions belong to the first superuser');
my $function = 'ours.entropy(float8[], float8)';
refused("$as_installer ALTER FUNCTION $function SECURITY DEFINER", '42501', 'the role cannot alter them');
refused("$as_installer ALTER FUNCTION $function RENAME TO other", '42501', 'or rename');
refused("$as_installer CREATE OR REPLACE FUNCTION ours.entropy(p float8[], base float8 DEFAULT 2) RETURNS float8 LANGUAGE sql AS 'SELECT 0::float8'", '42501', 'or replace');
refused("$as_installer DROP FUNCTION $function", '(2BP01|42501)', 'or drop');
refused("$as_installer CREATE FUNCTION ours.mine() RETURNS float8 LANGUAGE c AS 'kldiv', 'kldiv_perplexity_arrays'", '42501', 'or declare more');
refused("$as_installer ALTER EXTENSION kldiv ADD SCHEMA ours", '(42501|55000)', 'or let the extension swallow its schema');

# A role with no privilege at all may call every function
my $granted = psql_ok("SELECT count(*) FROM $members AND proacl IS NOT NULL");
is($granted, 0, 'no privilege has to be granted');
is(psql_ok("SELECT f.oid::regprocedure FROM $members AND NOT has_function_privilege('kldiv_nobody', f.oid, 'EXECUTE')"), '', 'everybody may call all');
is(psql_ok("$as_nobody SET kldiv.instruction_set = 'auto'; SELECT ours.jsd(ARRAY[1,3], ARRAY[1,3])"), '0', 'and choose the instructions');

# Errors show values: so no function is called on rows that a barrier hides
psql_ok(<<"END");
$as_installer
CREATE TABLE ours.secrets AS SELECT * FROM (VALUES ('public', ARRAY[1, 3]::float8[]), ('secret', ARRAY[-123456789, 3]::float8[])) AS s (level, p);
-- dearer than ours, so that the planner would rather call ours first
CREATE FUNCTION ours.may_see(level text) RETURNS boolean LANGUAGE plpgsql COST 100000 AS \$\$ BEGIN RETURN level = 'public'; END \$\$;
CREATE VIEW ours.barrier WITH (security_barrier) AS SELECT p FROM ours.secrets WHERE ours.may_see(level);
GRANT SELECT ON ours.barrier TO kldiv_nobody;
CREATE TABLE ours.rows AS SELECT level, p FROM ours.secrets;
ALTER TABLE ours.rows ENABLE ROW LEVEL SECURITY;
CREATE POLICY positive ON ours.rows USING (ours.may_see(level));
GRANT SELECT ON ours.rows TO kldiv_nobody;
END
is(psql_ok("$as_nobody SELECT count(*) FROM ours.barrier WHERE ours.entropy(p) > 0"), 1, 'a barrier view hides rows from the functions');
is(psql_ok("$as_nobody SELECT count(*) FROM ours.rows WHERE ours.entropy(p) > 0"), 1, 'and so does row-level security');
refused("$as_installer SELECT ours.entropy(p) FROM ours.secrets", '22023', 'where an error would show them');

psql_ok("$as_installer DROP EXTENSION kldiv");
is(value_of("count(*) FROM pg_proc WHERE probin ~ 'kldiv'"), 0, 'the role that installed it can drop it, leaving nothing');
psql_ok('DROP OWNED BY kldiv_installer; DROP OWNED BY kldiv_nobody; DROP ROLE kldiv_installer, kldiv_nobody');

done_testing();
