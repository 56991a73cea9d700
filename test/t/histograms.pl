# The type histogram beyond one session: binary form, encodings, parallel plans, extensions, dumps, cancel.

use strict;
use warnings;

use File::Temp;
use FindBin;
use lib $FindBin::Bin;

use Test::More;
use Time::HiRes qw(sleep time);
use TestKldiv;

create_database('kldiv_histograms');

# The bytes of a value of histogram_send: version, count, (length, label, weight)...
sub wire
{
	my ($version, $count, @bins) = @_;

	return pack('NN', $version, $count) . join '', map { pack('N/a* d>', @$_) } @bins;
}

# Copies crafted bytes into a table as a binary histogram would be, and returns psql's messages
sub receive
{
	my ($bytes, $encoding) = @_;
	my $file = File::Temp->new;

	binmode $file;
	print $file "PGCOPY\n\xff\r\n\0" . pack('NN', 0, 0) . pack('n N/a*', 1, $bytes) . pack('n', 0xFFFF);
	$file->flush;
	local $ENV{PGCLIENTENCODING} = $encoding // 'UTF8';
	return (psql("\\copy received from '" . $file->filename . "' with (format binary)"))[2];
}

sub received
{
	return psql_ok('SELECT h, histogram_total(h) FROM received');
}

psql_ok('CREATE TABLE received (h histogram)');
is(receive(wire(1, 3, [ 'b', 2 ], [ 'a', 1.5 ], [ '', 0 ])), '', 'the binary form is read');
is(received(), '{"": 0, "a": 1.5, "b": 2}|3.5', 'whatever the order of its labels');
is(psql_ok("SELECT encode(histogram_send(h), 'hex') FROM received"),
	unpack('H*', wire(1, 3, [ '', 0 ], [ 'a', 1.5 ], [ 'b', 2 ])), 'and written in the order of its labels');
psql_ok('TRUNCATE received');
is(receive(wire(1, 0)), '', 'an empty one too');
is(received(), '{}|0', 'which is empty');
psql_ok('TRUNCATE received');
is(receive(wire(1, 1, [ "\xe9", 1 ]), 'LATIN1'), '', "in the client's encoding");
is(received(), '{"é": 1}|1', "which becomes the server's");
is(receive(wire(1, 1, [ 'a', -0.0 ])), '', 'a weight of -0');
is(psql_ok("SELECT count(*) FROM received WHERE h = '{\"a\": 0}'"), '1', 'is 0');

my %forged = (
	'no bytes' => '',
	'half a header' => pack('N', 1),
	'another version' => wire(2, 1, [ 'a', 1 ]),
	'more bins than bytes' => wire(1, 2, [ 'a', 1 ]),
	'billions of bins' => wire(1, 0xFFFFFFFF, [ 'a', 1 ]),
	'fewer bins than bytes' => wire(1, 1, [ 'a', 1 ], [ 'b', 1 ]),
	'a label beyond the end' => pack('NN N', 1, 1, 100) . 'a' . pack('d>', 1),
	'a label of 4 GB' => pack('NN N', 1, 1, 0xFFFFFFFF) . 'a' . pack('d>', 1),
	'half a weight' => pack('NN N', 1, 1, 1) . 'a' . pack('N', 1),
	'a duplicate label' => wire(1, 2, [ 'a', 1 ], [ 'a', 1 ]),
	'a negative weight' => wire(1, 1, [ 'a', -1 ]),
	'a weight of NaN' => wire(1, 1, [ 'a', 'NaN' ]),
	'an infinite weight' => wire(1, 1, [ 'a', 9**9**9 ]));
like(receive($forged{$_}), qr/ERROR:  22P03: invalid binary form of a histogram/, "$_ is refused") for sort keys %forged;
like(receive(wire(1, 1, [ "\xff", 1 ])), qr/ERROR:  22021: invalid byte sequence/, 'bytes of no encoding are refused');
like(receive(wire(1, 1, [ "a\0b", 1 ])), qr/ERROR:  22P03: /, 'a byte of 0 is refused');
like(receive(wire(1, 2, [ 'a', 1e308 ], [ 'b', 1e308 ])), qr/ERROR:  22003: total of the weights/, 'a total out of range is refused');
psql_ok('TRUNCATE received');

# Binary COPY and dump of many, stored in every way
psql_ok(<<'END');
CREATE TABLE many (id int PRIMARY KEY, h histogram NOT NULL, drift float8 GENERATED ALWAYS AS (jsd(h, '{"label 1": 1, "x": 1}')) STORED,
	CHECK (histogram_total(h) >= 0));
INSERT INTO many SELECT i, histogram_agg(CASE WHEN j % 2 = 0 THEN 'label ' ELSE md5(i::text) END || j, j / 7.0)
FROM generate_series(1, 60) AS i, LATERAL generate_series(1, i * i) AS j GROUP BY i;
INSERT INTO many VALUES (0, '{}'), (-1, '{"\u0001\"\\é": 5e-324}');
CREATE INDEX ON many (h) WHERE histogram_bin_count(h) < 10;
CREATE INDEX ON many USING hash (h);
CREATE INDEX ON many (entropy(h));
CREATE TABLE copies (LIKE many);
END
my $file = File::Temp->new;
psql_ok("\\copy (SELECT id, h, drift FROM many) to '" . $file->filename . "' with (format binary)");
psql_ok("\\copy copies (id, h, drift) from '" . $file->filename . "' with (format binary)");
is(value_of('count(*) FROM many JOIN copies USING (id) WHERE many.h = copies.h AND many.drift IS NOT DISTINCT FROM copies.drift'), '62', 'binary COPY keeps all');
my $contents = 'SELECT id, md5(h::text), drift FROM many ORDER BY id';
my $before = psql_ok($contents);
my $dump = File::Temp->new;
is(system('pg_dump', '-Fc', '-f', $dump->filename, 'kldiv_histograms'), 0, 'a database with histograms can be dumped');
create_database('kldiv_restored', without_extension => 1);
is(system('pg_restore', '--exit-on-error', '-d', 'kldiv_restored', $dump->filename), 0, 'and restored');
is(psql_ok($contents), $before, 'with the same contents');
is(psql_ok(q{SET enable_seqscan = off; SELECT id FROM many WHERE h = '{}' OR h = '{"\u0001\"\\\\é": 5e-324}' ORDER BY id}), "-1\n0", 'found by their indexes');
$ENV{PGDATABASE} = 'kldiv_histograms';

# Parallel plans
psql_ok(<<'END');
CREATE TABLE events AS
SELECT i % 20 AS feature, CASE WHEN i % 3 = 0 THEN 'A' ELSE 'B' END AS arm, 'v' || (i * 7919::bigint % 10007) % 50 AS value,
	md5((i % 997)::text) AS long, i % 8 AS weight FROM generate_series(1, 200000) AS i;
ALTER TABLE events SET (parallel_workers = 2);
ANALYZE events;
CREATE TABLE daily AS SELECT weight, feature, histogram_agg(value) AS h FROM events GROUP BY weight, feature;
ALTER TABLE daily SET (parallel_workers = 2);
END
my $parallel = 'SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;';
for my $query ("SELECT feature, jsd(histogram_agg(value) FILTER (WHERE arm = 'B'), histogram_agg(value) FILTER (WHERE arm = 'A')), histogram_agg(long) FROM events GROUP BY feature ORDER BY feature",
	'SELECT histogram_agg(long, weight), histogram_agg(feature), histogram_agg(value) FILTER (WHERE false) FROM events',
	'SELECT sum(h) FROM daily',
	"SELECT arm, histograms_agg(value, long, weight, '{2,4,4}'::float8[], feature), binned_histogram_agg(weight, '{2,4,4}') FROM events GROUP BY arm ORDER BY arm")
{
	my $serial = psql_ok("SET max_parallel_workers_per_gather = 0; $query");

	like(psql_ok("$parallel EXPLAIN $query"), qr/Partial (Hash|Group)?Aggregate/, "planned in parallel: $query");
	is(psql_ok("$parallel $query"), $serial, 'with the same result');
}

# Too many values, in one worker or only in both: a verdict that does not depend on who had which rows
psql_ok(<<'END');
CREATE TABLE wide AS SELECT i, CASE WHEN i <= 10001 THEN i ELSE 1 END AS in_one, i % 10001 AS in_all, i % 10000 AS none FROM generate_series(1, 200000) AS i;
ALTER TABLE wide SET (parallel_workers = 2);
ANALYZE wide;
END
my $verdicts = 'SELECT h[1] IS NULL, h[2] IS NULL, h[3] IS NULL, histogram_bin_count(h[4]), histogram_total(h[4]) FROM (SELECT histograms_agg(i, in_one, in_all, none) AS h FROM wide) AS s';
is(psql_ok("SET max_parallel_workers_per_gather = 0; $verdicts"), 't|t|t|10000|200000', 'too many values, in one process');
is(psql_ok("$parallel SET parallel_leader_participation = $_; $verdicts"), 't|t|t|10000|200000', "too many values, with workers, leader $_") for 'on', 'off';
is(psql_ok('SET max_parallel_workers_per_gather = 0; ' . $verdicts =~ s/FROM wide/FROM (SELECT * FROM wide ORDER BY i DESC) AS w/r), 't|t|t|10000|200000', 'too many values, in another order');

my $limited = 'SELECT h[1] IS NULL, h[2] IS NULL FROM (SELECT histograms_agg(i % 20000, in_all) AS h FROM wide) AS s';
is(psql_ok("SET kldiv.max_column_values = $$_[0]; $parallel $limited"), $$_[1], "workers have the limit of their leader: $$_[0]") for [ 10001, 't|f' ], [ 20000, 'f|f' ], [ 10000, 't|t' ];

# Fractions are added up without rounding: the same bits in any order of rows, and however many workers had which
psql_ok(<<'END');
CREATE TABLE fractions AS
SELECT i, i % 20 AS label, CASE WHEN i % 20 < 15 THEN (i * 7919::bigint % 10007) / 7.0::float8 ELSE 10::float8 ^ (i * 7919::bigint % (40 * (i % 20 - 14)) - 20 * (i % 20 - 14)) / 7 END AS w
FROM generate_series(1, 300000) AS i;
ALTER TABLE fractions SET (parallel_workers = 2);
ANALYZE fractions;
CREATE TABLE fractional AS SELECT i % 1000 AS part, histogram_agg(label, w) AS h FROM fractions GROUP BY part;
ALTER TABLE fractional SET (parallel_workers = 2);
ANALYZE fractional;
END
for my $sum ('histogram_agg(label, w) FROM fractions', 'sum(h) FROM fractional')
{
	my $query = "SELECT md5(histogram_send(h)) FROM (SELECT $sum) AS s (h)";
	my %seen;

	for my $order ($sum =~ /fractions/ ? ('i', 'i DESC', 'w', 'w DESC', 'md5(i::text)') : ('part', 'part DESC', 'md5(part::text)'))
	{
		(my $ordered = $query) =~ s/FROM (fraction\w+)/FROM (SELECT * FROM $1 ORDER BY $order) AS o/;
		$seen{psql_ok("SET max_parallel_workers_per_gather = 0; $ordered")} = 1;
	}
	for my $workers (0, 1, 2)
	{
		my $settings = "$parallel SET max_parallel_workers_per_gather = $workers;";

		like(psql_ok("$settings EXPLAIN (ANALYZE, COSTS OFF) $query"), qr/Workers Launched: $workers/, "$workers workers: $sum") if $workers > 0;
		$seen{psql_ok("$settings SET parallel_leader_participation = $_; $query")} = 1 for 'on', 'off';
	}
	is(scalar keys %seen, 1, "one sum of fractions in any order, by 0, 1 and 2 workers: $sum");
}

# Many labels go from one table to another without piling up, though in the order of their hashes
my $many = 'SELECT histogram_bin_count(histogram_agg(i)) FROM generate_many';
psql_ok('CREATE TABLE generate_many AS SELECT i FROM generate_series(1, 400000) AS i; ALTER TABLE generate_many SET (parallel_workers = 2); ANALYZE generate_many');
my ($alone, $together) = map {
	my $begin = time;
	is(psql_ok("$_ $many"), '400000', 'many labels');
	time - $begin
} ('SET max_parallel_workers_per_gather = 0;', "$parallel SET parallel_leader_participation = off;");
cmp_ok($together, '<', 10 * $alone + 5, sprintf 'combining takes no longer than counting (%.1f and %.1f s)', $together, $alone);

# What Citus distributes: counts inside, the weighted aggregate outside
is(psql_ok('SELECT feature, histogram_agg(value, n) FROM (SELECT feature, value, count(*) AS n FROM events GROUP BY feature, value) AS s GROUP BY feature ORDER BY feature'),
	psql_ok('SELECT feature, histogram_agg(value) FROM events GROUP BY feature ORDER BY feature'), 'counts first give the same histograms');

# A server with another encoding
$ENV{PGDATABASE} = 'postgres';
psql_ok('DROP DATABASE IF EXISTS kldiv_latin');
psql_ok("CREATE DATABASE kldiv_latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
$ENV{PGDATABASE} = 'kldiv_latin';
psql_ok('CREATE EXTENSION kldiv; CREATE TABLE received (h histogram)');
{
	local $ENV{PGCLIENTENCODING} = 'UTF8';
	is(psql_ok(q{SELECT '{"é": 1, "\u00fc": 2, "z": 3}'::histogram, histogram_labels('{"ü": 1}')}), '{"z": 3, "é": 1, "ü": 2}|{ü}', 'LATIN1: labels in text');
	like((psql(q{SELECT '{"\u20ac": 1}'::histogram}))[2], qr/ERROR:  22P05: /, 'LATIN1: a character that it does not have');
	is(receive(wire(1, 2, [ "\xc3\xbc", 1 ], [ "\xc3\xa9", 2 ])), '', 'LATIN1: labels in bytes');
	is(received(), '{"é": 2, "ü": 1}|3', 'LATIN1: sorted after the conversion');
	is(psql_ok(q{SELECT encode(histogram_send('{"é": 1}'), 'hex')}), unpack('H*', wire(1, 1, [ "\xc3\xa9", 1 ])), 'LATIN1: sent in UTF-8');
}
$ENV{PGDATABASE} = 'postgres';
psql_ok('DROP DATABASE kldiv_latin');
$ENV{PGDATABASE} = 'kldiv_histograms';

SKIP:
{
	skip 'citext is not installed', 3 if value_of("count(*) FROM pg_available_extensions WHERE name = 'citext'") eq '0';
	psql_ok('CREATE EXTENSION citext');
	is(value_of(q{histogram_agg(x) FROM unnest('{Apple,APPLE,Öl,b}'::citext[]) AS x}), '{"apple": 2, "b": 1, "Öl": 1}', 'citext that is equal has one label');
	is(value_of(q{histograms_agg(x, 1) = ARRAY[histogram_agg(x), histogram_agg(1)] FROM unnest('{Apple,APPLE,Öl,b}'::citext[]) AS x}), 't', 'as a column too');
	like((psql(q{SELECT histogram_agg('{Apple,b}'::citext[])}))[2], qr/ERROR:  42804: /, 'but arrays of it have none');
}

SKIP:
{
	skip 'no soft errors before PostgreSQL 16', 1 if major_version() < 16;
	is(psql_ok(<<'END'), 'true' . ' false' x 7, 'wrong input is noted, not raised');
SELECT string_agg(pg_input_is_valid(t, 'histogram')::text, ' ') FROM unnest(ARRAY['{"a": 1}', '', '{"a": -1}', '{"a": 1e999}',
	'{"a": 1, "a": 1}', '{"\u0000": 1}', '{"a": 1e308, "b": 1e308}', '{"a": 1']) AS t
END
}

# What would not fit into 1 GB is an error, with many labels and with long ones
like((psql(q{SELECT histogram_agg(repeat(i::text, 20000000)) FROM generate_series(1, 60) AS i}))[2], qr/ERROR:  54000: histogram is too large/, 'a histogram of more than 1 GB is an error');
is(psql_ok('SELECT histogram_agg(1)'), '{"1": 1}', 'which the session survives');

# Cancel while labels with a long prefix in common are sorted, and in every phase of many: hashing, growing, sorting, writing
for my $case (
	[ 'labels of a million bytes', 3 * soon(), 'SELECT array_agg(repeat(\'x\', 1000000) || i) AS labels INTO inputs FROM generate_series(1, 100) AS i;', 'PERFORM histogram_agg(label) FROM unnest(inputs.labels) AS label;' ],
	[ 'many columns and edges', soon(), '', 'PERFORM histograms_agg(' . join(', ', map { "i % $_, ARRAY[" . join(', ', 1 .. 900) . ']::float8[], i' } 1 .. 30) . ') FROM generate_series(1, 400000) AS i;' ],
	[ 'two million labels', soon(), '', 'PERFORM histogram_bin_count(histogram_agg(md5(i::text) || i)) FROM generate_series(1, 2000000) AS i;' ])
{
	my ($what, $soon, $preparation, $statement) = @$case;
	my @latencies = sort { $a <=> $b } cancel_latencies('SET max_parallel_workers_per_gather = 0;', $preparation, map { [ 0.25 + 0.37 * $_, $statement ] } 0 .. 6);

	is(scalar @latencies, 7, "$what: canceled at several moments");
	cmp_ok($latencies[3], '<', $soon, sprintf "$what: within $soon ms (%s)", join ', ', map { sprintf '%.0f', $_ } @latencies);
}

done_testing();
