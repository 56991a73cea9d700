# Many distributions at once, on a larger scale: memory, streaming, progress, indexes.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use Time::HiRes qw(sleep time);
use TestKldiv;

create_database('kldiv_comparisons');
psql_ok($worked . <<'END');
CREATE TABLE single AS
SELECT i, array_agg(1 + (hashint8(i * 1000 + bin) & 1023)::float8 ORDER BY bin) AS p
FROM generate_series(1, 5000) AS i, generate_series(1, 64) AS bin GROUP BY i;
CREATE TABLE many AS SELECT array_agg(i ORDER BY i) AS ids, array_agg(p ORDER BY i) AS m FROM single;
-- one call that no machine comes to the end of in some seconds
CREATE TABLE wide AS SELECT array_agg(i ORDER BY i) AS ids, array_agg(p || p || p || p || p || p || p || p || p || p ORDER BY i) AS m FROM single;
-- the high-water mark of this backend, in kB; it is the caller's only while it runs as the server's superuser
CREATE FUNCTION high_water() RETURNS int LANGUAGE sql AS $$
	SELECT substring(pg_read_file('/proc/self/status', 0, 100000) FROM 'VmHWM:\s+(\d+) kB')::int
$$;
END

# The best pairs are those of a sort
my $all = "SELECT a.i, b.i, jsd(a.p, b.p) AS divergence FROM single AS a JOIN single AS b ON a.i < b.i WHERE b.i <= 300";
my $some = '(SELECT array_agg(i ORDER BY i) AS ids, array_agg(p ORDER BY i) AS m FROM single WHERE i <= 300) AS many';
is(psql_ok("SELECT a, b FROM $some, divergence_pairs(ids, m, top => 50)"),
	psql_ok("SELECT i, i_1 FROM ($all ORDER BY 3 LIMIT 50) AS sorted (i, i_1)"), 'the closest pairs');
is(psql_ok("SELECT a, b FROM $some, divergence_pairs(ids, m, top => 50, farthest => true)"),
	psql_ok("SELECT i, i_1 FROM ($all ORDER BY 3 DESC LIMIT 50) AS sorted (i, i_1)"), 'the most different ones');
is(psql_ok("SELECT count(*), sum(a * b) FROM $some, divergence_pairs(ids, m, within => 0.13)"),
	psql_ok("SELECT count(*), sum(i * i_1) FROM ($all) AS pairs (i, i_1, divergence) WHERE divergence <= 0.13"), 'those within a threshold');
is(psql_ok("SELECT count(*), count(DISTINCT (a, b)), max(abs(divergence / jsd(x.p, y.p) - 1)) < 1e-12 FROM $some, divergence_pairs(ids, m) JOIN single AS x ON x.i = a JOIN single AS y ON y.i = b"),
	'44850|44850|t', 'all pairs, each once, with the values of the array function');

# Memory does not grow with the number of pairs
SKIP:
{
	skip 'needs /proc', 3 if !-r "/proc/$$/status";
	for my $case (
		[ 'the closest pairs of 5,000 x 64', 'SELECT count(*) FROM many, divergence_pairs(ids, m, top => 100)' ],
		[ 'the most different ones', "SELECT count(*) FROM many, divergence_pairs(ids, m, 'kl_divergence', top => 100, farthest => true)" ],
		[ 'all of them in a SELECT list', 'SELECT count(d) FROM (SELECT (divergence_pairs(ids, m)).divergence AS d FROM many) AS pairs' ])
	{
		my ($name, $query) = @$case;
		my ($before, $count, $after) = split /\n/,
		  psql_ok("SET jit = off; SELECT count(m[1][1]) FROM many \\g /dev/null\nSELECT high_water(); $query; SELECT high_water()");

		cmp_ok(($after - $before) / 1024, '<', 64, sprintf '%s: %.1f MB', $name, ($after - $before) / 1024);
	}
}

# A SELECT list streams: the first rows come before the last ones have been computed
my ($first, $seconds) = split /\|/, psql_ok('SET jit = off; SELECT count(*), worked() / 1000 FROM (SELECT divergence_pairs(ids, m, \'renyi\', alpha => 0.7) FROM wide LIMIT 1000) AS first');
is($first, 1000, 'the first rows');
cmp_ok($seconds, '<', 3, sprintf 'without waiting for the last ones (%.1f s)', $seconds) if -r "/proc/$$/stat";

# What a session says until it is canceled, after so many lines that fit or so many seconds
sub canceled_after
{
	my ($sql, $pattern, $lines, $seconds) = @_;
	my $psql = background("SET application_name = 'kldiv_progress'; $sql");
	my $deadline = time + $seconds;

	while (time < $deadline)
	{
		open my $file, '<', $psql->{errors}->filename or die $!;
		last if grep({ /$pattern/ } <$file>) >= $lines;
		sleep 0.1;
	}
	psql_ok("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = 'kldiv_progress' AND query !~ 'application_name'");
	return (finish($psql))[2];
}

# Progress, if it is wanted
my $long = "SET kldiv.threads = 2;\nSELECT divergence_matrix(m, 'renyi', alpha => 0.7) FROM wide";
unlike(canceled_after("LOAD 'kldiv'; $long", qr/./, 1, 1.5), qr/INFO/, 'nobody hears of progress who has not asked');
my $line = qr/INFO:\s+(?:\w+: )?divergence_matrix: \d+\.\d% of 25000000 values, \S+ values\/s, about \d+ s to go/;
my $errors = canceled_after("LOAD 'kldiv'; SET kldiv.progress = 1; $long", $line, 2, 120);
cmp_ok(scalar(() = $errors =~ /$line/g), '>=', 2, 'progress, once a second') or diag($errors);
like($errors, qr/ERROR:  57014: /, 'and a cancel request is heard');
$line = qr/INFO: .*divergence_pairs: \d+\.\d% of 24995000 pairs/;
like(canceled_after("LOAD 'kldiv'; SET kldiv.progress = 1;\nSELECT count(*) FROM wide, divergence_pairs(ids, m, 'renyi', alpha => 0.7)", $line, 1, 120), $line, 'of pairs too');
psql_ok(q{LOAD 'kldiv'; SET kldiv.progress = 1; SELECT 1});

# After each pass over a query, here of rows that wait
my $waits = q{SELECT count(*) FROM cohort_report('SELECT chr(65 + i % 2) AS arm, i % 5 AS x FROM generate_series(1, 60) AS i WHERE pg_sleep(0.02) IS NOT NULL', 'arm', 'A')};
$errors = (finish(background("LOAD 'kldiv'; SET kldiv.progress = 1;\n$waits")))[2];
is_deeply([$errors =~ /cohort_report: (\d+\.\d)% of 2 passes over the query, /g], ['50.0', '100.0'], 'passes over a query') or diag($errors);

# One against many: by sorting, and by an index over points
is(psql_ok("SELECT i FROM single ORDER BY js_distance(p, (SELECT p FROM single WHERE i = 77)) LIMIT 1"), 77, 'the nearest to one');
SKIP:
{
	skip 'needs the extension cube', 3 if value_of("count(*) FROM pg_available_extensions WHERE name = 'cube'") eq '0';
	psql_ok('CREATE EXTENSION cube');
	psql_ok('CREATE INDEX single_point ON single USING gist (cube(hellinger_embedding(p)))');
	my $query = 'FROM single ORDER BY cube(hellinger_embedding(p)) <-> (SELECT cube(hellinger_embedding(p)) FROM single WHERE i = 77) LIMIT 10';
	like(psql_ok("SET enable_seqscan = off; EXPLAIN SELECT i $query"), qr/Index Scan using single_point/, 'cube searches by an index');
	is(psql_ok("SET enable_seqscan = off; SELECT i $query"),
		psql_ok('SELECT i FROM single ORDER BY hellinger_distance(p, (SELECT p FROM single WHERE i = 77)) LIMIT 10'), 'for the nearest by Hellinger\'s distance');
	is(value_of("max(abs(hellinger_distance(a.p, b.p) - (cube(hellinger_embedding(a.p)) <-> cube(hellinger_embedding(b.p))))) < 1e-15"
			  . " FROM single AS a, single AS b WHERE a.i < 100 AND b.i < 100"), 't', 'which is the distance of the points');
}

done_testing();
