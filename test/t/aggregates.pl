# Aggregates over rows in parallel plans, sharing states, over very many groups: what a server does with them.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;

create_database('kldiv_aggregates');
psql_ok($scramble);

# Every measure of rows
my @measures = measures(of_rows => 1);
my @aggregates = map { $_->{call} } @measures;
my %keeps_rows = map { $_->{call} => 1 } grep { $_->{rows} eq 'kept' } @measures;
my %names = map { $_->{name} => 1 } @measures;
cmp_ok(scalar keys %names, '>=', 15, 'there are measures of rows');

#
# Parallel plans
#
psql_ok(<<'END');
CREATE TABLE bins AS
SELECT kind, grp, i, w.p, w.q
FROM generate_series(1, 20000) AS i, LATERAL (SELECT scramble(i) AS a, scramble(i + 1000000) AS b, i % 7 AS grp OFFSET 0) AS r,
	 LATERAL (VALUES
		('counts', (a % 100 + 1)::float8, (b % 100 + 1)::float8),
		('zeros', CASE WHEN a % 3 = 0 THEN a % 50 END, CASE WHEN b % 3 > 0 THEN b % 50 ELSE 0 END),
		('zeros in p', CASE WHEN a % 3 = 0 THEN a % 50 END, b % 50 + 1),
		('near', (a % 100 + 1) * (1 + (b % 7 - 3) * 1e-6), (a % 100 + 1) * 10.0),
		('first is different', CASE WHEN i <= 7 THEN 1e-12 ELSE (a % 100 + 1) * (1 + (b % 7 - 3) * 1e-6) END, CASE WHEN i <= 7 THEN 1e-3 ELSE (a % 100 + 1) * 10.0 END),
		('proportional', (a % 1000) * (grp + 1), (a % 1000) * 7919),
		('same', (a % 1000) / 7.0, (a % 1000) / 7.0),
		('changing', (a % 100 + 1) * 10 ^ (i / 2000)::float8, (b % 100 + 1) * 10 ^ (10 - i / 2000)::float8),
		('one row', CASE WHEN i < 8 THEN 1 END, CASE WHEN i < 8 THEN 3 END),
		('no q', a % 100, NULL)) AS w (kind, p, q);
ALTER TABLE bins SET (parallel_workers = 3);
ANALYZE bins;
END

my $parallel = 'SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 3; SET jit = off;';
my $serial = 'SET max_parallel_workers_per_gather = 0; SET jit = off;';
my $query = 'SELECT kind, grp, ' . join(', ', @aggregates) . ' FROM bins GROUP BY kind, grp';
my $total = 'SELECT \'all\', 0, ' . join(', ', map { "$_ FILTER (WHERE kind = 'near')" } @aggregates) . ' FROM bins';

sub rows_of
{
	return map { my ($kind, $group, @values) = split /\|/, $_, -1; ("$kind $group" => \@values) } split /\n/, psql_ok($_[0]);
}

# Where values are not the same within a tolerance, NULLs and Infinity and exact zeros included
sub differences
{
	my ($got, $expected, $what) = @_;
	my @differences;

	for my $group (sort keys %$expected)
	{
		for my $i (0 .. $#aggregates)
		{
			my ($value, $wanted) = ($got->{$group}[$i], $expected->{$group}[$i]);
			my $tolerance = $keeps_rows{ $aggregates[$i] } ? 1e-14 : 1e-12;

			# the bar for what differs by a millionth
			$tolerance = 1e-9 if !$keeps_rows{ $aggregates[$i] } && $group =~ /^(near|first|all)/;
			next if $value eq $wanted;
			next if $value =~ /^\d/ && $wanted =~ /^\d/ && $wanted != 0 && abs($value / $wanted - 1) <= $tolerance;
			push @differences, "$aggregates[$i] of $group: $value instead of $wanted";
		}
	}
	return join "\n", @differences;
}

my %serial = rows_of("$serial $query");
my %serial_total = rows_of("$serial $total");
is(scalar keys %serial, 70, 'there are groups');
my ($proportional) = grep { /^proportional/ } keys %serial;
for my $i (grep { $measures[$_]{kind} eq 'divergence' } 0 .. $#aggregates)
{
	is(join(' ', map { $serial{$_}[$i] } grep { /^(proportional|same|one row)/ } sort keys %serial), join(' ', (0) x 21), "$aggregates[$i]: 0 if nothing differs");
}

for my $leader ('on', 'off')
{
	my $settings = "$parallel SET parallel_leader_participation = $leader;";
	for my $plan ([ 'hashed', 'SET enable_sort = off;' ], [ 'sorted', 'SET enable_hashagg = off;' ])
	{
		my ($how, $switch) = @$plan;
		my $explained = psql_ok("$settings $switch EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) $query");

		like($explained, qr/Finalize \w*Aggregate.*Gather.*Workers Launched: [1-9].*Partial \w*Aggregate/s, "$how, leader $leader: partial aggregates");
		for my $turn (1 .. 3)
		{
			my %values = rows_of("$settings $switch $query");

			is(differences(\%values, \%serial), '', "$how, leader $leader: what one process gives (turn $turn)");
		}
	}
	like(psql_ok("$settings EXPLAIN $total"), qr/Finalize Aggregate.*Partial Aggregate/s, "no groups, leader $leader: partial aggregates");
	my %values = rows_of("$settings $total");
	is(differences(\%values, \%serial_total), '', "no groups, leader $leader: what one process gives");
}
for my $call (@aggregates)
{
	like(psql_ok("$parallel EXPLAIN SELECT $call FROM bins"), qr/Partial Aggregate/, "$call is planned in parallel");
}
like((psql("$parallel SELECT renyi(p, q, CASE WHEN i < 20000 THEN 2 ELSE 3 END) FROM bins"))[2], qr/ERROR:  22023: alpha must be the same/, 'different orders among workers');
like((psql("$parallel SELECT kl_divergence(p - CASE WHEN i = 20000 THEN 1e9 ELSE 0 END, q) FROM bins"))[2], qr/ERROR:  22023: weight must not be negative/, 'an error in a worker');
like((psql("$parallel SELECT kl_divergence(p * 2.5e302, q) FROM bins WHERE kind = 'counts'"))[2], qr/ERROR:  22003: /, 'totals that overflow only together');
like((psql("$parallel SELECT jsd(p * 2.5e302, q) FROM bins WHERE kind = 'counts'"))[2], qr/ERROR:  22003: /, 'also of aggregates that keep rows');

#
# Measures of one family share a transition
#
my $shared = 'aggtransfn, aggtranstype, aggtransspace, agginitval, aggcombinefn, aggserialfn, aggdeserialfn';
my @families = map { [ split / / ] } split /\n/, psql_ok("SELECT string_agg(name, ' ' ORDER BY name) FROM divergence_measures() JOIN pg_proc AS f ON proname = name AND prokind = 'a'"
	  . " JOIN pg_aggregate ON aggfnoid = f.oid GROUP BY $shared ORDER BY 1");
is(join(' ', sort map { @$_ } @families), join(' ', sort keys %names), 'every measure has a family');
is(value_of("count(DISTINCT aggtransfn) FROM divergence_measures() JOIN pg_proc AS f ON proname = name AND prokind = 'a' JOIN pg_aggregate ON aggfnoid = f.oid"),
	scalar @families, 'and one state for each family');
for my $relatives (
	[qw(kl_divergence cross_entropy)], [qw(entropy perplexity)], [qw(hellinger_distance bhattacharyya_distance)], [qw(jeffreys_divergence psi)],
	[ map { $_->{name} } grep { $_->{rows} eq 'kept' } @measures ])
{
	is(scalar(grep { my %members = map { $_ => 1 } @$_; !grep { !$members{$_} } @$relatives } @families), 1, "one state for @$relatives");
}
# volatile arguments cannot be shared, so a sequence counts the evaluations
psql_ok('CREATE FUNCTION counted(float8) RETURNS float8 LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE WARNING \'counted\'; RETURN $1; END $$');
my %call_of = map { $_->{name} => $_->{call} } measures(of_rows => 1, plain => 1);
for my $family (@families)
{
	my $calls = join ', ', map { s/\bp\b/counted(i)/r =~ s/\bq\b/1/r } @call_of{@$family};
	local $ENV{PGOPTIONS} = '-c client_min_messages=warning';
	my (undef, undef, $messages) = psql("SELECT $calls FROM generate_series(1, 5) AS i WHERE i > 0");

	is(scalar(() = $messages =~ /counted$/mg), 5, "5 rows are added 5 times for @$family");
}

#
# States of a fixed size
#
for my $function (split /\n/, psql_ok("SELECT f.oid::regproc || '(NULL' || repeat(', 1', pronargs - 1) || ')' FROM pg_proc AS f WHERE prosrc LIKE 'kldiv%transition' AND prorettype = 'float8[]'::regtype AND 'float8'::regtype = ALL ((proargtypes::oid[])[1:]) ORDER BY 1"))
{
	my $size = value_of("pg_column_size($function)");

	cmp_ok($size, '<=', 512, "the state that $function makes has at most 512 bytes ($size)");
}

#
# Very many groups: linear in time, bounded in memory
#
SKIP:
{
	skip 'needs /proc', 1 if !-r "/proc/$$/status";

	psql_ok($worked . <<'END');
-- rows of a group are far apart
CREATE UNLOGGED TABLE large AS SELECT (i % 1000000)::int AS grp, (1 + i % 97)::float8 AS p, (1 + i % 89)::float8 AS q FROM generate_series(0, 9999999) AS i;
CREATE UNLOGGED TABLE small AS SELECT (i % 100000)::int AS grp, (1 + i % 97)::float8 AS p, (1 + i % 89)::float8 AS q FROM generate_series(0, 999999) AS i;
VACUUM ANALYZE large;
VACUUM ANALYZE small;
CREATE FUNCTION high_water() RETURNS int LANGUAGE sql AS $$
	SELECT substring(pg_read_file('/proc/self/status', 0, 100000) FROM 'VmHWM:\s+(\d+) kB')::int
$$;
END
	my $hash_mem_multiplier = value_of("coalesce(current_setting('hash_mem_multiplier', true), '1')");

	# seconds of work, megabytes and what came out; the tables stay in shared buffers, which are no more than 256 MB
	my $run = sub {
		my ($call, $table, $work_mem, $over) = @_;
		my $settings = "$serial SET work_mem = '$work_mem'; SET enable_sort = " . ($over ? 'on' : 'off') . ';';
		my $values = $over ? "SELECT $call OVER (PARTITION BY grp) AS value FROM $table" : "SELECT $call AS value FROM $table GROUP BY grp";
		my ($before, $seconds, $result, $after) = split /\n/, psql_ok("$settings SELECT high_water(); CREATE TEMP TABLE start AS SELECT worked();"
			  . " CREATE TEMP TABLE result AS SELECT count(*) AS groups, count(value) AS values, round(sum(value)::numeric, 3) AS sum, count(*) FILTER (WHERE value < 0) AS negative FROM ($values) AS values;"
			  . " SELECT (worked() - worked) / 1000 FROM start; SELECT * FROM result; SELECT high_water()");

		return ($seconds, ($after - $before) / 1024, $result);
	};

	for my $call ('kl_divergence(p, q)', 'jsd(p, q)')
	{
		my %results;
		for my $work_mem ('4MB', '1GB')
		{
			my ($small_seconds) = $run->($call, 'small', $work_mem);
			my ($seconds, $megabytes, $result) = $run->($call, 'large', $work_mem);
			my $limit = 100 + 256 + ($work_mem eq '4MB' ? 4 : 1024) * $hash_mem_multiplier * 1.25;

			diag(sprintf '%s at work_mem %s: 100,000 groups %.2f s, 1,000,000 groups %.2f s, %.0f MB', $call, $work_mem, $small_seconds, $seconds, $megabytes);
			like($result, qr/^1000000\|1000000\|[\d.]+\|0$/, "$call at work_mem $work_mem: a million groups");
			cmp_ok($seconds, '<', 40 * $small_seconds + 2, "$call at work_mem $work_mem: not slower than linear");
			cmp_ok($megabytes, '<', $limit, "$call at work_mem $work_mem: in less than $limit MB");
			$results{$result} = 1;
		}
		is(scalar keys %results, 1, "$call: the same whatever work_mem");

		my ($small_seconds) = $run->($call, 'small', '64MB', 1);
		my ($seconds, $megabytes, $result) = $run->($call, 'large', '64MB', 1);
		diag(sprintf '%s over windows: 100,000 groups %.2f s, 1,000,000 groups %.2f s, %.0f MB', $call, $small_seconds, $seconds, $megabytes);
		like($result, qr/^10000000\|10000000\|[\d.]+\|0$/, "$call over windows: a million of them");
		cmp_ok($seconds, '<', 40 * $small_seconds + 2, "$call over windows: not slower than linear");
		cmp_ok($megabytes, '<', 100 + 256 + 64 * 2, "$call over windows: in bounded memory");
	}

	# a group takes its state once, and what the server has for it
	my ($kilobytes) = psql_ok("$serial SET work_mem = '2000MB'; SET enable_sort = off; EXPLAIN (ANALYZE, COSTS OFF) SELECT grp, kl_divergence(p, q) FROM small GROUP BY grp")
	  =~ /Memory Usage: (\d+)kB/;
	cmp_ok($kilobytes * 1024 / 100_000, '<', 800, sprintf 'less than 800 bytes a group (%d)', $kilobytes * 1024 / 100_000);

	# one group of many rows takes nothing, unless rows are kept
	my ($before, $after) = split /\n/, psql_ok("$serial SET work_mem = '4MB'; SELECT high_water(); \\o /dev/null\nSELECT "
		  . join(', ', grep { !$keeps_rows{$_} } @aggregates) . " FROM small;\n\\o\nSELECT high_water()");
	cmp_ok(($after - $before) / 1024, '<', 100 + 50, sprintf 'a million rows in fixed states (%.0f MB)', ($after - $before) / 1024);
}

# One row more than can be kept
SKIP:
{
	my ($kilobytes) = map { /^MemAvailable:\s+(\d+)/ } do { open my $file, '<', '/proc/meminfo'; $file ? <$file> : () };

	skip 'this takes 4 GB of memory', 1 if ($kilobytes // 0) < 5_000_000;
	like((psql('SET jit = off; SELECT jsd(a, b) FROM generate_series(1, 16385) AS a, generate_series(1, 8192) AS b'))[2],
		qr/ERROR:  54000: too many rows in a group\n.*at most 134217711\..*\nHINT:  Add up the weights/s, 'more rows than can be kept are an error');
}

done_testing();
