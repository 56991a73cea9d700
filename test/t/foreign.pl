# postgres_fdw: what a foreign server computes by itself, so that only results travel.  doc/distributed.md says the same
# in words; what is shown there is tested here.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;
use TestServer;

plan skip_all => 'no postgres_fdw here' if value_of("count(*) FROM pg_available_extensions WHERE name = 'postgres_fdw'") == 0;

# A foreign server with the data, and one that asks it.  The shards are of one table, partitioned by day.
my $foreign = TestServer->new->start->choose;
psql_ok('CREATE EXTENSION kldiv; ' . $scramble . <<'END');
CREATE TABLE bins AS
SELECT day, bin, (scramble(day * 1000 + bin) % 97)::float8 AS p, (scramble(day * 1000 + bin + 500) % 89 + 1)::float8 AS q
FROM generate_series(1, 20) AS day, generate_series(1, 50) AS bin;
CREATE TABLE pairs AS SELECT day, array_agg(p ORDER BY bin) AS p, array_agg(q ORDER BY bin) AS q FROM bins GROUP BY day;
CREATE TABLE events AS
SELECT day, CASE WHEN n % 2 = 0 THEN 'A' ELSE 'B' END AS arm, 'value ' || scramble(day * 1000 + n) % (5 + n % 2) AS value, n % 3 AS weight FROM generate_series(1, 10) AS day, generate_series(1, 100) AS n;
CREATE TABLE daily AS SELECT day, arm, histogram_agg(value) AS h FROM events GROUP BY day, arm;
CREATE TABLE more_bins AS SELECT day + 20 AS day, bin, p, q FROM bins;
ANALYZE;
END
my $local = TestServer->new->start->choose;
psql_ok(<<"END");
CREATE EXTENSION kldiv;
CREATE EXTENSION postgres_fdw;
CREATE SERVER warehouse FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '$foreign->{directory}', port '5432', dbname 'postgres', extensions 'kldiv');
CREATE SERVER without FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '$foreign->{directory}', port '5432', dbname 'postgres');
CREATE USER MAPPING FOR CURRENT_USER SERVER warehouse OPTIONS (user 'postgres');
CREATE USER MAPPING FOR CURRENT_USER SERVER without OPTIONS (user 'postgres');
IMPORT FOREIGN SCHEMA public LIMIT TO (bins, pairs, events, daily) FROM SERVER warehouse INTO public;
CREATE SCHEMA rows;
IMPORT FOREIGN SCHEMA public LIMIT TO (bins, pairs, events, daily) FROM SERVER without INTO rows;
ANALYZE bins;
CREATE TABLE shards (day int, bin int, p float8, q float8) PARTITION BY RANGE (day);
CREATE FOREIGN TABLE shard_1 PARTITION OF shards FOR VALUES FROM (1) TO (21) SERVER warehouse OPTIONS (table_name 'bins');
CREATE FOREIGN TABLE shard_2 PARTITION OF shards FOR VALUES FROM (21) TO (41) SERVER warehouse OPTIONS (table_name 'more_bins');
ANALYZE shards;
END

# What is sent to the foreign server
sub remote_sql
{
	my ($query) = @_;

	return join "\n", psql_ok("EXPLAIN (VERBOSE, COSTS OFF) $query") =~ /Remote SQL: (.*)/g;
}

sub result { return psql_ok("SELECT string_agg(r::text, ' ' ORDER BY r::text) FROM ($_[0]) AS r"); }

# All aggregates, whole, in one query
my @aggregates = calls_of_measures(of_rows => 1, plain => 1);
cmp_ok(scalar @aggregates, '>=', 15, 'there are aggregates');
for my $aggregate (@aggregates)
{
	my ($name) = $aggregate =~ /^(\w+)/;

	like(remote_sql("SELECT day, $aggregate FROM bins GROUP BY day"), qr/^SELECT day, public\.$name\(.*GROUP BY/, "$aggregate is computed there");
}
my $list = join ', ', map { "round(nullif($_, 'Infinity')::numeric, 9)" } @aggregates;
is(result("SELECT day, $list FROM bins GROUP BY day"), result("SELECT day, $list FROM rows.bins GROUP BY day"), 'with the values that are computed here');

my %shipped = (
	'FILTER' => 'SELECT day, kl_divergence(p, q) FILTER (WHERE bin > 3) AS v FROM bins GROUP BY day',
	'ORDER BY in the call' => 'SELECT day, jsd(p, q ORDER BY bin) AS v FROM bins GROUP BY day',
	'DISTINCT in the call' => 'SELECT day, entropy(DISTINCT p) AS v FROM bins GROUP BY day',
	'HAVING' => 'SELECT day, psi(p, q) AS v FROM bins GROUP BY day HAVING jsd(p, q) > 0.05');
for my $what (sort keys %shipped)
{
	like(remote_sql($shipped{$what}), qr/GROUP BY/, "$what is shipped");
	is(result($shipped{$what}), result($shipped{$what} =~ s/FROM bins/FROM rows.bins/r), 'and gives what is computed here');
}
like(remote_sql('SELECT day FROM pairs WHERE kl_divergence(p, q) > 0.2'), qr/WHERE .*public\.kl_divergence\(p, q/, 'a function in WHERE is shipped');
like(remote_sql('SELECT day FROM pairs ORDER BY jsd(p, q) DESC LIMIT 3'), qr/ORDER BY public\.jsd\(p, q.*/, 'and in ORDER BY');
is(remote_sql('SELECT day, kl_divergence(p, q) FROM pairs'), 'SELECT day, p, q FROM public.pairs', 'in the list of columns it is not: the arrays travel');

# Histograms: aggregates over any type of value, counts inside and weights outside, stored ones
my %of_histograms = (
	'histogram_agg' => 'SELECT day, histogram_agg(value) AS h FROM events GROUP BY day',
	'histogram_agg with weights' => 'SELECT day, histogram_agg(value, weight) AS h FROM events GROUP BY day',
	'histogram_agg of numbers' => 'SELECT arm, histogram_agg(weight) AS h FROM events GROUP BY arm',
	'sum of histograms' => 'SELECT day, sum(h) AS h FROM daily GROUP BY day',
	'a divergence of two arms' => "SELECT day, jsd(histogram_agg(value) FILTER (WHERE arm = 'B'), histogram_agg(value) FILTER (WHERE arm = 'A')) AS v FROM events GROUP BY day",
	'counts inside' => "SELECT day, jsd(histogram_agg(value, n) FILTER (WHERE arm = 'B'), histogram_agg(value, n) FILTER (WHERE arm = 'A')) AS v"
	  . ' FROM (SELECT day, arm, value, count(*) AS n FROM events GROUP BY day, arm, value) AS counts GROUP BY day');
for my $what (sort keys %of_histograms)
{
	like(remote_sql($of_histograms{$what}), $what eq 'counts inside' ? qr/^SELECT day, arm, value, count\(\*\) FROM public\.events GROUP BY/ : qr/^SELECT .*(histogram_agg|sum)\(.*GROUP BY/, "$what: computed there");
	is(result($of_histograms{$what}), result($of_histograms{$what} =~ s/FROM (events|daily)/FROM rows.$1/r), 'as it is here');
}
like(remote_sql(q{SELECT day FROM daily WHERE jsd(h, '{"value 1": 1}') > 0.3}), qr/WHERE .*public\.jsd\(h, .*histogram/, 'a function of histograms in WHERE is shipped');
like(remote_sql(q{SELECT day FROM daily WHERE h = '{"value 1": 1}'}), qr/WHERE .*(OPERATOR\(public\.=\)|h = )/, 'and an operator');
is(result('SELECT day FROM daily ORDER BY h LIMIT 3'), result('SELECT day FROM rows.daily ORDER BY h LIMIT 3'), 'sorted alike');

# Without extensions 'kldiv' all rows travel
like(remote_sql('SELECT day, kl_divergence(p, q) FROM rows.bins GROUP BY day'), qr/^SELECT day, p, q FROM public\.bins( ORDER BY day ASC NULLS LAST)?$/, "without extensions 'kldiv' all rows travel");

# Partitions: whole groups are shipped where a group is in one partition
my $by_day = 'SELECT day, round(kl_divergence(p, q)::numeric, 9) AS kl, round(jsd(p, q)::numeric, 9) AS jsd FROM shards GROUP BY day';
unlike(remote_sql($by_day), qr/kl_divergence/, 'partitions: all rows travel by default');
my @remote = psql_ok("SET enable_partitionwise_aggregate = on; EXPLAIN (VERBOSE, COSTS OFF) $by_day") =~ /Remote SQL: (.*kl_divergence\(.*GROUP BY)/g;
is(scalar @remote, 2, 'with enable_partitionwise_aggregate each partition computes its groups');
is(psql_ok("SET enable_partitionwise_aggregate = on; SELECT string_agg(r::text, ' ' ORDER BY r::text) FROM ($by_day) AS r"), result($by_day), 'which are the same');
my $by_bin = 'SELECT bin, round(kl_divergence(p, q)::numeric, 9) AS kl FROM shards GROUP BY bin';
is(psql_ok("SET enable_partitionwise_aggregate = on; SELECT string_agg(r::text, ' ' ORDER BY r::text) FROM ($by_bin) AS r"), result($by_bin), 'groups over several partitions are put together here');

done_testing();
