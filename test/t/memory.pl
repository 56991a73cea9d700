# Calls leave nothing behind: the backend does not grow.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;

plan skip_all => 'needs /proc' if !-r "/proc/$$/status";

create_database('kldiv_memory');
psql_ok($scramble . <<'END');
-- 2000 equal numbers are compressed in place, 2000 different ones are stored elsewhere
CREATE TABLE pairs AS
SELECT kind, array_agg(CASE kind WHEN 'compressed' THEN 1 ELSE scramble(bin) % 1000 END ORDER BY bin)::float8[] AS p,
	   array_agg(CASE kind WHEN 'compressed' THEN 2 ELSE scramble(bin + 9999) % 1000 END ORDER BY bin)::float8[] AS q
FROM (VALUES ('short', 5), ('compressed', 2000), ('elsewhere', 2000)) AS kinds (kind, size), generate_series(1, size) AS bin
GROUP BY kind;
-- the high-water mark of this backend, in kB; it is the caller's only while it runs as the server's superuser
CREATE FUNCTION high_water() RETURNS int LANGUAGE sql AS $$
	SELECT substring(pg_read_file('/proc/self/status', 0, 100000) FROM 'VmHWM:\s+(\d+) kB')::int
$$;
END

my @calls = calls_of_measures();
my $calls = join ' + ', map { "coalesce(nullif($_, 'Infinity'), 0)" } @calls;
my $all = "$calls + (to_distribution(p))[1] + (softmax(p))[1] + is_distribution(q)::int";

# What the backend's memory grows by between a first round, which warms everything up, and a longer one
sub grows_by
{
	my ($warm_up, $script) = @_;
	my ($before, $after) = split /\n/,
	  psql_ok("SET jit = off; SET max_parallel_workers_per_gather = 0; \\o /dev/null\n$warm_up;\n\\o\n"
		  . "SELECT high_water();\n\\o /dev/null\n$script;\n\\o\nSELECT high_water()");

	return ($after - $before) / 1024;
}

sub check
{
	my ($what, $warm_up, $script) = @_;
	my $megabytes = grows_by($warm_up, $script);

	cmp_ok($megabytes, '<', 10, sprintf '%s: the backend grows by less than 10 MB (%.1f)', $what, $megabytes);
	return;
}

sub query
{
	my ($kind, $expression, $rows) = @_;

	return "SELECT sum($expression) FROM generate_series(1, $rows) AS i, pairs WHERE kind = '$kind' AND i > 0";
}

sub loop
{
	my ($kind, $turns) = @_;

	return <<"END";
DO \$\$
DECLARE
	p float8[];
	q float8[];
	value float8;
BEGIN
	FOR i IN 1..$turns LOOP
		SELECT pairs.p, pairs.q INTO p, q FROM pairs WHERE kind = '$kind';
		value := kl_divergence(to_distribution(p), softmax(q, 100), pseudocount => 1) + jsd(p, q);
	END LOOP;
END \$\$
END
}

my $some = 'kl_divergence(p, q, pseudocount => 1) + (to_distribution(p))[1] + (softmax(q))[1] + entropy(p)';

# sanity: the measure itself sees 100 MB
cmp_ok(grows_by('SELECT 1', "SELECT length(repeat('x', 100000000))"), '>', 50, 'what is kept is seen');

check('a million calls on short arrays', query('short', $all, 1000), query('short', $all, 1_000_000 / @calls));
check('a million calls of one measure', query('short', 'jsd(p, q)', 1000), query('short', 'jsd(p, q)', 1_000_000));
check('a million tests of counts', map { query('short', "(homogeneity_test(p, q, n_p => 100, n_q => 100, min_expected => 2)).p_value", $_) } 1000, 1_000_000);
check('a million ordered measures', map { query('short', 'sample_wasserstein_distance(p, q) + ks_statistic(p, q, p)', $_) } 1000, 1_000_000);
cmp_ok(grows_by('SELECT 1', 'SELECT wasserstein_distance(i % 2, 1 - i % 2, (i % 100)::float8) FROM generate_series(1, 5000000) AS i'), '<', 15, 'rows of few distinct values take memory by these');
check('a million measures of dependence', map { query('short', 'mutual_information(ARRAY[p, q]) + (product_of_margins(ARRAY[p, q]))[1][1]', $_) } 1000, 1_000_000);
cmp_ok(grows_by('SELECT 1', 'SELECT theils_u(i % 2, i % 1000) FROM generate_series(1, 3000000) AS i'), '<', 15, 'rows of few different pairs take memory by these');
check('compressed arrays', query('compressed', $some, 100), query('compressed', $some, 20_000));
check('arrays stored elsewhere', query('elsewhere', $some, 100), query('elsewhere', $some, 20_000));
check('a loop over short arrays', loop('short', 1000), loop('short', 200_000));
check('a loop over arrays stored elsewhere', loop('elsewhere', 100), loop('elsewhere', 10_000));

# A long pair is 64 MB, which kl_divergence reads a piece at a time; others have it put together in memory
psql_ok(<<'END');
CREATE TABLE long_pair (p float8[], q float8[]);
ALTER TABLE long_pair ALTER p SET STORAGE EXTERNAL, ALTER q SET STORAGE EXTERNAL;
INSERT INTO long_pair SELECT array_agg(i % 1009 + 1), array_agg(i % 1013 + 2) FROM generate_series(1, 4000000) AS i;
END
my ($in_pieces, $whole) = map { grows_by('SELECT 1', "SET kldiv.threads = 1; SELECT $_(p, q) FROM long_pair") } 'kl_divergence', 'jsd';
cmp_ok($whole - $in_pieces, '>', 50,
	sprintf 'a long pair is read in pieces: 50 MB less than a pair as a whole (%.1f, %.1f)', $in_pieces, $whole);

# Histograms with few labels in common take memory for what they have, not for all labels of all: 400,000 weights, not 80 million
psql_ok(<<'END');
CREATE TABLE apart AS SELECT k, histogram_agg(k * 2000 + i) AS h FROM generate_series(1, 200) AS k, generate_series(1, 2000) AS i GROUP BY k;
CREATE TABLE together AS SELECT array_agg(k ORDER BY k) AS ids, array_agg(h ORDER BY k) AS hs FROM apart;
END
for my $case ([ 'all pairs of', 'count(*) FROM together, divergence_pairs(ids, hs)' ], [ 'a matrix of', 'cardinality(divergence_matrix(hs)) FROM together' ],
	[ 'with a pseudocount, a matrix of', q{cardinality(divergence_matrix(hs, 'kl_divergence', pseudocount => 1)) FROM together} ],
	[ 'the farthest of', q{count(*) FROM together, divergence_pairs(ids, hs, 'psi', top => 3, farthest => true)} ])
{
	my ($what, $expression) = @$case;
	my $megabytes = grows_by('SELECT jsd(hs[1], hs[2]) FROM together', "SELECT $expression");

	cmp_ok($megabytes, '<', 100, sprintf '%s histograms with 2,000 labels of their own: less than 100 MB (%.1f)', $what, $megabytes);
}

# Reports on many cohorts: what one column takes is given back before the next
my $columns = join ', ', map { "(i * 31 + $_) % 1000 || ''v'' AS t$_" } 1 .. 8;
cmp_ok(grows_by('SELECT 1', "SELECT count(*) FROM cohort_report('SELECT i % 500 AS g, $columns FROM generate_series(1, 10000) AS i', 'g')"),
	'<', 60, 'eight columns of 500 cohorts with 1,000 values take no more than one does');
$columns = join ', ', map { "(i + $_) % 5000 || ''v'' AS t$_" } 1 .. 4;
cmp_ok(grows_by('SELECT 1', "SELECT count(*) FROM cohort_report('SELECT greatest(i - 5000, 0) AS g, $columns FROM generate_series(1, 5500) AS i', 'g', '0')"),
	'<', 60, '500 cohorts beside a reference with 5,000 values take no more than one does');

done_testing();
