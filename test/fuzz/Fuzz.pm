# Random distributions from a seed, through every function and aggregate, against
# an exact oracle (oracle.sql) and against what must hold whatever the weights.
#
# A new surface is a line in %surfaces; a new measure a line in @table.  What
# holds of histograms, and of many distributions at once, is in files of its
# own.  A function of the extension that nothing here calls is a failure.
package Fuzz;

use strict;
use warnings;

use Exporter 'import';
use File::Basename qw(dirname);
use File::Temp;
use Time::HiRes qw(time);
use FuzzCohorts;
use FuzzComparisons;
use FuzzHistograms;
use FuzzJoint;
use FuzzLogits;
use FuzzModels;
use FuzzOrdered;
use FuzzStatistics;
use TestKldiv;

our @EXPORT = qw(fuzz titles_of_checks);

# How the values of all measures are computed from "given": weights by id and
# variant.  A measure is called by the same words everywhere: p and q are
# arrays in one, rows in the other.
my %surfaces = (
	histograms => 'SELECT id, variant, CALLS FROM (SELECT id, variant, hp AS p, hq AS q FROM given) AS h',
	counted => 'SELECT id, variant, CALLS FROM (SELECT id, variant, histogram_agg(name, w.p) FILTER (WHERE w.p > 0) AS p, histogram_agg(name, w.q) FILTER (WHERE w.q > 0) AS q'
	  . ' FROM given, unnest(given.p, given.q) WITH ORDINALITY AS w (p, q, bin) JOIN names USING (bin) GROUP BY id, variant) AS h',
	arrays => 'SELECT id, variant, CALLS FROM given',
	rows => 'SELECT id, variant, CALLS FROM (SELECT id, variant, w.p, w.q FROM given, unnest(given.p, given.q) AS w (p, q)) AS r GROUP BY id, variant',
	'rows in order' => 'SELECT id, variant, v.* FROM given, LATERAL (SELECT CALLS FROM unnest(given.p, given.q) AS w (p, q)) AS v');

# The call, what the oracle calls it, and what holds: s: symmetric; z: 0 if and only if equal; the largest
# value; the relative error that is allowed for arrays, if not 1e-14
my @orders = qw(0.25 0.5 2 7 1.0009765625 0.9990234375);
my @table = (
	[ 'entropy(p)', 'entropy' ],
	[ 'perplexity(p)', 'perplexity' ],
	[ 'cross_entropy(p, q)', 'cross_entropy' ],
	[ 'kl_divergence(p, q)', 'kl_divergence', 'z' ],
	[ 'jeffreys_divergence(p, q)', 'jeffreys_divergence', 'sz' ],
	[ 'jsd(p, q)', 'jsd', 'sz', 'ln(2::float8)' ],
	[ 'js_distance(p, q)', 'js_distance', 'sz', 'sqrt(ln(2::float8))' ],
	[ 'hellinger_distance(p, q)', 'hellinger_distance', 'sz', '1' ],
	[ 'bhattacharyya_distance(p, q)', 'bhattacharyya_distance', 'sz' ],
	[ 'total_variation(p, q)', 'total_variation', 'sz', '1' ],
	[ 'l_infinity(p, q)', 'l_infinity', 'sz', '1' ],
	[ 'chi_square_divergence(p, q)', 'chi_square_divergence', 'z' ],
	[ 'psi(p, q)', 'psi', 's' ],
	(map { [ "renyi(p, q, '$_')", "renyi $_", $_ eq '0' ? '' : 'z', "'Infinity'", '1e-13' ] } @orders, 0, 1, 'Infinity'),
	(map { [ "renyi_entropy(p, '$_')", "renyi_entropy $_", '', "'Infinity'", '1e-12' ] } @orders, 0, 1, 'Infinity'));

# Functions that are called by other words
my @implicit = (
	(map { "histogram_$_" } qw(eq ne lt le gt ge plus minus times divide arrow in out recv to_json to_jsonb)),
	qw(times_histogram json_to_histogram jsonb_to_histogram));

# Those that take these arguments, as arrays and histograms
my @with_base = qw(entropy cross_entropy kl_divergence jeffreys_divergence jsd renyi renyi_entropy);
my @with_pseudocount = qw(cross_entropy kl_divergence jeffreys_divergence jsd js_distance renyi);

# Numbers that look random, the same on every machine: Park and Miller's
my $state;

sub pick
{
	my ($below) = @_;

	$state = $state * 48271 % 2147483647;
	return $state % $below;
}

sub one_of { return $_[ pick(scalar @_) ]; }

# m * 2^e is exact in double precision, and so is its decimal
sub weight { return $_[0] * 2**$_[1]; }

sub big { return 1 + pick(1 << 24) * (1 << 24) + pick(1 << 24); }

my %kinds = (
	counts => sub { map { [ pick(21), pick(21) ] } 1 .. 1 + pick(16) },
	'large counts' => sub { map { [ big(), big() ] } 1 .. 1 + pick(16) },
	'of all sizes' => sub { map { [ map { pick(4) ? weight(1 + pick(1 << 20), pick(121) - 60) : 0 } 1, 2 ] } 1 .. 1 + pick(12) },
	'nearly equal' => sub { map { my $w = 1 + pick(1 << 20); [ $w, $w * (1 + (pick(7) - 3) * 2**-20) ] } 2 .. 2 + pick(12) },
	'very nearly equal' => sub { map { my $w = 1 + pick(1 << 10); [ $w, $w * (1 + (pick(7) - 3) * 2**-40) ] } 2 .. 2 + pick(12) },
	'equal' => sub { my $by = 1 + pick(1000); map { my $w = pick(1 << 20); [ $w, $w * $by ] } 1 .. 1 + pick(16) },
	'disjoint' => sub { map { pick(2) ? [ 1 + pick(9), 0 ] : [ 0, 1 + pick(9) ] } 1 .. 1 + pick(16) },
	'with NULLs' => sub { map { [ map { pick(4) ? pick(9) : undef } 1, 2 ] } 1 .. 1 + pick(16) },
	'nearly certain' => sub { my $at = pick(8); map { my $n = $_; [ map { $n == $at ? 2**40 : pick(3) } 1, 2 ] } 0 .. 7 },
	'one-sided' => sub { map { [ pick(3), 1 + pick(5) ] } 1 .. 1 + pick(16) },
	'many' => sub { map { [ pick(100), pick(100) ] } 1 .. 60 + pick(60) });

sub array_text { return '{' . join(',', map { $_ // 'NULL' } @_) . '}'; }

sub exact_text
{
	my ($weight) = @_;

	return undef if !defined $weight;
	my $text = sprintf '%.80f', $weight;
	$text =~ s/\.?0+$//;
	return $text;
}

# A line of COPY
sub case
{
	my ($id) = @_;
	my $kind = one_of(sort keys %kinds);
	my @bins = $kinds{$kind}->();
	my @columns = map { my $side = $_; [ map { $_->[$side] } @bins ] } 0, 1;
	my $pseudocount = $kind =~ /counts|NULL|disjoint|one-sided|many/ && $kind !~ /large/ ? one_of(0.5, 1, 2, 0.125) : '\N';

	return join("\t", $id, $kind, (map { array_text(map { defined ? sprintf('%.17g', $_) : undef } @$_) } @columns),
		(map { array_text(map { exact_text($_) } @$_) } @columns), $pseudocount) . "\n";
}


sub values_of
{
	my ($surface) = @_;
	my $sql = $surfaces{$surface};
	my $columns = join ', ', map { "$table[$_][0] AS value_$_" } 0 .. $#table;
	my $names = join ', ', map { "('$table[$_][1]', value_$_)" } 0 .. $#table;

	$sql =~ s/CALLS/$columns/;
	return "INSERT INTO found SELECT id, variant, '$surface', measure, value FROM ($sql) AS s, LATERAL (VALUES $names) AS v (measure, value);\n";
}

sub extras
{
	my $sql = '';

	for my $measure (@table)
	{
		my ($call, $name) = @$measure;
		my ($function) = $call =~ /^(\w+)/;

		for my $surface ('arrays', 'histograms')
		{
			my $here = $surface eq 'arrays' ? $call : $call =~ s/\b([pq])\b/h$1/gr;

			$sql .= "INSERT INTO found SELECT id, 'bits', '$surface', '$name', $here FROM given WHERE variant = 'plain';\n" =~ s/\)(?= FROM)/, base => 2)/r
			  if grep { $_ eq $function } @with_base;
			$sql .= "INSERT INTO found SELECT id, 'smoothed', '$surface', '$name', $here FROM smoothed WHERE pseudocount IS NOT NULL;\n" =~ s/\)(?= FROM)/, pseudocount => pseudocount::float8)/r
			  if grep { $_ eq $function } @with_pseudocount;
		}
	}
	return $sql;
}

# What must hold: a title, and a query for the lines that show where it does not
my @checks = (
	[ 'the value is that of the formula', <<'END' ],
SELECT f.id, kind, surface, variant, f.measure, coalesce(f.value::text, 'NULL') || ' instead of ' || coalesce(CASE WHEN e.infinite THEN 'Infinity' ELSE round(e.value, 40)::text END, 'NULL')
FROM found AS f JOIN cases AS c USING (id) JOIN properties AS m USING (measure)
	 LEFT JOIN exact AS e ON e.id = f.id AND e.measure = f.measure AND e.smoothed = (variant = 'smoothed')
WHERE variant <> 'swapped' AND NOT (surface ~ '^rows' AND kind = 'very nearly equal')
  AND CASE WHEN e.infinite THEN f.value IS DISTINCT FROM 'Infinity'
		   WHEN e.value IS NULL THEN f.value IS NOT NULL
		   WHEN f.value IS NULL OR f.value = 'Infinity' OR f.value = 'NaN' THEN true
		   ELSE abs(f.value::text::numeric - e.value / CASE variant WHEN 'bits' THEN ln(digits(2)) ELSE 1 END) >
				e.value * CASE WHEN surface !~ '^rows' THEN m.bar WHEN kind = 'nearly equal' THEN greatest(m.bar, 1e-9) ELSE greatest(m.bar, 1e-13) END
				+ CASE WHEN surface ~ '^rows' AND f.measure = 'cross_entropy' THEN 1e-15 WHEN surface ~ '^rows' AND f.measure = 'renyi Infinity' THEN 1e-32 ELSE 1e-45 END END
END
	[ 'never negative, NaN, -0 or beyond the largest value', <<'END' ],
SELECT id, kind, surface, variant, measure, value::text
FROM found JOIN cases USING (id) JOIN properties USING (measure)
WHERE NOT (value >= 0 AND value <= largest / CASE variant WHEN 'bits' THEN ln(2::float8) ELSE 1 END AND value::text <> '-0')
END
	[ 'symmetric to the last bit', <<'END' ],
SELECT id, kind, surface, '', measure, one.value || ' and ' || other.value
FROM found AS one JOIN found AS other USING (id, surface, measure) JOIN cases USING (id) JOIN properties USING (measure)
WHERE one.variant = 'plain' AND other.variant = 'swapped' AND symmetrical AND (surface !~ '^rows' OR surface = 'rows in order')
  AND float8send(one.value) IS DISTINCT FROM float8send(other.value)
END
	[ '0 if and only if equal', <<'END' ],
SELECT id, kind, surface, variant, measure, value || CASE WHEN equal THEN ', though equal' ELSE ', though different' END
FROM found JOIN cases USING (id) JOIN properties USING (measure)
	 JOIN (SELECT id, smoothed, bool_and(a = b) AS equal FROM shares GROUP BY id, smoothed HAVING bool_and(a = b) IS NOT NULL) AS e
	 USING (id)
WHERE smoothed = (variant = 'smoothed') AND zero AND (value = 0) <> equal AND (equal OR surface !~ '^rows')
END
	[ 'measures that keep all rows have the bits of the arrays', <<'END' ],
SELECT id, kind, variant, '', measure, one.value || ' and ' || other.value
FROM found AS one JOIN found AS other USING (id, variant, measure) JOIN cases USING (id)
WHERE one.surface = 'arrays' AND other.surface = 'rows in order' AND measure IN ('jsd', 'js_distance', 'total_variation', 'l_infinity')
  AND float8send(one.value) IS DISTINCT FROM float8send(other.value)
END
	[ 'to_distribution gives the shares', <<'END' ],
SELECT id, kind, 'arrays', smoothed::text, 'to_distribution', t || ' instead of ' || round(a, 40)
FROM cases JOIN shares USING (id), LATERAL (SELECT (to_distribution(p, CASE WHEN smoothed THEN pseudocount::float8 ELSE 0 END))[bin] AS t) AS t
WHERE a IS NOT NULL AND (abs(t::text::numeric - a) <= 1e-15 * a) IS NOT TRUE
END
	[ 'which is a distribution; others are not', <<'END' ],
SELECT id, kind, 'arrays', '', 'is_distribution', p::text
FROM cases JOIN (SELECT id, sum(coalesce(w, 0)) AS total, bool_or(w IS NULL) AS holes
				 FROM cases, unnest(p_exact) AS w GROUP BY id) AS t USING (id)
WHERE is_distribution(to_distribution(p), 1e-14) IS DISTINCT FROM nullif(total > 0, false)
   OR is_distribution(p) IS DISTINCT FROM (abs(total - 1) <= 0.000001 AND NOT holes)
END
	[ 'softmax gives the shares of the exponentials', <<'END' ],
SELECT id, kind, 'arrays', '', 'softmax', s || ' instead of ' || round(e / total, 40)
FROM (SELECT id, kind, bin, (softmax(p, 4))[bin] AS s, e, sum(e) OVER (PARTITION BY id) AS total
	  FROM cases, LATERAL (SELECT bin, coalesce(exp(digits(w) / 4), 0) AS e FROM unnest(p_exact) WITH ORDINALITY AS w (w, bin)) AS e
	  WHERE kind IN ('counts', 'disjoint', 'with NULLs', 'one-sided') AND array_position(p, NULL) IS NULL) AS s
WHERE (abs(s::text::numeric - e / total) <= 1e-14 * e / total) IS NOT TRUE
END
	[ 'wrong weights and shapes are errors of their kind, on every side and surface', <<'END' ],
SELECT id, kind, surface, number::text, measure, coalesce(outcome, 'NULL') || ' instead of ' || expected
FROM wrong JOIN cases USING (id), LATERAL (SELECT DISTINCT measure, call FROM properties) AS m,
	 LATERAL (VALUES ('arrays', format('SELECT %s FROM (SELECT %L::float8[] AS p, %L::float8[] AS q) AS s', call, wrong_p, wrong_q)),
					 ('histograms', format('SELECT %1$s FROM (SELECT histogram(in_order(%2$L), %2$L::float8[]) AS p, histogram(in_order(%3$L), %3$L::float8[]) AS q) AS s', call, wrong_p, wrong_q)),
					 ('rows', format('SELECT %s FROM unnest(%L::float8[], %L::float8[]) AS s (p, q)', call, wrong_p, wrong_q))) AS s (surface, sql),
	 LATERAL outcome(sql) AS outcome
WHERE (surface = 'arrays' OR expected <> 'ERROR 2202E') AND (side = 'p' OR call ~ 'q') AND outcome IS DISTINCT FROM expected
END
	@histogram_checks, @comparison_checks, @statistics_checks, @model_checks, @logit_checks, @ordered_checks, @cohort_checks, @joint_checks);

sub prepare
{
	open my $file, '<', dirname(__FILE__) . '/oracle.sql' or die "oracle.sql: $!";
	my $oracle = do { local $/; <$file> };
	my $properties = join ', ', map {
		my ($call, $name, $flags, $largest, $bar) = @$_;
		sprintf "('%s', '%s', %s, %s, %s::float8, %s)", $name, $call =~ s/'/''/gr, ($flags // '') =~ /s/ ? 'true' : 'false', ($flags // '') =~ /z/ ? 'true' : 'false',
		  $largest // "'Infinity'", $bar // '1e-14'
	} @table;

	psql_ok($oracle . $histogram_functions . $comparison_tables . <<"END" . <<'END');
CREATE TABLE properties (measure text PRIMARY KEY, call text, symmetrical boolean, zero boolean, largest float8, bar numeric);
INSERT INTO properties VALUES $properties;
CREATE TABLE given (id int, variant text, p float8[], q float8[], hp histogram, hq histogram);
CREATE VIEW smoothed AS SELECT given.*, pseudocount FROM cases JOIN given USING (id) WHERE variant = 'plain';
CREATE TABLE found (id int, variant text, surface text, measure text, value float8);
CREATE TABLE wrong (id int, number int, side text, wrong_p float8[], wrong_q float8[], expected text);
END
CREATE FUNCTION outcome(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	value text;
BEGIN
	EXECUTE query INTO value;
	RETURN value;
EXCEPTION WHEN OTHERS THEN
	RETURN 'ERROR ' || SQLSTATE;
END $$;
-- the same distributions in other words
CREATE FUNCTION vary() RETURNS void LANGUAGE sql AS $$
	INSERT INTO given SELECT id, 'plain', p, q FROM cases;
	INSERT INTO given SELECT id, 'swapped', q, p FROM cases;
	INSERT INTO given
	SELECT id, 'scaled', array_agg(u.p * 2::float8 ^ (id % 41 - 20) ORDER BY bin), array_agg(u.q * 2::float8 ^ (id % 37 - 18) ORDER BY bin)
	FROM cases AS c, unnest(c.p, c.q) WITH ORDINALITY AS u (p, q, bin) GROUP BY id;
	INSERT INTO given
	SELECT id, 'shuffled', array_agg(u.p ORDER BY bin * 7919 % 1009, bin), array_agg(u.q ORDER BY bin * 7919 % 1009, bin)
	FROM cases AS c, unnest(c.p, c.q) WITH ORDINALITY AS u (p, q, bin) GROUP BY id;
	UPDATE given SET hp = histogram(in_order(p), p), hq = histogram(in_order(q), q);
$$;
-- one weight of a case made wrong, at a place that depends on the case; or a shape
CREATE FUNCTION spoil() RETURNS void LANGUAGE sql AS $$
	INSERT INTO wrong
	SELECT id, number, side,
		   CASE side WHEN 'p' THEN p[:place - 1] || weight || p[place + 1:] ELSE p END,
		   CASE side WHEN 'q' THEN q[:place - 1] || weight || q[place + 1:] ELSE q END, 'ERROR 22023'
	FROM cases, (VALUES (1, '-1'::float8), (2, 'NaN'), (3, 'Infinity'), (4, '-Infinity'), (5, '-5e-324')) AS w (number, weight),
		 (VALUES ('p'), ('q')) AS s (side), LATERAL (SELECT 1 + (id * 7 + number) % cardinality(p)) AS at (place)
	WHERE id % 10 = number;
	INSERT INTO wrong
	SELECT id, 6, side, CASE side WHEN 'p' THEN p || '{1e308,1e308}'::float8[] ELSE p || '{1,1}'::float8[] END,
		   CASE side WHEN 'q' THEN q || '{1e308,1e308}'::float8[] ELSE q || '{1,1}'::float8[] END, 'ERROR 22003'
	FROM cases, (VALUES ('p'), ('q')) AS s (side) WHERE id % 10 = 6;
	INSERT INTO wrong SELECT id, 7, 'q', p, q || 1::float8, 'ERROR 2202E' FROM cases WHERE id % 10 = 7;
	INSERT INTO wrong SELECT id, 8, 'q', p || NULL::float8, q, 'ERROR 2202E' FROM cases WHERE id % 10 = 8;
$$;
END
	return;
}

# One batch of cases.  The plans differ from batch to batch, the results must not.
my @settings = (
	'SET max_parallel_workers_per_gather = 0; SET enable_hashagg = off;',
	'SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;',
	"SET jit = on; SET jit_above_cost = 0; SET max_parallel_workers_per_gather = 0; SET work_mem = '64kB';");

sub batch
{
	my ($seed, $size) = @_;
	my $script = File::Temp->new;

	$state = ($seed * 2654435 + 1) % 2147483646 + 1;
	pick(1) for 1 .. 10;
	my $lines = join '', map { case($_) } 1 .. $size;
	my $orders = join ',', @orders;
	my $checks = join '', map { my ($title, $sql) = @$_; $title =~ s/'/''/g; "SELECT '$title: ' || concat_ws(' | ', c.*) FROM (($sql) LIMIT 5) AS c;\n" } @checks;
	my $output = psql_ok(<<"END" . $settings[ $seed % @settings ] . join('', map { values_of($_) } sort keys %surfaces) . extras() . "ANALYZE found; SET jit = off;\n" . $checks
TRUNCATE cases, bins, shares, exact, given, found, wrong;
COPY cases FROM stdin;
$lines\\.
SELECT FROM find_shares();
ANALYZE shares;
SELECT FROM find_values('{$orders}');
SELECT FROM vary();
SELECT FROM spoil();
ANALYZE cases, given, exact;
$make_histograms$make_comparisons
END
		. "SELECT 'values ' || (SELECT count(*) FROM found WHERE value IS NOT NULL) || ' errors ' || (SELECT count(*) FROM wrong);\n");
	my ($values, $errors) = $output =~ /^values (\d+) errors (\d+)$/m;

	$output =~ s/^values .*$//m;
	return ($values, $errors, grep { /\S/ } split /\n/, $output);
}

sub titles_of_checks { return map { $_->[0] } @checks; }

# Runs batches until the time is over; what happened
sub fuzz
{
	my (%options) = @_;
	my $seed = $options{seed};
	my $end = time + $options{seconds};
	my %result = (batches => 0, values => 0, errors => 0, failures => []);

	prepare();
	my $sql = join ' ', 'divergence_measures()', $make_histograms, $make_comparisons, $histogram_functions, values %surfaces, map { $_->[1] } @checks;
	my %called = map { $_ => 1 } @implicit, (map { $_->[0] =~ /^(\w+)/ } @table), $sql =~ /(\w+)\(/g;
	my @functions = split /\n/, psql_ok("SELECT DISTINCT proname FROM pg_proc JOIN pg_depend ON classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e'"
		  . " WHERE refobjid = (SELECT oid FROM pg_extension WHERE extname = 'kldiv') AND proname !~ '^kldiv_' ORDER BY 1");
	push @{ $result{failures} }, map { "nothing here calls $_" } grep { !$called{$_} } @functions;
	push @{ $result{failures} }, 'there are no functions' if @functions < 50;
	my %known = map { $_->[0] =~ /^(\w+)/; $1 => 1 } @table;
	push @{ $result{failures} }, map { "the oracle does not know the measure $_" } grep { !delete $known{$_} } split /\n/, psql_ok('SELECT name FROM divergence_measures()');
	push @{ $result{failures} }, map { "there is no measure $_" } sort keys %known;
	do
	{
		my ($values, $errors, @failures) = batch($seed, $options{size} // 100);

		push @{ $result{failures} }, map { "seed $seed: $_" } @failures;
		$result{values} += $values;
		$result{errors} += $errors;
		$result{batches}++;
		$options{progress}->($seed, \%result) if $options{progress};
		$seed++;
	} while (time < $end && @{ $result{failures} } < 50);
	return \%result;
}

1;
