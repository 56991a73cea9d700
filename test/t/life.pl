# A database that uses kldiv wherever functions can be used, through its life: replication of both kinds, just-in-time
# compilation, indexes and constraints, dump and restore.  make test-life adds an upgrade of the server.

use strict;
use warnings;

use File::Temp;
use FindBin;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;
use TestServer;

my $primary = TestServer->new(settings => "wal_level = logical\nmax_wal_senders = 4\nmax_replication_slots = 4")->start->choose;
psql_ok('CREATE DATABASE life');
$primary->choose('life');
psql_ok('CREATE EXTENSION kldiv');
my $objects = do { local (@ARGV, $/) = ("$FindBin::Bin/../life/database.sql"); <> };
my $contents = do { local (@ARGV, $/) = ("$FindBin::Bin/../life/contents.sql"); <> };
psql_ok($scramble . $objects);
my $before = psql_ok($contents);
like($before, qr/^rows \| 400 \|/m, 'there is something to be kept');

# Constraints and expression indexes, used and kept
like((psql(q{INSERT INTO pairs (id, p, q) VALUES (-1, '{0.5,0.6}', '{1,1}')}))[2], qr/ERROR:  23514: /, 'a CHECK refuses what is no distribution');
like((psql(q{UPDATE pairs SET q = '{1}' WHERE id = 1}))[2], qr/ERROR:  2202E: /, 'a generated column refuses other shapes');
like(psql_ok("SET enable_seqscan = off; EXPLAIN SELECT id FROM pairs WHERE kl_divergence(p, q) > 0.5"), qr/Index.*Scan.*pairs_kl/, 'an index on a divergence is used');
for my $found ('kl_divergence(p, q) > 0.2', 'entropy(q, 2) < 1.5', "js_distance(p, q) BETWEEN 0.1 AND 0.3")
{
	my $ids = "SELECT string_agg(id::text, ',' ORDER BY id) FROM pairs WHERE $found";

	is(psql_ok("SET enable_seqscan = off; SET enable_bitmapscan = off; $ids"), psql_ok("SET enable_indexscan = off; SET enable_indexonlyscan = off; SET enable_bitmapscan = off; $ids"),
		"$found: by index what a scan finds");
}
psql_ok('REINDEX TABLE pairs; VACUUM FULL pairs; CLUSTER pairs USING pairs_kl; ANALYZE');
is(psql_ok($contents), $before, 'the same after REINDEX, VACUUM FULL and CLUSTER');

# JIT gives the same bits, where there is JIT
my $jit = psql_ok('SELECT pg_jit_available()');
my $bits = 'SET max_parallel_workers_per_gather = 0; SET jit_above_cost = 0; SET jit_inline_above_cost = 0; SET jit_optimize_above_cost = 0;';
is(psql_ok("$bits SET jit = on; $contents"), psql_ok("$bits SET jit = off; $contents"), "with JIT the same bits (available: $jit)");
SKIP:
{
	skip 'no JIT here', 1 if $jit ne 't';
	like(psql_ok("$bits SET jit = on; EXPLAIN ANALYZE SELECT sum(kl_divergence(p, q)), entropy(drift) FROM pairs"), qr/JIT:/, 'which was used');
}

# A physical standby reads the same, from the same indexes
my $standby = TestServer->new(copy_of => $primary)->start;
psql_ok(q{INSERT INTO pairs (id, p, q) VALUES (1001, '{0.25,0.75}', '{3,1}'); REFRESH MATERIALIZED VIEW kept});
my $now = psql_ok($contents);
my $position = value_of('pg_current_wal_lsn()');
$standby->choose('life');
$standby->await("SELECT pg_last_wal_replay_lsn() >= '$position'", 't');
is(psql_ok($contents), $now, 'a physical standby has the same bits');
is(psql_ok('SET enable_seqscan = off; SELECT id FROM pairs WHERE kl_divergence(p, q) = (SELECT kl_divergence(p, q) FROM pairs WHERE id = 1001)'), 1001, 'and finds them by its indexes');
$standby->stop;

# A logical subscriber computes its own: generated columns, indexes, checks
my $subscriber = TestServer->new(settings => 'wal_level = logical')->start->choose;
psql_ok('CREATE DATABASE life');
$subscriber->choose('life');
psql_ok('CREATE EXTENSION kldiv');
psql_ok($scramble . ($objects =~ s/^INSERT INTO \w+.*?;$//msgr));
$primary->choose('life');
psql_ok('CREATE PUBLICATION everything FOR TABLE pairs, bins');
$subscriber->choose('life');
psql_ok("CREATE SUBSCRIPTION everything CONNECTION '" . $primary->connection('life') . "' PUBLICATION everything");
$subscriber->await("SELECT count(*) FROM pg_subscription_rel WHERE srsubstate <> 'r'", 0);
$primary->choose('life');
psql_ok(q{INSERT INTO pairs (id, p, q) VALUES (1002, '{0.125,0.875}', '{5,1}'); UPDATE pairs SET q = '{1,9}' WHERE id = 1001; DELETE FROM pairs WHERE id = 7; REFRESH MATERIALIZED VIEW kept});
$now = psql_ok($contents);
$subscriber->choose('life');
$subscriber->await('SELECT count(*) FROM pairs WHERE id IN (1002, 7)', 1);
$subscriber->await("SELECT q::text FROM pairs WHERE id = 1001", '{1,9}');
psql_ok('REFRESH MATERIALIZED VIEW kept');
is(psql_ok($contents), $now, 'a logical subscriber has the same bits');
psql_ok('DROP SUBSCRIPTION everything');
$subscriber->stop;

# Dumped and restored, as SQL and as an archive
$primary->choose('life');
for my $format ('plain', 'custom')
{
	my $dump = File::Temp->new;
	is(system('pg_dump', '-F', $format, '-f', $dump->filename, 'life'), 0, "dumped as $format");
	$primary->choose;
	psql_ok('DROP DATABASE IF EXISTS restored');
	psql_ok('CREATE DATABASE restored TEMPLATE template0');
	my @restore = $format eq 'plain' ? ('psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', 'restored', '-f') : ('pg_restore', '--exit-on-error', '-d', 'restored');
	is(system(@restore, $dump->filename), 0, 'restored');
	$primary->choose('restored');
	is(psql_ok($contents), $now, 'with the same bits');
	$primary->choose('life');
}

done_testing();
