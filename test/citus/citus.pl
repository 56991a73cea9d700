# Citus: distributed tables give what local ones do, and the workers do the work.  Runs where Citus is installed beside the
# server (make test-citus), and is skipped elsewhere.  doc/distributed.md says the same in words.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/../t";

use IO::Socket::INET;
use Test::More;
use TestKldiv;
use TestServer;

plan skip_all => 'Citus is not installed here' if value_of("count(*) FROM pg_available_extensions WHERE name = 'citus'") == 0;

# A coordinator and two workers, on the loopback
my @nodes = map {
	my $socket = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1', Proto => 'tcp') or die "no free port: $!";
	my $port = $socket->sockport;
	close $socket;
	TestServer->new(port => $port, settings => "shared_preload_libraries = 'citus'\nlisten_addresses = '127.0.0.1'\nmax_connections = 60\nmax_prepared_transactions = 20")->start;
} 1 .. 3;
$_->choose && psql_ok('CREATE EXTENSION citus') for @nodes;
my $coordinator = $nodes[0]->choose;
psql_ok("SELECT citus_set_coordinator_host('127.0.0.1', $nodes[0]{port}); " . join ' ', map { "SELECT citus_add_node('127.0.0.1', $_->{port});" } @nodes[1, 2]);
diag(value_of('citus_version()'));
psql_ok('CREATE EXTENSION kldiv');
my $version = value_of("extversion FROM pg_extension WHERE extname = 'kldiv'");
for my $worker (@nodes[1, 2])
{
	$worker->choose;
	is(value_of("extversion FROM pg_extension WHERE extname = 'kldiv'"), $version,
		'CREATE EXTENSION on the coordinator makes it on the workers');
}
$coordinator->choose;
psql_ok($scramble . <<'END');
CREATE TABLE local_bins AS
SELECT day, bin, (scramble(day * 1000 + bin) % 97)::float8 AS p, (scramble(day * 1000 + bin + 500) % 89 + 1)::float8 AS q
FROM generate_series(1, 40) AS day, generate_series(1, 50) AS bin;
CREATE TABLE bins (LIKE local_bins);
SELECT create_distributed_table('bins', 'day', shard_count => 4);
INSERT INTO bins SELECT * FROM local_bins;
CREATE TABLE local_pairs AS SELECT day, array_agg(p ORDER BY bin) AS p, array_agg(q ORDER BY bin) AS q FROM local_bins GROUP BY day;
CREATE TABLE pairs (LIKE local_pairs);
SELECT create_distributed_table('pairs', 'day', shard_count => 4);
INSERT INTO pairs SELECT * FROM local_pairs;
END

sub plan_of { return psql_ok("SET citus.explain_all_tasks = on; EXPLAIN (VERBOSE, COSTS OFF) $_[0]"); }
sub result { return psql_ok("SELECT string_agg(r::text, ' ' ORDER BY r::text) FROM ($_[0]) AS r"); }

# The same rows, but for the last digits of numbers, which depend on the order in which nodes answer
sub same_result
{
	my ($got, $expected, $name) = @_;
	my $number = qr/(-?\d+(?:\.\d+)?(?:e[-+]?\d+)?)/;
	my ($is, $should) = map { [ split $number, $_ ] } $got, $expected;
	my $different = grep { $_ % 2 ? abs($is->[$_] - $should->[$_]) > 1e-12 * abs $should->[$_] : $is->[$_] ne $should->[$_] } 0 .. $#$should;

	return ok(@$is == @$should && $different == 0, $name) || diag("got: $got\nexpected: $expected");
}

# All aggregates: by the distribution column, by another one, over all; each says what state travels
my @aggregates = map { [ split /\|/ ] } split /\n/, psql_ok("SELECT proname, pronargs, aggtranstype::regtype FROM pg_proc JOIN pg_aggregate ON aggfnoid = pg_proc.oid"
	  . " JOIN pg_depend ON classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e'"
	  . " WHERE refobjid = (SELECT oid FROM pg_extension WHERE extname = 'kldiv') AND proargtypes[0] = 'float8'::regtype AND prorettype <> 'histogram'::regtype ORDER BY 1");
cmp_ok(scalar @aggregates, '>=', 15, 'there are aggregates');
for my $aggregate (@aggregates)
{
	my ($name, $arguments, $state) = @$aggregate;
	my $call = "$name(" . ($arguments == 1 ? 'p' : $name eq 'renyi_entropy' ? 'p, 2' : $arguments == 3 ? 'p, q, 2' : 'p, q') . ')';

	for my $by ('day', 'bin', '')
	{
		my $query = 'SELECT ' . ($by ? "$by, " : '') . "$call AS v FROM bins" . ($by ? " GROUP BY $by" : '');

		same_result(result($query), result($query =~ s/FROM bins/FROM local_bins/r), "$call " . ($by ? "by $by" : 'over all') . ': as in a local table');
		like(plan_of($query), $by eq 'day' ? qr/Query: .*$name\(/ : $state eq 'internal' ? qr/Query: SELECT (?!.*worker_(binary_)?partial_agg)|worker_binary_partial_agg/ : qr/worker_(binary_)?partial_agg/,
			$by eq 'day' ? 'whole groups on the workers' : $state eq 'internal' ? 'states or rows travel, as Citus can' : 'only states travel');
	}
}
# Histograms: what is counted inside is combined from counts on the workers, and only bins travel
psql_ok(<<'END');
CREATE TABLE local_events AS
SELECT day, CASE WHEN n % 2 = 0 THEN 'A' ELSE 'B' END AS arm, 'value ' || scramble(day * 1000 + n) % (5 + n % 2) AS value FROM generate_series(1, 20) AS day, generate_series(1, 100) AS n;
CREATE TABLE events (LIKE local_events);
SELECT create_distributed_table('events', 'day', shard_count => 4);
INSERT INTO events SELECT * FROM local_events;
CREATE TABLE local_daily AS SELECT day, arm, histogram_agg(value) AS h FROM local_events GROUP BY day, arm;
CREATE TABLE daily (LIKE local_daily);
SELECT create_distributed_table('daily', 'day', shard_count => 4);
INSERT INTO daily SELECT * FROM local_daily;
END
# Only Citus 15 can be told not to combine states of internal type
my $no_states = value_of("count(*) FROM pg_settings WHERE name = 'citus.allow_aggregate_worker_combine_on_internal_types'") > 0 ?
  'SET citus.allow_aggregate_worker_combine_on_internal_types = off; ' : '';
for my $by ('day', 'arm')
{
	my $plain = "SELECT $by, histogram_agg(value) AS h FROM events GROUP BY $by";
	my $counted = "SELECT $by, histogram_agg(value, n) AS h FROM (SELECT $by, value, count(*) AS n FROM events GROUP BY $by, value) AS counts GROUP BY $by";
	my $merged = "SELECT $by, sum(h) AS h FROM daily GROUP BY $by";

	my $expected = result($plain =~ s/FROM events/FROM local_events/r);

	is(result($_), $expected, "by $by: $_") for $counted, $merged;
	my $texts = $plain =~ s/histogram_agg/text_histogram_agg/r;
	is(result($texts), $expected, "by $by: $texts");
	like(plan_of($texts), $by eq 'day' ? qr/Query: .*text_histogram_agg\(/ : qr/worker_(binary_)?partial_agg/, "by $by: text_histogram_agg counts on the workers");
	# by another column, Citus 15 combines states of internal type, but not of aggregates of any type
	my ($status, $output, $errors) = psql("SELECT string_agg(r::text, ' ' ORDER BY r::text) FROM ($plain) AS r");
	ok($output eq $expected || $by ne 'day' && $errors =~ /could not confirm type correctness/, "by $by: an answer that is right, or the error of Citus");
	is(psql_ok($no_states . "SELECT string_agg(r::text, ' ' ORDER BY r::text) FROM ($plain) AS r"), $expected, "by $by: right without combining states");
	# Citus goes by the name of avg, and divides sums by counts
	my $mean = "SELECT $by, avg(h) AS h FROM daily GROUP BY $by";
	is(result($mean), result($mean =~ s/FROM daily/FROM local_daily/r), "by $by: $mean");
	like(plan_of($counted), qr/Query: SELECT .*count\(\*\)/, "by $by: counts are made on the workers");
}
is(result("SELECT jsd(histogram_agg(value, n) FILTER (WHERE arm = 'B'), histogram_agg(value, n) FILTER (WHERE arm = 'A')) FROM (SELECT arm, value, count(*) AS n FROM events GROUP BY arm, value) AS counts"),
	result("SELECT jsd(histogram_agg(value) FILTER (WHERE arm = 'B'), histogram_agg(value) FILTER (WHERE arm = 'A')) FROM local_events"), 'two arms, counted on the workers');
is(result("SELECT jsd(text_histogram_agg(value) FILTER (WHERE arm = 'B'), text_histogram_agg(value) FILTER (WHERE arm = 'A')) FROM events"),
	result("SELECT jsd(histogram_agg(value) FILTER (WHERE arm = 'B'), histogram_agg(value) FILTER (WHERE arm = 'A')) FROM local_events"), 'two arms of texts, without a subquery');
is(result('SELECT text_histogram_agg(value) FROM events WHERE day > 1000'), '()', 'no rows, no histogram');
# Columns: the query that is made of the text runs as any other; rows travel, since the state is of internal type
for my $call ("column_histograms('SELECT arm, value, day FROM TABLE', 'arm')", "cohort_report('SELECT arm, value, day FROM TABLE', 'arm', 'A')", "column_edges('SELECT value, day FROM TABLE')")
{
	is(result('SELECT * FROM ' . $call =~ s/TABLE/events/r), result('SELECT * FROM ' . $call =~ s/TABLE/local_events/r), $call);
}
is(result("SELECT mutual_information(arm, value) FROM events"), result("SELECT mutual_information(arm, value) FROM local_events"), 'information over distributed rows');
like(plan_of('SELECT day FROM pairs WHERE kl_divergence(p, q) > 0.2'), qr/Query: .*WHERE .*kl_divergence/, 'functions over arrays run on the workers');
for my $query ('SELECT day, kl_divergence(p, q) FROM pairs', 'SELECT day FROM pairs WHERE jsd(p, q) > 0.07 ORDER BY jsd(p, q) DESC LIMIT 5',
	'SELECT day, psi(p, q) FILTER (WHERE bin > 3) FROM bins GROUP BY day')
{
	same_result(result($query), result($query =~ s/FROM (pairs|bins)/FROM local_$1/gr), $query);
}
is(psql_ok("SELECT count(*) FROM bins AS a WHERE p < 0"), 0, 'and the cluster goes on');

done_testing();
