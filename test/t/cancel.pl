# A cancel request and statement_timeout end calls on very large arrays soon, and the session goes on.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use Time::HiRes qw(sleep time);
use TestKldiv;

# 60 million bins, or fewer if the arrays and their copies would not fit in memory
sub number_of_bins
{
	open my $file, '<', '/proc/meminfo' or return 10_000_000;
	my ($kilobytes) = map { /^MemAvailable:\s+(\d+)/ } <$file>;
	my $fitting = int(($kilobytes // 1_000_000) * 1024 / 100);

	return $fitting < 60_000_000 ? $fitting : 60_000_000;
}

my @calls = ('renyi(arrays.p, arrays.q, 7)', 'kl_divergence(arrays.p, arrays.q)', 'entropy(arrays.p)',
	'cardinality(to_distribution(arrays.p))', 'cardinality(softmax(arrays.q))');

create_database('kldiv_cancel');
psql_ok('CREATE TABLE endings (call int, sqlstate text, at timestamptz)');

# Each call is repeated until somebody ends it.  The arrays are fields of a
# record, which are handed over as they are, where variables would be copied.
my $bins = number_of_bins();
my $loops = join '', map { <<"END" } 1 .. @calls;
	BEGIN
		PERFORM pg_advisory_lock($_);
		LOOP
			value := $calls[$_ - 1];
		END LOOP;
	EXCEPTION WHEN query_canceled THEN
		INSERT INTO endings VALUES ($_, SQLSTATE, clock_timestamp());
	END;
END
my $victim = background(<<"END");
DO \$\$
DECLARE
	arrays record;
	value float8;
BEGIN
	SELECT array_fill(1.0::float8, ARRAY[$bins]) || ARRAY[1e300]::float8[] AS p,
		   array_fill(2.0::float8, ARRAY[$bins + 1]) AS q INTO arrays;
$loops
END \$\$;
SELECT total_variation(ARRAY[1, 3], ARRAY[1, 1]);
END

# Waits until the victim holds the lock that says which call it is at
my $deadline = time + 60;
my @canceled;
for my $call (1 .. @calls)
{
	my $pid = '';
	while ($pid eq '')
	{
		die 'the calls have not begun: ' . (finish($victim))[2] if time > $deadline;
		sleep 0.05;
		$pid = psql_ok("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = $call");
	}
	sleep 0.4;
	push @canceled, psql_ok("SELECT clock_timestamp() FROM pg_cancel_backend($pid)");
}
my ($status, $output, $errors) = finish($victim);
is($errors, '', "all calls on $bins bins end without other errors");
is("$status $output", '0 0.25', 'the session goes on');

my @latencies;
for my $call (1 .. @calls)
{
	my ($sqlstate, $latency) = split /\|/,
	  psql_ok("SELECT sqlstate, extract(epoch FROM at - '$canceled[$call - 1]') FROM endings WHERE call = $call");

	is($sqlstate, '57014', "canceled: $calls[$call - 1]");
	push @latencies, 1000 * $latency;
}
@latencies = sort { $a <=> $b } @latencies;
my $soon = soon();
cmp_ok($latencies[-2], '<', $soon, sprintf "all but one within $soon ms (%s)", join ', ', map { sprintf '%.0f', $_ } @latencies);
cmp_ok($latencies[-1], '<', 1000, 'and that one within a second');

# A timeout in the middle of a query
my $start = time;
($status, $output, $errors) = psql(<<'END', '-v', 'ON_ERROR_STOP=0');
SET statement_timeout = '1500ms';
SELECT count(renyi(p, q, 7, base => 2 + i))
FROM (SELECT array_fill(1.0::float8, ARRAY[1000000]) || ARRAY[1e300]::float8[] AS p,
			 array_fill(2.0::float8, ARRAY[1000001]) AS q OFFSET 0) AS arrays,
	 LATERAL generate_series(1, 100000 + 0 * cardinality(p)) AS i;
SELECT total_variation(ARRAY[1, 3], ARRAY[1, 1]);
END
my $seconds = time - $start;
like($errors, qr/ERROR:  57014: canceling statement due to statement timeout/, 'statement_timeout works');
cmp_ok($seconds, '<', 1.5 + 1, sprintf 'within a second of its time (%.0f ms)', ($seconds - 1.5) * 1000);
is($output, '0.25', 'the session goes on');

done_testing();
