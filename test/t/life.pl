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
like((psql(q{INSERT INTO daily (id, h) VALUES (-1, '{"a": 0}')}))[2], qr/ERROR:  23514: /, 'a CHECK refuses a histogram');
my %of_histograms = (
	"trimmed = (SELECT trimmed FROM daily WHERE id = 77)" => qr/Index.*Scan.*daily_(h|hash)/,
	"trimmed < (SELECT trimmed FROM daily WHERE id = 9)" => qr/Index.*Scan.*daily_h\b/,
	"jsd(h, reference, pseudocount => 1) < 0.2" => qr/Index.*Scan.*daily_jsd/,
	"histogram_weight(h, 'label 1') > 40 AND histogram_bin_count(h) > 4" => qr/Index.*Scan.*daily_part/);
for my $found (sort keys %of_histograms)
{
	my $ids = "SELECT string_agg(id::text, ',' ORDER BY id) FROM daily WHERE $found";
	my $expected = psql_ok("SET enable_indexscan = off; SET enable_indexonlyscan = off; SET enable_bitmapscan = off; $ids");

	like(psql_ok("SET enable_seqscan = off; EXPLAIN $ids"), $of_histograms{$found}, "$found: an index is used");
	isnt($expected, '', 'for what is there');
	is(psql_ok("SET enable_seqscan = off; $ids"), $expected, 'and finds what a scan finds');
}
psql_ok('REINDEX TABLE daily; VACUUM FULL daily; REINDEX TABLE pairs; VACUUM FULL pairs; CLUSTER pairs USING pairs_kl; ANALYZE');
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
psql_ok(q{INSERT INTO pairs (id, p, q) VALUES (1001, '{0.25,0.75}', '{3,1}'); INSERT INTO daily (id, h) VALUES (1001, '{"new": 1, "label 1": 0.1}'); REFRESH MATERIALIZED VIEW kept; REFRESH MATERIALIZED VIEW kept_histograms});
my $now = psql_ok($contents);
my $position = value_of('pg_current_wal_lsn()');
$standby->choose('life');
$standby->await("SELECT pg_last_wal_replay_lsn() >= '$position'", 't');
is(psql_ok($contents), $now, 'a physical standby has the same bits');
is(psql_ok('SET enable_seqscan = off; SELECT id FROM pairs WHERE kl_divergence(p, q) = (SELECT kl_divergence(p, q) FROM pairs WHERE id = 1001)'), 1001, 'and finds them by its indexes');
is(psql_ok(q{SET enable_seqscan = off; SELECT id FROM daily WHERE trimmed = '{"label 1": 0.1, "new": 1}'}), 1001, 'histograms too');
$standby->stop;

# A logical subscriber computes its own: generated columns, indexes, checks
my $subscriber = TestServer->new(settings => 'wal_level = logical')->start->choose;
psql_ok('CREATE DATABASE life');
$subscriber->choose('life');
psql_ok('CREATE EXTENSION kldiv');
psql_ok($scramble . ($objects =~ s/^INSERT INTO \w+.*?;$//msgr));
$primary->choose('life');
psql_ok('CREATE PUBLICATION everything FOR TABLE pairs, bins, daily');
$subscriber->choose('life');
psql_ok("CREATE SUBSCRIPTION everything CONNECTION '" . $primary->connection('life') . "' PUBLICATION everything");
$subscriber->await("SELECT count(*) FROM pg_subscription_rel WHERE srsubstate <> 'r'", 0);
$primary->choose('life');
psql_ok(q{INSERT INTO pairs (id, p, q) VALUES (1002, '{0.125,0.875}', '{5,1}'); UPDATE pairs SET q = '{1,9}' WHERE id = 1001; DELETE FROM pairs WHERE id = 7; UPDATE daily SET h = h + '{"label 3": 0.5}' WHERE id IN (40, 41); DELETE FROM daily WHERE id = 80;
	INSERT INTO daily (id, h) SELECT 1002, sum(h) FROM daily; REFRESH MATERIALIZED VIEW kept; REFRESH MATERIALIZED VIEW kept_histograms});
$now = psql_ok($contents);
$subscriber->choose('life');
$subscriber->await('SELECT count(*) FROM pairs WHERE id IN (1002, 7)', 1);
$subscriber->await("SELECT q::text FROM pairs WHERE id = 1001", '{1,9}');
$subscriber->await('SELECT count(*) FROM daily WHERE id IN (1002, 80)', 1);
psql_ok('REFRESH MATERIALIZED VIEW kept; REFRESH MATERIALIZED VIEW kept_histograms');
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
