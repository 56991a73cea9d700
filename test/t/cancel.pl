# A cancel request and statement_timeout end calls on very large arrays soon, and the session goes on.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;

# 60 million bins, or fewer if the arrays and their copies would not fit in memory
sub number_of_bins
{
	open my $file, '<', '/proc/meminfo' or return 10_000_000;
	my ($kilobytes) = map { /^MemAvailable:\s+(\d+)/ } <$file>;
	my $fitting = int(($kilobytes // 1_000_000) * 1024 / 100);

	return $fitting < 60_000_000 ? $fitting : 60_000_000;
}

my @calls = ('renyi(inputs.p, inputs.q, 7)', 'kl_divergence(inputs.p, inputs.q)', 'entropy(inputs.p)',
	'cardinality(to_distribution(inputs.p))', 'cardinality(softmax(inputs.q))', 'softmax_kl_divergence(inputs.q, inputs.p)', 'softmax_entropy(inputs.q, 0.7)',
	"(homogeneity_test(inputs.p, inputs.q, 'g', n_p => 100, n_q => 100, min_expected => 1e-300)).p_value", '(goodness_of_fit_test(inputs.q, inputs.p)).p_value',
	'wasserstein_distance(inputs.p, inputs.q, inputs.q)', 'sample_energy_distance(inputs.p, inputs.q)');

create_database('kldiv_cancel');

# The arrays are fields of a record, which are handed over as they are, where variables would be copied
my $bins = number_of_bins();
my @latencies = cancel_latencies('', <<"END", map { [ 0.4, "value := $_;" ] } @calls);
SELECT array_fill(1.0::float8, ARRAY[$bins]) || ARRAY[1e300]::float8[] AS p,
	   array_fill(2.0::float8, ARRAY[$bins + 1]) AS q INTO inputs;
END
# Tables, which are gone through several times
my @moments = (0.2, 0.7, 1.2);
my $of_table = 'mutual_information(inputs.joint) + conditional_entropy(inputs.joint) + cardinality(product_of_margins(inputs.joint)) + theils_u(inputs.joint)';
push @calls, ($of_table) x @moments;
push @latencies, cancel_latencies('', <<"END", map { [ $_, "value := $of_table;" ] } @moments);
SELECT array_fill(3.0::float8, ARRAY[$bins / 500, 500]) AS joint INTO inputs;
END
is(scalar @latencies, scalar @calls, "all calls on $bins bins are canceled, and the session goes on");
@latencies = sort { $a <=> $b } @latencies;
my $soon = soon();
cmp_ok($latencies[-2], '<', $soon, sprintf "all but one within $soon ms (%s)", join ', ', map { sprintf '%.0f', $_ } @latencies);
cmp_ok($latencies[-1], '<', 1000, 'and that one within a second');

# A timeout in the middle of a query
my ($status, $output, $errors) = psql(<<'END', '-v', 'ON_ERROR_STOP=0');
SET jit = off;
SET kldiv.threads = 1;
SET statement_timeout = '1500ms' \; DO $$
BEGIN
	LOOP
		PERFORM count(renyi(p, q, 7, base => 2 + i))
		FROM (SELECT array_fill(1.0::float8, ARRAY[1000000]) || ARRAY[1e300]::float8[] AS p,
					 array_fill(2.0::float8, ARRAY[1000001]) AS q OFFSET 0) AS arrays,
			 LATERAL generate_series(1, 100000 + 0 * cardinality(p)) AS i;
	END LOOP;
END $$;
SELECT total_variation(ARRAY[1, 3], ARRAY[1, 1]), worked();
END
like($errors, qr/ERROR:  57014: canceling statement due to statement timeout/, 'statement_timeout works');
like($output, qr/^0\.25\|/, 'the session goes on');
my ($worked) = $output =~ /\|([\d.]+)$/;
SKIP:
{
	skip 'needs /proc', 1 if !-r "/proc/$$/stat";
	cmp_ok($worked, '<', 1500 + 1000, sprintf 'within a second of its time (%.0f ms)', $worked - 1500);
}

done_testing();
