# A cancel request soon ends the reading and writing of histograms with long labels, long numbers and many labels.
#
# How soon is told by the time that the session has worked between the request and its error, since others may want the
# CPU as well.  Each call is repeated until it is canceled, so that no machine comes to its end before.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use Time::HiRes qw(sleep time);
use TestKldiv;

plan skip_all => 'no /proc/self/schedstat here' if !-r '/proc/self/schedstat';

create_database('kldiv_long_texts');
psql_ok(<<'END');
CREATE FUNCTION milliseconds(pid text) RETURNS float8 LANGUAGE sql VOLATILE AS $$
	SELECT split_part(pg_read_file('/proc/' || pid || '/schedstat', 0, 200), ' ', 1)::float8 / 1e6
$$;
CREATE TABLE endings (number int, worked float8);
END

# From json and to json there is no copy of PostgreSQL's own in the way, which text has on its way through the casts
my @calls = (
	[ 'a label of 100 MB', 'label::histogram' ],
	[ 'a weight of 100 million digits', 'digits::histogram' ],
	[ 'a weight of 100 million zeros', 'zeros::histogram' ],
	[ '100 million blanks', 'blanks::histogram' ],
	[ 'json of a label of 100 MB', 'h::json' ],
	[ 'json of a million labels', 'many::json' ],
	[ 'a million labels to jsonb', 'many::jsonb' ],
	[ 'a million labels of jsonb', 'j::histogram' ]);
my @delays = map { 0.2 + 0.137 * $_ } 0 .. 4;

# Fields of a record are handed over as they are, where variables would be copied
my $blocks = '';
my @expressions = map { my $call = $_; map { [ $call, $_ ] } @delays } @calls;
for my $number (1 .. @expressions)
{
	my $expression = $expressions[$number - 1][0][1] =~ s/\b(label|digits|zeros|blanks|h|many|j)\b(?=::| \+|\))/inputs.$1/gr;
	$blocks .= <<"END";
	BEGIN
		PERFORM pg_advisory_lock($number);
		LOOP
			PERFORM $expression IS NULL;
		END LOOP;
	EXCEPTION WHEN query_canceled THEN
		INSERT INTO endings VALUES ($number, milliseconds('self'));
	END;
END
}
my $victim = background(<<"END");
DO \$\$
DECLARE
	inputs record;
BEGIN
	SELECT ('{"' || repeat('x', 100000000) || '": 1}')::json AS label, ('{"a": 0.1' || repeat('7', 100000000) || '}')::json AS digits,
		('{"a": 0.' || repeat('0', 100000000) || '}')::json AS zeros, (repeat(' ', 100000000) || '{}')::json AS blanks,
		histogram(ARRAY[repeat('x', 100000000)], ARRAY[1]) AS h, many, many::jsonb AS j
	INTO inputs FROM (SELECT histogram_agg(md5(i::text)) AS many FROM generate_series(1, 1000000) AS i) AS m;
	PERFORM milliseconds('self');
$blocks
END \$\$;
SELECT total_variation(ARRAY[1, 3], ARRAY[1, 1]);
END

my $deadline = time + 300;
my @before;
for my $number (1 .. @expressions)
{
	my $pid = '';
	while ($pid eq '')
	{
		die "$expressions[$number - 1][0][0] has not begun" if time > $deadline || waitpid($victim->{pid}, 1) != 0;
		sleep 0.02;
		$pid = psql_ok("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = $number");
	}
	sleep $expressions[$number - 1][1];
	push @before, psql_ok(<<"END");
DO \$\$ BEGIN
	PERFORM milliseconds('$pid');
	PERFORM set_config('kldiv_test.before', milliseconds('$pid')::text, false), pg_cancel_backend($pid);
END \$\$;
SELECT current_setting('kldiv_test.before');
END
}
my ($status, $output, $errors) = finish($victim);
is("$status $output$errors", '0 0.25', 'all calls can be canceled, and the session goes on');

my @worked = map { $_ - shift @before } split /\n/, psql_ok('SELECT worked FROM endings ORDER BY number');
my $soon = soon();
for my $call (@calls)
{
	my @latencies = sort { $a <=> $b } splice @worked, 0, scalar @delays;

	# the system's own work for 100 MB of memory, which nothing can cancel, is within one or two of them on a busy machine
	cmp_ok($latencies[2] // 1e9, '<', $soon, sprintf '%s is canceled within %d ms, as a rule (%s)', $call->[0], $soon, join ', ', map { sprintf '%.1f', $_ } @latencies);
}

done_testing();
