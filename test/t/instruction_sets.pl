# Results have the same bits with every instruction set, in parallel workers too; the setting itself.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;

create_database('kldiv_instruction_sets');

# A wrong value is refused, and the hint says what there is
my ($status, $output, $errors) = psql("LOAD 'kldiv'; SET kldiv.instruction_set = 'nonsense'");
isnt($status, 0, 'a wrong value is refused');
like($errors, qr/ERROR:  22023: invalid value for parameter "kldiv\.instruction_set": "nonsense"/, 'with an error');
my ($hint) = $errors =~ /^HINT:\s+(.*)$/m;
my @sets = ($hint // '') =~ /"(\w+)"/g;
is($sets[0], 'auto', 'the hint lists auto');
cmp_ok(scalar @sets, '>=', 2, 'and at least one instruction set');
diag("instruction sets: @sets");

is(psql_ok("LOAD 'kldiv'; SHOW kldiv.instruction_set"), 'auto', 'auto is the default');

# Before the library is loaded PostgreSQL cannot know: it warns when it does
($status, $output, $errors) = psql("SET kldiv.instruction_set = 'nonsense'; SELECT total_variation(ARRAY[1,3], ARRAY[1,1])");
is("$status $output", '0 0.25', 'a wrong value set too early does no harm');
like($errors, qr/WARNING: .*kldiv\.instruction_set/, 'but is warned of');
is(psql_ok("SET kldiv.instruction_set = '$sets[1]'; LOAD 'kldiv'; SHOW kldiv.instruction_set"), $sets[1],
	'a right one set too early is taken');

# Typos in the name of a setting
($status, $output, $errors) = psql("LOAD 'kldiv'; SET kldiv.instruction_sets = 'auto'");
if (major_version() >= 15)
{
	like($errors, qr/ERROR:  42602: invalid configuration parameter name "kldiv\.instruction_sets"/,
		'an unknown setting is an error');
}
else
{
	is($status, 0, 'an unknown setting is accepted before PostgreSQL 15');
}
($status, $output, $errors) = psql("SET kldiv.instruction_sets = 'auto'; LOAD 'kldiv'");
like($errors, qr/WARNING: .*kldiv\.instruction_sets/, 'an unknown setting set too early is warned of');

# All sizes that can matter, from one bin to beyond two slabs, of all sorts of weights:
# counts, zeros, near-equal, from 1e-270 to 1e270, extremes, NULLs
psql_ok($scramble . <<'END');
CREATE TABLE pairs AS
SELECT size, size % 6 AS kind, array_agg(p ORDER BY bin) AS p, array_agg(q ORDER BY bin) AS q
FROM (SELECT generate_series(1, 700) UNION ALL SELECT generate_series(713, 3000, 61)
	  UNION ALL SELECT unnest('{1023,1024,1025,2047,2048,2049,32767,32768,32769,70000}'::int[])) AS sizes (size),
	 LATERAL generate_series(1, size) AS bin,
	 LATERAL (SELECT scramble(size * 70001::bigint + bin) AS a, scramble(size * 70001::bigint + bin + 1000003) AS b) AS random,
	 LATERAL (SELECT
		CASE size % 6
			WHEN 0 THEN a % 1000 WHEN 1 THEN CASE WHEN a % 3 = 0 THEN 0 ELSE 1 + a % 50 END
			WHEN 2 THEN 1 + a % 100 WHEN 3 THEN 10::float8 ^ (a % 540 - 270)
			WHEN 4 THEN (ARRAY[5e-324, 1e300, 0, 3, 2e-310])[1 + a % 5] ELSE nullif(a % 7, 0)
		END::float8 AS p,
		CASE size % 6
			WHEN 0 THEN b % 1000 WHEN 1 THEN 1 + b % 50
			WHEN 2 THEN (1 + a % 100) * (1 + (b % 7 - 3) * 1e-13) WHEN 3 THEN 10::float8 ^ (b % 540 - 270)
			WHEN 4 THEN (ARRAY[5e-324, 1e300, 0, 3, 2e-310])[1 + b % 5] ELSE nullif(b % 5, 0)
		END::float8 AS q) AS weights
GROUP BY size;
ANALYZE pairs;
CREATE TABLE results (instruction_set text, parallel boolean, size int, kind int, bits bytea[]);
END

my @calls = (calls_of_measures(), 'softmax_kl_divergence(p, q)', 'softmax_kl_divergence(p, q, 0.7)', 'softmax_entropy(p)', 'logsumexp(p)', 'softmax_cross_entropy(p, q)', 'generalized_jsd(ARRAY[p, q, p])');
my $bits = join ', ', (map { "float8send($_)" } @calls),
  map { "sha256(array_send($_))" } 'to_distribution(p)', 'to_distribution(p, 0.5)', 'softmax(p)', 'softmax(q, 0.7)';
my $query = "size, kind, ARRAY[$bits] AS bits FROM pairs";
my $setting = major_version() >= 16 ? 'debug_parallel_query' : 'force_parallel_mode';

like(psql_ok("SET $setting = on; EXPLAIN SELECT $query"), qr/Gather/, "$setting has the functions run in a worker");
for my $set (@sets)
{
	psql_ok("SET kldiv.instruction_set = '$set'; INSERT INTO results SELECT '$set', false, $query");
	# INSERT is never parallel, but the making of a table is
	psql_ok("SET kldiv.instruction_set = '$set'; SET $setting = on; CREATE TABLE in_worker AS SELECT $query");
	psql_ok("INSERT INTO results SELECT '$set', true, * FROM in_worker; DROP TABLE in_worker");
}

my @names = (@calls, 'to_distribution', 'to_distribution with pseudocount', 'softmax', 'softmax with temperature');
my $expected = value_of('count(*) FROM pairs');
is(value_of('count(*) FROM results'), $expected * 2 * @sets, 'everything was computed');
is(value_of('count(*) FROM results WHERE array_position(bits, NULL) IS NOT NULL AND size > 5'), 0, 'to a number');
my %differing = map { split /\|/ } split /\n/, psql_ok(<<'END');
SELECT number, count(*)
FROM (SELECT size, number FROM results, unnest(bits) WITH ORDINALITY AS bits (bit, number)
	  GROUP BY size, kind, number HAVING count(DISTINCT bit) > 1) AS differing
GROUP BY number
END
for my $i (0 .. $#names)
{
	is($differing{ $i + 1 } // 0, 0, "$names[$i]: the same bits everywhere");
}

done_testing();
