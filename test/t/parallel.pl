# The costs of the functions make the planner use parallel workers, who compute what one process does.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;

create_database('kldiv_parallel');
psql_ok(<<'END');
CREATE TABLE pairs AS
SELECT row, p, q
FROM generate_series(1, 20000) AS row,
	 LATERAL (SELECT array_agg((row + bin * bin) * 7919 % 101)::float8[] AS p,
					 array_agg((row + bin) * 7907 % 103 + 1)::float8[] AS q
			  FROM generate_series(1, 100) AS bin) AS arrays;
ALTER TABLE pairs SET (parallel_workers = 2);
ANALYZE pairs;
END

# Default costs; only that there may be workers does not depend on the machine
my $settings = 'SET max_parallel_workers_per_gather = 2; SET jit = off;';
for my $call (calls_of_measures(plain => 1))
{
	like(psql_ok("$settings EXPLAIN SELECT sum($call) FROM pairs"), qr/Gather/, "sum($call) is planned in parallel");
}
like(psql_ok("$settings EXPLAIN SELECT count(*) FROM pairs WHERE is_distribution(to_distribution(p))"), qr/Gather/,
	'a filter is planned in parallel');

# Sums of the bits of each row's results do not depend on the order of rows
my $sums = join ', ', map { "sum(('x' || encode(float8send($_), 'hex'))::bit(64)::bigint::numeric)" } calls_of_measures();
my $query = "SELECT count(*), $sums, bool_and(is_distribution(softmax(p), 1e-12)) FROM pairs";
my $serial = psql_ok("SET max_parallel_workers_per_gather = 0; $query");
like(psql_ok("$settings EXPLAIN $query"), qr/Gather/, 'all measures together are planned in parallel');
is(psql_ok("$settings $query"), $serial, 'and give the same results in every row');
like($serial, qr/^20000\|/, 'which are 20000');

done_testing();
