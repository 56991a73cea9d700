# Is it real?  cohort_report over splits of real rows at random, where every alarm is false; with an effect that was planted, which has to
# be found; and over rows that are not independent.  All seeds are fixed: the same splits in every run.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;

create_database('kldiv_cohorts');
my $data = "$FindBin::Bin/../../demo/seattle-weather.csv";
psql_ok(<<"END");
CREATE TABLE weather (date date, precipitation float8, temp_max float8, temp_min float8, wind float8, weather text);
\\copy weather FROM '$data' WITH (FORMAT csv, HEADER true)
-- 256 random bits of each row: a seed is the number of the one by which rows are split
ALTER TABLE weather ADD sides bytea;
UPDATE weather SET sides = sha256(date::text::bytea);
CREATE TABLE splits AS
SELECT seed, r.* FROM generate_series(1, 200) AS seed,
	LATERAL cohort_report('TABLE weather', format('get_bit(sides, %s)', seed), '0', columns => '{precipitation,temp_max,temp_min,wind,weather}') AS r;
END
is(psql_ok('SELECT count(*), count(DISTINCT seed), min(n) > 600 FROM splits'), '1000|200|t', 'reports of 200 splits, seeds 1 to 200');

my $alarms = value_of('count(DISTINCT seed) FROM splits WHERE adjusted_p_value < 0.05');
note "$alarms of 200 splits at random have an adjusted p-value below 0.05";
# a right test at 5 % is outside once in 170 runs of other seeds
ok($alarms >= 2 && $alarms <= 18, 'alarms without a difference are as many as they should be, neither more nor fewer');

# Kolmogorov's limit at 0.001 for 200 values
my $distance = value_of('max(greatest(rank / 200.0 - p_value, p_value - (rank - 1) / 200.0)) FROM (SELECT p_value, row_number() OVER (ORDER BY p_value) AS rank FROM splits WHERE column_name = \'temp_max\') AS ranked');
cmp_ok($distance, '<', 1.9495 / sqrt(200), 'p-values of a continuous column are spread evenly');

psql_ok(<<'END');
CREATE TABLE planted AS
SELECT seed, r.* FROM generate_series(201, 220) AS seed,
	LATERAL cohort_report(format('SELECT get_bit(sides, %1$s) AS side, precipitation, temp_max + 3 * get_bit(sides, %1$s) AS temp_max, temp_min, wind, weather FROM weather', seed), 'side', '0')
		WITH ORDINALITY AS r (column_name, kind, cohort, n, n_reference, null_share, null_share_reference, value, binned_wasserstein, p_value, adjusted_p_value, effect_size, top_label, top_share, top_share_reference, place);
END
is(value_of(q{count(*) FROM planted WHERE place = 1 AND column_name = 'temp_max' AND adjusted_p_value < 0.001}), 20, 'an effect that was planted is on top, seeds 201 to 220');
is(value_of(q{count(*) FROM planted WHERE column_name = 'temp_max' AND binned_wasserstein BETWEEN 1 AND 5}), 20, 'and about as large as it is');
cmp_ok(value_of(q{count(*) FROM (SELECT FROM planted WHERE column_name <> 'temp_max' GROUP BY seed HAVING min(adjusted_p_value) > 0.05) AS quiet}), '>=', 17, 'other columns are quiet');

# A thousand users, some of whom are very busy, and each of whom always does the same
psql_ok(<<'END');
CREATE TABLE events AS
SELECT u AS visitor, 'value' || u * 7919 % 5 AS value, sha256(u::text::bytea) AS sides FROM generate_series(1, 1000) AS u, generate_series(1, 1 + 100 / (1 + u % 100));
CREATE TABLE users AS
SELECT seed, cohort_report.p_value AS p_value, with_unit.p_value AS p_with_unit FROM generate_series(1, 200) AS seed,
	LATERAL cohort_report('TABLE events', format('get_bit(sides, %s)', seed), '0', columns => '{value}'),
	LATERAL cohort_report('TABLE events', format('get_bit(sides, %s)', seed), '0', columns => '{value}', unit => 'visitor') AS with_unit;
END
my ($without, $with) = split /\|/, psql_ok('SELECT count(*) FILTER (WHERE p_value < 0.05), count(*) FILTER (WHERE p_with_unit < 0.05) FROM users');
note "$without of 200 splits by user are alarms if rows are taken for independent, $with with a unit, seeds 1 to 200";
cmp_ok($with, '<=', 18, 'a unit keeps false alarms of dependent rows away');
cmp_ok($without, '>', 50, 'which there would be');

# Cancel, in each pass
for my $query ("SELECT i % 2 AS side, random() AS x FROM generate_series(1, 100000000) AS i", "SELECT i % 2 AS side, 'v' || i % 9 AS v FROM generate_series(1, 100000000) AS i")
{
	my ($status, undef, $error) = psql("SET statement_timeout = '300ms'; SELECT * FROM cohort_report(\$q\$$query\$q\$, 'side', '0')");
	like($error, qr/57014/, 'a report can be canceled');
}

# ... and soon, wherever it is: looking for edges, counting, comparing many cohorts with many values, putting columns of all cohorts together
my $counting = q{'SELECT i % 2 AS side, sqrt(i) AS x, -i AS y, (i % 9000)::text AS v FROM generate_series(1, 400000) AS i'};
my $comparing = q{'SELECT i % 400 AS side, (i * 7 % 3001)::text AS v, (i * 11 % 3011)::text AS w FROM generate_series(1, 400000) AS i'};
my @reports = map { "PERFORM count(*) FROM $_;" } "column_edges($counting)", "column_histograms($counting, 'side')", "cohort_report($counting, 'side', '0', unit => 'y')",
  "cohort_report($comparing, 'side', '0')", "cohort_report($comparing, 'side')";
my @latencies = cancel_latencies('SET max_parallel_workers_per_gather = 0;', '', map { my $report = $_; map { [ $_, $report ] } 0.15, 0.37, 0.61 } @reports);
is(scalar @latencies, 15, 'each of the three functions is canceled, and the session goes on');
@latencies = sort { $a <=> $b } @latencies;
my $soon = soon();
cmp_ok($latencies[-2], '<', $soon, sprintf "all but one within $soon ms (%s)", join ', ', map { sprintf '%.0f', $_ } @latencies);

done_testing();
