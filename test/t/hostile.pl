# Nobody can crash the server or get an impossible value, whatever the arguments.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;

create_database('kldiv_hostile');
# A crash of any process would restart this one
my $checkpointer = "backend_start FROM pg_stat_activity WHERE backend_type = 'checkpointer'";
my $started = value_of($checkpointer);

# Runs an expression as a role without privileges: its value, NULL or an error's SQLSTATE
psql_ok($scramble . <<'END');
DROP ROLE IF EXISTS kldiv_hostile;
CREATE ROLE kldiv_hostile;
CREATE FUNCTION outcome(expression text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	value text;
BEGIN
	EXECUTE 'SELECT ' || expression INTO value;
	RETURN coalesce(value, 'NULL');
EXCEPTION WHEN OTHERS THEN
	RETURN 'ERROR ' || SQLSTATE;
END $$;
END

sub outcomes
{
	my @expressions = @_;
	my $script = join '', map { s/'/''/gr =~ s/^(.*)$/SELECT outcome('$1');\n/sr } @expressions;

	return split /\n/, psql_ok("SET SESSION AUTHORIZATION kldiv_hostile; $script"), -1;
}

sub gives
{
	my ($expression, $expected, $name) = @_;
	my ($outcome) = outcomes($expression);

	$name //= $expression;
	return ref $expected ? like($outcome, $expected, $name) : is($outcome, $expected, $name);
}

# Arrays that are odd, but arrays
gives("entropy('{{{{{{1,1},{1,1}}}}}}'::float8[], 2)", '2');
gives("total_variation('{{{{{{1,3}}}}}}'::float8[], '{{{{{{1,1}}}}}}'::float8[])", '0.25');
gives("to_distribution('[2147483646:2147483646]={5}'::float8[])", '[2147483646:2147483646]={1}');
gives("softmax('[-2147483648:-2147483647]={5,5}'::float8[])", '[-2147483648:-2147483647]={0.5,0.5}');
gives("total_variation('[2147483645:2147483646]={1,3}'::float8[], '[-2147483648:-2147483647]={1,1}'::float8[])", '0.25');
gives("array_dims(to_distribution('[-5:-5][7:7][0:0][1:1][2:2][3:4]={{{{{{1,3}}}}}}'::float8[]))", '[-5:-5][7:7][0:0][1:1][2:2][3:4]');
gives("softmax(array_fill(1::float8, ARRAY[0]))", 'NULL');
gives("entropy('{{},{}}'::float8[])", qr/^(NULL|ERROR 22P02)$/);
gives("jsd((ARRAY[1,2,3]::float8[])[5:9], ARRAY[1,2,3])", 'NULL');
gives("total_variation((ARRAY[9,1,3,9]::float8[])[2:3], ARRAY[1,1])", '0.25');

# NULL bitmaps of every length, and values behind them
for my $size (1 .. 9, 31 .. 33, 63 .. 65, 511 .. 513, 32767 .. 32770)
{
	gives("entropy(array_agg(CASE WHEN i % 2 = 1 THEN 1 END ORDER BY i)::float8[], 2) = "
		  . "entropy(array_agg(CASE WHEN i % 2 = 1 THEN 1 ELSE 0 END ORDER BY i)::float8[], 2) "
		  . "AND kl_divergence(array_agg(nullif(i % 5, 3)), array_agg(nullif(i % 7, 2)), pseudocount => 1) = "
		  . "kl_divergence(array_agg(i % 5 % 3 + i % 5 / 4 * 3), array_agg(CASE i % 7 WHEN 2 THEN 0 ELSE i % 7 END), pseudocount => 1) "
		  . "FROM generate_series(1, $size) AS i", 'true', "NULLs among $size bins");
}
gives("jsd(array_fill(NULL::float8, ARRAY[100000]), array_fill(1::float8, ARRAY[100000]))", 'NULL');

# Parameters at the ends of what is allowed, and beyond
my @p_and_q = ("ARRAY[1,3,0,5e-324,1e300]", "ARRAY[2,1,1e-300,1,7]");
my @extremes = ('NaN', 'Infinity', '-Infinity', '0', '-0', '-1', '5e-324', '1e308', '1.7976931348623157e308',
	'1', '1.0000000000000002', '0.9999999999999999', '1e-300', '1e15', '-5e-324');
my %calls = (
	'entropy' => "entropy($p_and_q[0]::float8[], ?)",
	'renyi_entropy' => "renyi_entropy($p_and_q[0]::float8[], ?)",
	(map { ("$_ with base" => "$_($p_and_q[0]::float8[], $p_and_q[1]::float8[], ?)") }
		'cross_entropy', 'kl_divergence', 'jeffreys_divergence', 'jsd', 'js_distance', 'renyi', 'psi'),
	(map { ("$_ with pseudocount" => "$_($p_and_q[0]::float8[], $p_and_q[1]::float8[], 2, ?)") }
		'cross_entropy', 'kl_divergence', 'jeffreys_divergence', 'jsd', 'js_distance'),
	'renyi with pseudocount' => "renyi($p_and_q[0]::float8[], $p_and_q[1]::float8[], 3, 2, ?)",
	'renyi_entropy with base' => "renyi_entropy($p_and_q[0]::float8[], 1e308, ?)",
	'is_distribution' => "is_distribution($p_and_q[0]::float8[], ?)::int",
	'to_distribution' => "(to_distribution($p_and_q[0]::float8[], ?))[4]",
	'softmax' => "(softmax(ARRAY[1,3,'-Infinity',-1e308,1e308]::float8[], ?))[4]");

for my $name (sort keys %calls)
{
	my @outcomes = outcomes(map { my $value = $_; $calls{$name} =~ s/\?/'$value'::float8/r } @extremes);
	my @wrong = grep { $outcomes[$_] !~ /^(\d+(\.\d+)?(e[-+]\d+)?|Infinity|ERROR 22023|ERROR 22003)$/ } 0 .. $#extremes;

	is(join(' ', map { "$extremes[$_]: $outcomes[$_]" } @wrong), '', "$name: a value of at least 0, 22023 or 22003");
}
gives("kl_divergence(ARRAY[1,3]::float8[], ARRAY[1,1]::float8[], pseudocount => 1e308)", 'ERROR 22003');
gives("to_distribution(ARRAY[1,3]::float8[], 1.7e308)", 'ERROR 22003');
gives("is_distribution(ARRAY[0.5,0.5]::float8[], 0)", 'true');
gives("softmax(ARRAY[1,1]::float8[], 5e-324)", '{0.5,0.5}');
gives("softmax(ARRAY[1,2]::float8[], 1e308)", '{0.5,0.5}');

# Other types, too many and too few arguments, our C functions under other declarations
gives("entropy(ARRAY['a','b'])", 'ERROR 42883');
gives("entropy(1.0::float8)", 'ERROR 42883');
gives("kl_divergence(ARRAY[1,2])", 'ERROR 42883');
like((psql("SET SESSION AUTHORIZATION kldiv_hostile;"
	. " CREATE FUNCTION pg_temp.f(text) RETURNS float8 LANGUAGE c AS 'kldiv', 'kldiv_perplexity_arrays'"))[2],
	qr/ERROR:  42501: /, 'only superusers can declare C functions otherwise');

# Values are never NaN, negative, -0 or NULL, over pairs of all sorts of numbers
psql_ok(<<'END');
CREATE TABLE pairs AS
SELECT pair, array_agg(p ORDER BY bin) AS p, array_agg(q ORDER BY bin) AS q
FROM generate_series(1, 300) AS pair, generate_series(1, 1 + pair % 17) AS bin,
	 LATERAL (SELECT scramble(pair * 100 + bin) AS a, scramble(pair * 100 + bin + 50) AS b) AS random,
	 LATERAL (SELECT '{0,1,5e-324,1e300,1e307,2.2250738585072014e-308,1e-160,0.1,3,1e155,1e-300,NULL}'::float8[] AS values) AS extremes,
	 LATERAL (SELECT CASE pair % 3 WHEN 0 THEN values[1 + a % 12] WHEN 1 THEN 10::float8 ^ (a % 600 - 300) ELSE a % 4 END AS p,
					 CASE pair % 3 WHEN 0 THEN values[1 + b % 12] WHEN 1 THEN 10::float8 ^ (b % 600 - 300) ELSE b % 4 END AS q) AS weights
GROUP BY pair
HAVING sum(p) > 0 AND sum(q) > 0;
END
cmp_ok(value_of('count(*) FROM pairs'), '>', 250, 'there are pairs');
for my $measure (@measures, map { "renyi(p, q, $_)" } '5e-324', '1e-300', '0.9999999999999999', '1.0000000000000002', '700', '1e59', '1e308')
{
	is(value_of("count(*) FROM pairs WHERE ($measure >= 0 AND $measure <= 'Infinity' AND ($measure)::text <> '-0') IS NOT TRUE"),
		0, "$measure: never impossible");
}
for my $shares ('to_distribution(p)', 'to_distribution(q, 1e-300)', 'softmax(p)', 'softmax(q, 1e-10)', 'softmax(p, 1e300)')
{
	is(value_of("count(*) FROM pairs WHERE is_distribution($shares, 1e-14) IS NOT TRUE OR '-0' = ANY (($shares)::text[])"),
		0, "$shares: always a distribution");
}

is(value_of($checkpointer), $started, 'the server never crashed');

psql_ok('DROP OWNED BY kldiv_hostile; DROP ROLE kldiv_hostile');

done_testing();
