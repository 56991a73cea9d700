# Results are the same whatever floating-point environment another library has left in the session (denormal numbers
# switched off, other directions of rounding), on all threads; and that library finds it as it has left it.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;

my $tree = "$FindBin::Bin/../..";
my $pg_config = $ENV{PG_CONFIG} // 'pg_config';
chomp(my $machine = `uname -m`);
my $module = build_module('floating_point_mode') // plan skip_all => 'no compiler for a module';

# Control bits as src/math/floating_point.h has them
my %modes = $machine =~ /^(x86_64|i\d86)$/
  ? ('denormals are zeros' => 0x9FC0, 'towards zero' => 0x7F80, 'down' => 0x3F80, 'up, without denormals' => 0xDFC0)
  : $machine eq 'aarch64' ? ('denormals are zeros' => 1 << 24, 'towards zero' => 3 << 22, 'down' => 2 << 22, 'up, without denormals' => (1 << 22) | (1 << 24))
  : ();
plan skip_all => "no modes are known of $machine" if !%modes;

create_database('kldiv_floating_point');
psql_ok($scramble . <<"END" . <<'END');
CREATE FUNCTION set_floating_point_mode(mode bigint) RETURNS bigint LANGUAGE c VOLATILE AS '$module', 'set_floating_point_mode';
CREATE FUNCTION floating_point_mode() RETURNS bigint LANGUAGE c VOLATILE AS '$module', 'floating_point_mode';
END
-- pairs with all sorts of weights: ordinary, near-equal, counts, zeros, far apart, denormal
CREATE TABLE pairs AS
SELECT i, array_agg(p ORDER BY bin) AS p, array_agg(q ORDER BY bin) AS q
FROM generate_series(1, 400) AS i, LATERAL generate_series(1, 3 + i % 40) AS bin,
	 LATERAL (SELECT scramble(i * 701::bigint + bin) AS a, scramble(i * 701::bigint + bin + 1000003) AS b) AS random,
	 LATERAL (SELECT
		CASE i % 5 WHEN 0 THEN a / 4294967296.0 WHEN 1 THEN 10::float8 ^ (a % 12 - 6) WHEN 2 THEN a % 20
			WHEN 3 THEN 1 + a % 100 ELSE (ARRAY[5e-324, 1e300, 0, 3, 2e-310])[1 + a % 5] END::float8 AS p,
		CASE i % 5 WHEN 0 THEN b / 4294967296.0 WHEN 1 THEN 10::float8 ^ (b % 12 - 6) WHEN 2 THEN b % 20
			WHEN 3 THEN (1 + a % 100) * (1 + (b % 7) * 1e-13) ELSE (ARRAY[5e-324, 1e300, 0, 3, 2e-310])[1 + b % 5] END::float8 AS q) AS weights
GROUP BY i;
CREATE TABLE long AS SELECT array_agg(scramble(i) + 1.5 ORDER BY i) AS p, array_agg(scramble(i + 77) + 0.25 ORDER BY i) AS q FROM generate_series(1, 300000) AS i;
END

my $of_arrays = join ', ', (map { "float8send($_->{call})" } measures()), 'array_send(to_distribution(p, 0.5))', 'array_send(softmax(p, 0.7))', 'float8send(softmax_kl_divergence(p, q))', 'float8send(logsumexp(p))',
  '(SELECT string_agg(float8send(contribution), NULL) FROM divergence_contributions(p, q))';
my @queries = (
	arrays => "md5(string_agg(ARRAY[$of_arrays]::text, ',' ORDER BY i)) FROM pairs",
	rows => 'md5(string_agg(r::text, NULL ORDER BY i)) FROM (SELECT i, float8send(kl_divergence(x, y)), float8send(hellinger_distance(x, y)), float8send(jsd(x, y)),'
	  . ' float8send(renyi(x, y, 3)), float8send(entropy(x)), float8send(psi(x, y)) FROM pairs, unnest(p, q) AS bins (x, y) GROUP BY i) AS r',
	'ordered rows' => "md5(string_agg(r::text, NULL ORDER BY i)) FROM (SELECT i, float8send(wasserstein_distance(x, y, y)), float8send(energy_distance(b % 2, 1 - b % 2, -x)), float8send(ks_statistic(b % 2, 1 - b % 2, y))"
	  . " FROM pairs, unnest(p, q) WITH ORDINALITY AS bins (x, y, b) WHERE i % 5 < 4 OR i % 3 = 0 GROUP BY i) AS r",
	histograms => "md5(string_agg(h::text, NULL ORDER BY i)) FROM (SELECT i, histogram_agg(x, y) AS h FROM pairs, unnest(p, q) AS bins (x, y) WHERE i % 5 < 2 GROUP BY i) AS s",
	'a histogram of text' => q{jsd('{"a": 8446.485264442605, "b": 0.008399294486740524, "c": 0.7349184861871341}'::histogram, '{"a": 0.2808175306360621, "b": 0.7816385947228686}')},
	'a matrix' => "md5(divergence_matrix(array_agg(p[:3]), 'kl_divergence', pseudocount => 1e-3)::text) FROM pairs WHERE i % 5 < 2",
	'long arrays' => 'ARRAY[float8send(jsd(p, q)), float8send(kl_divergence(p, q)), float8send(entropy(p))] FROM long',
	'the pair that was wrong' => "jsd('{8446.485264442605,0.008399294486740524,0.7349184861871341}'::float8[], '{0.2808175306360621,0.7816385947228686,0}')");
my %expected;

while (my ($name, $query) = splice @queries, 0, 2)
{
	$expected{$name} = value_of($query);
	for my $mode (sort keys %modes)
	{
		# the function is called for its own row, before the others
		is(psql_ok("SELECT 'was', set_floating_point_mode($modes{$mode}) IS NOT NULL; SELECT $query; SELECT floating_point_mode()"),
			"was|t\n$expected{$name}\n$modes{$mode}", "$name: $mode");
	}
}
is($expected{'the pair that was wrong'}, '0.3690436005062905', 'a value that is known');

# After an error the default one stays, which PostgreSQL assumes
my ($default) = value_of('floating_point_mode()');
for my $mode (sort keys %modes)
{
	is((psql("SELECT set_floating_point_mode($modes{$mode}) IS NOT NULL; SELECT kl_divergence(ARRAY[-1], ARRAY[1]); SELECT floating_point_mode()", '-v', 'ON_ERROR_STOP=0'))[1],
		"t\n$default", "after an error: $mode");
}

# Threads that were created while the environment was another one, and threads that were there before
SKIP:
{
	skip 'no threads here', 2 if !-e "$tree/kldiv_openmp.so" || qx(nproc) < 2;
	my $large = 'float8send(jsd(array_cat(array_cat(p, p), array_cat(array_cat(p, p), array_cat(p, p))), array_cat(array_cat(q, q), array_cat(array_cat(q, q), array_cat(q, q))))) FROM'
	  . ' (SELECT array_cat(array_cat(p, p), array_cat(p, p)) AS p, array_cat(array_cat(q, q), array_cat(q, q)) AS q FROM long) AS l';
	my $one = psql_ok("LOAD 'kldiv'; SET kldiv.threads = 1; SELECT $large");
	my $mode = $modes{'up, without denormals'};

	is(psql_ok("SELECT set_floating_point_mode($mode) IS NOT NULL; LOAD 'kldiv'; SET kldiv.threads = 2; SELECT $large; SELECT count(*) FROM pg_ls_dir('/proc/self/task')"),
		"t\n$one\n2", 'threads that are created in another environment');
	is(psql_ok("LOAD 'kldiv'; SET kldiv.threads = 2; SELECT $large; SELECT set_floating_point_mode($mode) IS NOT NULL; SELECT $large; SELECT floating_point_mode()"),
		"$one\nt\n$one\n$mode", 'threads that were there before');
}

# No function of SQL is without it
my @without = grep { !/define / } split /\n/, `grep -rn 'PG_FUNCTION_INFO_V1' '$tree/src' --include=*.c`;
is(join("\n", @without), '', 'every function of SQL sees to its environment');

# The library is not what changes others'
is(scalar(grep { /set_fast_math|crtfastmath/ } `nm '$tree/kldiv.so' 2>/dev/null`), 0, 'nothing of ours switches denormal numbers off');
for my $flags ('CFLAGS=-O2 -ffast-math', 'COPT=-Ofast', 'PROFILE=-funsafe-math-optimizations', 'LDFLAGS=-Ofast')
{
	like(qx(cd '$tree' && make -n PG_CONFIG=$pg_config '$flags' all 2>&1), qr/kldiv cannot be built with -\S+ in \w+/, "refused: make $flags");
}
SKIP:
{
	skip 'no readelf, or no threads', 1 if !-e "$tree/kldiv_openmp.so" || system('readelf --version >/dev/null 2>&1') != 0;
	my $needed = `readelf -d '$tree/kldiv_openmp.so'`;
	ok($needed =~ /NEEDED.*libgomp/ && $needed !~ /libomp/, "threads are those of gcc's runtime");
}

done_testing();
