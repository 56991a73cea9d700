# What goes wrong around the extension: an end in the middle, no memory, no disk, no processes, a lost client,
# a crash.  The server stays up, the session goes on where one of PostgreSQL's own functions would let it, and
# nothing stays behind.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use Time::HiRes qw(sleep time);
use TestKldiv;
use TestServer;

plan skip_all => 'needs /proc' if !-r "/proc/$$/status";

my $server = TestServer->new(settings => "log_min_messages = warning\nmax_connections = 30\nrestart_after_crash = on")->start->choose;
psql_ok("CREATE EXTENSION kldiv; $worked");
# the library of threads, and more than one CPU for them
my $with_threads = -e "$FindBin::Bin/../../kldiv_openmp.so" && qx(nproc) > 1;
my $works = 'SELECT total_variation(ARRAY[1, 3], ARRAY[1, 1]), total_variation(p, 1) FROM (VALUES (1), (3)) AS rows (p)';

# Everything that can take long.  To add a surface is to add a line.
my %long = (
	'one call over arrays' => 'SELECT jsd(a.p, a.q) + renyi(a.p, a.q, 3) FROM (SELECT array_fill(1::float8, ARRAY[16000000]) AS p, array_fill(2::float8, ARRAY[16000000]) AS q) AS a',
	'many calls over arrays' => "SELECT sum(kl_divergence(ARRAY[1,i], ARRAY[2,3])) FROM generate_series(1, 10000000) AS i",
	'making arrays' => 'SELECT sum(cardinality(softmax(to_distribution(array_fill(i::float8, ARRAY[4000000]))))) FROM generate_series(1, 60) AS i',
	'rows in fixed states' => 'SELECT kl_divergence(i, i % 7 + 1), hellinger_distance(i, 1) FROM generate_series(1, 6000000) AS i',
	'rows that are kept' => 'SELECT jsd(i, i % 7), l_infinity(i, 1) FROM generate_series(1, 5000000) AS i',
	'many groups' => 'SELECT count(k) FROM (SELECT kl_divergence(i, i % 7 + 1) AS k, jsd(i, 1) FROM generate_series(1, 3000000) AS i GROUP BY i % 300000) AS s',
	'many labels' => "SELECT histogram_bin_count(histogram_agg(i)) FROM generate_series(1, 5000000) AS i",
	'sums of histograms' => "SELECT histogram_bin_count(sum(h)) FROM (SELECT histogram_agg(i * 20000 + n) AS h FROM generate_series(1, 300) AS i, generate_series(1, 20000) AS n GROUP BY i) AS s",
	'moving histograms' => "SELECT max(histogram_total(h)) FROM (SELECT histogram_agg(i % 1000) OVER (ORDER BY i ROWS 2000 PRECEDING) AS h FROM generate_series(1, 1000000) AS i) AS s",
	'a large histogram' => "SELECT max(length(h::text)), max(jsd(h, h * 2)) FROM (SELECT histogram_agg(i) AS h FROM generate_series(1, 1500000) AS i) AS s",
	'contributions' => "SELECT max(contribution) FROM (SELECT histogram_agg(i) AS p, histogram_agg(i + 1000) AS q FROM generate_series(1, 2000000) AS i) AS s, divergence_contributions(p, q)",
	'tests of counts' => "SELECT (homogeneity_test(p, q, 'g', min_expected => 5)).p_value + (independence_test(ARRAY[p, q, p], min_expected => 5)).p_value + (SELECT max(residual) FROM standardized_residuals(p, q)) FROM (SELECT array_agg(i % 1009)::float8[] AS p, array_agg(i % 17)::float8[] AS q FROM generate_series(1, 3000000) AS i) AS s",
	'many cohorts' => "SELECT generalized_jsd(ARRAY[x, y, x]), (SELECT generalized_jsd(ARRAY[histogram_agg(i), histogram_agg(i * 2)]) FROM generate_series(1, 200000) AS i) FROM (SELECT array_agg(i::float8) AS x, array_agg((i % 7)::float8) AS y FROM generate_series(1, 700000) AS i) AS s",
	'calibration' => "SELECT expected_calibration_error(i % 3 = 0, i % 1000 / 1000.0, 10000), log_loss(i % 3 = 0, i / 1e7) FROM generate_series(1, 1500000) AS i",
	'ordered measures' => "SELECT sample_wasserstein_distance(x, y, y, y) + sample_energy_distance(x, y) + differential_entropy(x) + knn_kl_divergence(x, y) FROM (SELECT array_agg((i::bigint * 7919 % 1000003)::float8) AS x, array_agg((i::bigint * 104729 % 1000003)::float8) AS y FROM generate_series(1, 1500000) AS i) AS s",
	'ordered rows' => "SELECT wasserstein_distance(i % 3, i % 2, (i::bigint * 7919 % 1000003)::float8), ks_statistic(i % 3, i % 2, (i::bigint * 7919 % 1000003)::float8) FROM generate_series(1, 3000000) AS i",
	'ordered histograms' => "SELECT ks_statistic(h, histogram_rebin(h, histogram_edges(h))) + histogram_quantile(h, 0.5) FROM (SELECT histogram_agg(log_bin_label(i, 6)) AS h FROM generate_series(1, 700000) AS i) AS s",
	'a joint table' => "SELECT mutual_information(t) + conditional_entropy(t) + cardinality(product_of_margins(t)) FROM (SELECT array_agg(line) AS t FROM (SELECT array_agg((i * j % 97)::float8) AS line FROM generate_series(1, 2000) AS i, generate_series(1, 1500) AS j GROUP BY i) AS l) AS s",
	'joint rows' => "SELECT mutual_information(i % 1009, i::bigint * 7919 % 100003), theils_u(i % 2, i) FROM generate_series(1, 2000000) AS i",
	'joint histograms' => "SELECT theils_u(h) FROM (SELECT histogram_agg('[' || i % 1000 || ', ' || i || ']') AS h FROM generate_series(1, 700000) AS i) AS s",
	'covariances' => "SELECT multivariate_gaussian_kl_divergence(m, v, m, v) FROM (SELECT array_fill(0::float8, ARRAY[1000]) AS m, array_agg(line) AS v FROM (SELECT array_agg(1.0::float8 / (1 + abs(i - j)) ORDER BY j) AS line FROM generate_series(1, 1000) AS i, generate_series(1, 1000) AS j GROUP BY i ORDER BY i) AS l) AS s",
	'bars' => "SELECT count(*) FROM (SELECT histogram_agg(i) AS p FROM generate_series(1, 1500000) AS i) AS s, histogram_bars(p, 0.5 * p)",
	'a matrix' => "SELECT cardinality(divergence_matrix(array_agg(w), 'renyi', alpha => 0.7)) FROM (SELECT array_agg(1 + (i * 31 + bin * 17) % 97)::float8[] AS w FROM generate_series(1, 4000) AS i, generate_series(1, 60) AS bin GROUP BY i) AS s",
	'all pairs' => "SELECT count((d).divergence) FROM (SELECT divergence_pairs(array_agg(i), array_agg(w), 'renyi', alpha => 0.7) AS d FROM (SELECT i, array_agg(1 + (i * 31 + bin * 17) % 97)::float8[] AS w FROM generate_series(1, 4000) AS i, generate_series(1, 60) AS bin GROUP BY i) AS s) AS p",
	'the closest pairs' => "SELECT count(*) FROM (SELECT array_agg(i) AS ids, array_agg(w) AS m FROM (SELECT i, histogram_agg(bin, 1 + (i * 31 + bin * 17) % 97) AS w FROM generate_series(1, 4000) AS i, generate_series(1, 60) AS bin GROUP BY i) AS s) AS t, divergence_pairs(ids, m, 'renyi', top => 9, alpha => 0.7)",
	'windows' => 'SELECT max(k) FROM (SELECT psi(i, i % 7) OVER (ORDER BY i ROWS 1000 PRECEDING) AS k FROM generate_series(1, 1000000) AS i) AS s');

# The same again and again until somebody ends it, so that no machine is too fast to be met in the middle
sub endless { my ($query) = @_; return "DO \$endless\$ BEGIN LOOP EXECUTE \$query\$ $query \$query\$; END LOOP; END \$endless\$"; }
$_ = endless($_) for values %long;

# An end at several moments of each, so that every part of it is met.  The timeout is of one transaction, and what that
# did not need to do is seen by the work of the session.
sub ends_soon
{
	my ($name, $query) = @_;
	my $worst = 0;
	my $canceled = 0;
	my $wrong = '';

	for my $milliseconds (30, 300, 800)
	{
		my ($status, $output, $errors) = psql("SET work_mem = '1MB'; SET kldiv.threads = 2; SET statement_timeout = $milliseconds \\; $query; $works; SELECT worked()", '-v', 'ON_ERROR_STOP=0');
		my $late = $output =~ s/\n([\d.]+)$// ? $1 - 2 * $milliseconds : 'Inf';

		$worst = $late if $late > $worst;
		$canceled++ if $errors =~ /ERROR:  57014:/;
		$wrong .= $errors if $errors !~ /^(ERROR:  57014: [^\n]*(\n(LOCATION: |CONTEXT: |PL\/pgSQL function )[^\n]*)*)?$/;
		$wrong .= $output if $output !~ /0\.25\|0\.25$/;
	}
	is($wrong, '', "$name: an end in the middle is an error, and the session goes on");
	is($canceled, 3, "$name: which was met in the middle");
	cmp_ok($worst, '<', 1500, sprintf '%s: ends soon (%.0f ms)', $name, $worst);
	return;
}
ends_soon($_, $long{$_}) for sort keys %long;

# Terminated in the middle: only that session is gone
sub victim
{
	my ($query, @options) = @_;
	my $victim = background("SET application_name = 'victim'; SELECT pg_backend_pid(); $query", @options);

	$server->await("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'victim' AND state = 'active' AND query !~ 'application_name'", 1);
	sleep 0.3;
	return $victim;
}

sub tasks { my ($pid) = @_; return scalar(() = glob "/proc/$pid/task/*"); }

# Waits until a session has more than one thread
sub await_threads
{
	my ($pid) = @_;
	my $deadline = time + 60;

	sleep 0.02 until tasks($pid) > 1 || time > $deadline;
	return cmp_ok(tasks($pid), '>', 1, 'threads run');
}

my $postmaster_start = value_of('pg_postmaster_start_time()');
for my $name (sort keys %long)
{
	my $victim = victim($long{$name});
	psql_ok("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'victim'");
	my ($status, $output, $errors) = finish($victim);

	like($errors, qr/57P01|server closed the connection/, "$name: terminated");
	$server->await("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'victim'", 0);
}

# No file, thread or process stays behind in a session that has met many errors
my $own = q{(SELECT count(*) FROM pg_ls_dir('/proc/self/fd')) || ' ' || (SELECT count(*) FROM pg_ls_dir('/proc/self/task'))
	|| ' ' || substring(pg_read_file('/proc/self/status', 0, 100000) FROM 'VmRSS:\s+(\d+) kB')};
my $errors_at_once = <<'END';
DO $$
BEGIN
	FOR i IN 1..TIMES LOOP
		BEGIN
			CASE i % 12
				WHEN 0 THEN PERFORM kl_divergence(array_fill(1::float8, ARRAY[1000]) || ARRAY[-1]::float8[], array_fill(1::float8, ARRAY[1001]));
				WHEN 1 THEN PERFORM jsd(array_fill(1::float8, ARRAY[100]), array_fill(1::float8, ARRAY[10]));
				WHEN 2 THEN PERFORM jsd(n, 2 - n) FROM generate_series(1, 3) AS n;
				WHEN 3 THEN PERFORM kl_divergence(n, 2 - n) FROM generate_series(1, 3) AS n;
				WHEN 4 THEN PERFORM to_distribution(ARRAY[1e308, 1e308, i]);
				WHEN 5 THEN PERFORM softmax(array_fill('NaN'::float8, ARRAY[1000]));
				WHEN 6 THEN PERFORM ('{"a": 1, "' || i || '": -1}')::histogram;
				WHEN 7 THEN PERFORM histogram_agg(n % 100, 500 - n) FROM generate_series(1, 501) AS n;
				WHEN 8 THEN PERFORM '{"a": 1}'::histogram - '{"b": 1}';
				WHEN 9 THEN PERFORM divergence_matrix(array_fill(1::float8, ARRAY[30, 30]) || array_fill(-1::float8, ARRAY[1, 30]));
				WHEN 10 THEN PERFORM divergence_pairs(ARRAY[1], array_fill(1::float8, ARRAY[30, 30]));
				ELSE PERFORM bin_label(n, ARRAY[1, 2, 0]) FROM generate_series(1, 9) AS n;
			END CASE;
			RAISE EXCEPTION 'no error in case %', i % 12;
		EXCEPTION WHEN invalid_parameter_value OR array_subscript_error OR numeric_value_out_of_range OR invalid_text_representation THEN
			NULL;
		END;
	END LOOP;
END $$;
END
my ($before, $after) = map { [ split / / ] } split /\n/,
  psql_ok(($errors_at_once =~ s/TIMES/6000/r) . "SELECT $own;" . ($errors_at_once =~ s/TIMES/120000/r) . "SELECT $own;");
is($after->[0], $before->[0], 'no file stays open after 120,000 errors');
is($after->[1], $before->[1], 'no thread is left');
cmp_ok(($after->[2] - $before->[2]) / 1024, '<', 8, sprintf 'and the session does not grow (%.1f MB)', ($after->[2] - $before->[2]) / 1024);

my ($status, $output, $errors);
SKIP:
{
	skip 'no threads here', 3 if !$with_threads;
	my $tasks = "SELECT 'threads', count(*) FROM pg_ls_dir('/proc/self/task')";
	# a thread that ends is seen for a moment longer
	my $alone = q{DO 'BEGIN FOR i IN 1..600 LOOP EXIT WHEN (SELECT count(*) FROM pg_ls_dir(''/proc/self/task'')) = 1; PERFORM pg_sleep(0.1); END LOOP; END'};
	my $victim = victim("LOAD 'kldiv'; SET kldiv.threads = 2; $long{'a matrix'}; $tasks; SET kldiv.threads = 1; $works; $alone; $tasks", '-v', 'ON_ERROR_STOP=0');
	my $pid = value_of("pid FROM pg_stat_activity WHERE application_name = 'victim'");
	await_threads($pid);
	psql_ok("SELECT pg_cancel_backend($pid)");
	($status, $output, $errors) = finish($victim);
	$output =~ s/^\d+\n//;
	like($errors, qr/^ERROR:  57014: /, 'an end while threads run');
	is($output, "threads|2\n0.25|0.25\nthreads|1", 'none is left when none is wanted');
}

# A full disk: spills that may not grow, or really cannot
my $spilling = "SELECT count(k), count(j + histogram_total(h)) FROM (SELECT kl_divergence(i, 1) AS k, jsd(i, i % 3) AS j, histogram_agg(i % 3) AS h FROM generate_series(1, 400000) AS i GROUP BY i % 200000) AS s";
sub temporary_files { return value_of("count(*) FROM pg_ls_tmpdir()"); }
($status, $output, $errors) = psql("SET work_mem = '64kB'; SET temp_file_limit = '1MB'; $spilling; $works", '-v', 'ON_ERROR_STOP=0');
like($errors, qr/^ERROR:  53400: temporary file size exceeds "?temp_file_limit"?/, 'no room for a spill is an error');
is($output, '0.25|0.25', 'and the session goes on');
is(psql_ok("SET work_mem = '64kB'; $spilling"), '200000|200000', 'with room it is none');
my $rows_of_pairs = 'SELECT count(*) FROM (SELECT array_agg(i) AS ids, array_agg(ARRAY[i, 1]::float8[]) AS m FROM generate_series(1, 1500) AS i) AS s, divergence_pairs(ids, m)';
($status, $output, $errors) = psql("SET work_mem = '64kB'; SET temp_file_limit = '1MB'; $rows_of_pairs; $works", '-v', 'ON_ERROR_STOP=0');
like($errors, qr/^ERROR:  53400: temporary file size exceeds "?temp_file_limit"?/, 'nor is there for all pairs in FROM');
is($output, '0.25|0.25', 'and the session goes on');
is(psql_ok("SET work_mem = '64kB'; $rows_of_pairs"), '1124250', 'with room they are there');
is(temporary_files(), 0, 'no temporary file stays behind');

SKIP:
{
	my $disk = $server->small_disk(2048) or skip 'no right to mount a small disk', 3;
	psql_ok("CREATE TABLESPACE small LOCATION '$disk'");
	($status, $output, $errors) = psql("SET work_mem = '64kB'; SET temp_tablespaces = small; $spilling; $works", '-v', 'ON_ERROR_STOP=0');
	like($errors, qr/^ERROR:  53100: .*No space left on device/, 'a full disk is an error');
	is($output, '0.25|0.25', 'and the session goes on');
	is(value_of("count(*) FROM pg_ls_tmpdir((SELECT oid FROM pg_tablespace WHERE spcname = 'small'))"), 0, 'no temporary file stays behind');
	psql_ok('DROP TABLESPACE small');
}

# A client that goes away in the middle of a COPY, in and out
psql_ok('CREATE TABLE pairs (p float8[] CHECK (is_distribution(p)), q float8[], drift float8 GENERATED ALWAYS AS (jsd(p, q)) STORED)');
for my $direction ('in', 'out')
{
	my $copy = $direction eq 'in' ? 'COPY pairs (p, q) FROM stdin'
	  : "COPY (SELECT kl_divergence(ARRAY[1,i], ARRAY[2,3]), to_distribution(ARRAY[1,i]) FROM generate_series(1, 100000000) AS i) TO stdout";
	pipe my $ours, my $theirs or die $!;
	my $pid = fork() // die $!;
	if ($pid == 0)
	{
		close $ours if $direction eq 'out';
		$ENV{PGAPPNAME} = 'victim';
		$direction eq 'in' ? open(STDIN, '<&', $ours) : open(STDOUT, '>&', $theirs);
		close $theirs if $direction eq 'in';
		exec 'psql', '-XAtq', '-c', $copy;
		die $!;
	}
	close $ours if $direction eq 'in';
	if ($direction eq 'in')
	{
		local $SIG{PIPE} = 'IGNORE';
		syswrite $theirs, "{0.25,0.75}\t{1,2}\n" x 3000;
	}
	else
	{
		sysread $ours, my $some, 4096;
	}
	$server->await("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'victim' AND state = 'active'", 1);
	kill 'KILL', $pid;
	waitpid $pid, 0;
	close $theirs;
	close $ours;
	ok($server->await("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'victim'", 0, 20), "COPY $direction: a lost client takes only its session away");
}
is(psql_ok("SELECT count(*) FROM pairs"), 0, 'and what it had not finished');
is(psql_ok($works), '0.25|0.25', 'others go on');
is(value_of('pg_postmaster_start_time()'), $postmaster_start, 'the server was never restarted');
unlike($server->log_text, qr/was terminated by signal|PANIC/, 'and no process of it crashed');

# kill -9 of a busy session: PostgreSQL restarts all, as it always does, and all is as before
psql_ok(q{INSERT INTO pairs (p, q) VALUES ('{0.5,0.5}', '{1,3}'); CREATE INDEX ON pairs (entropy(q))});
for my $name ('one call over arrays', 'rows that are kept', 'many groups', 'many labels', 'a matrix')
{
	my $victim = victim("SET kldiv.threads = 2; $long{$name}");
	my $pid = value_of("pid FROM pg_stat_activity WHERE application_name = 'victim'");
	await_threads($pid) if $with_threads && $name =~ /one call|matrix/;
	my $count = () = $server->log_text =~ /was terminated by signal 9/g;
	kill 'KILL', $pid;
	finish($victim);
	for (1 .. 100) { last if (() = $server->log_text =~ /was terminated by signal 9/g) > $count; sleep 0.1; }
	$server->await('SELECT 1', 1);
	ok(!-e "/proc/$pid/task/$pid/status", "$name: no thread of it is left");
	is(psql_ok("SET enable_seqscan = off; SELECT round(drift::numeric, 4) FROM pairs WHERE entropy(q) < 1; $works"), "0.0338\n0.25|0.25", "$name: after a crash all is as before");
	# before 14, temporary files of a crash stay until the next start
	is(temporary_files(), 0, 'no temporary file stays behind') if major_version() >= 14;
}

# Fewer processes than wanted: an answer or an error, and the server goes on
SKIP:
{
	skip 'no prlimit', 4 if system('prlimit --nproc >/dev/null 2>&1') != 0;
	my $uid = @TestServer::as ? (getpwnam($TestServer::as[2]))[2] : $>;
	my $processes = grep { my @stat = stat $_; @stat && $stat[4] == $uid } glob '/proc/[0-9]*/task/[0-9]*';
	my $limit = $processes + 2;
	psql_ok('CREATE TABLE many AS SELECT i % 100 AS g, i % 7 AS p, i % 5 + 1 AS q FROM generate_series(1, 200000) AS i; ANALYZE many');
	my $query = 'SET max_parallel_workers_per_gather = 4; SET min_parallel_table_scan_size = 0; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;'
	  . ' SELECT round(sum(k)::numeric, 6) FROM (SELECT kl_divergence(p, q) + jsd(p, q) AS k FROM many GROUP BY g) AS s';
	my $answer = psql_ok($query);
	# others of the same number may be out of sight
	$server->stop;
	do { $limit += 3; $server->{limits} = ["--nproc=$limit"] } until $server->try_start || $limit > $processes + 300;
	my @clients = map { background($query) } 1 .. 8;
	my @results = map { [ finish($_) ] } @clients;
	is(scalar(grep { $_->[0] == 0 && $_->[1] ne $answer } @results), 0, 'with too few processes no answer is wrong');
	is(join("\n", grep { !/could not fork|Resource temporarily|server closed|lost connection to parallel worker|parallel worker failed to initialize/ } map { $_->[2] } grep { $_->[0] != 0 } @results), '', 'and what fails says why');
	# servers beside this one may have taken what the limit allows
	system('prlimit --nproc=unlimited --pid ' . $server->postmaster) == 0 or diag 'the limit on processes could not be taken back';
	ok($server->await('SELECT 1', 1), 'the server goes on');
	$server->{limits} = [];
	$server->stop->start;
	is(psql_ok($query), $answer, 'and has the answer when there are enough');
}

# Little memory: an error as from PostgreSQL's own functions, and the session goes on
SKIP:
{
	skip 'no prlimit', 15 if system('prlimit --as >/dev/null 2>&1') != 0;
	my $small = TestServer->new(settings => "log_min_messages = fatal", limits => [ '--as=' . 400 * 1024 * 1024 ])->start;
	$server->stop;
	$small->choose;
	psql_ok('CREATE EXTENSION kldiv');
	# one after the other: a function in FROM would have them all in a file first
	my $many = 'FROM (SELECT a * 10000 + b AS i FROM generate_series(0, 5999) AS a, generate_series(1, 10000) AS b) AS s';
	my %large = (
		"PostgreSQL's own" => "SELECT cardinality(array_agg(i)) $many",
		'rows that are kept' => "SELECT jsd(i, 1) $many",
		'kept in windows' => 'SELECT l_infinity(i, 1) OVER () ' . ($many =~ s|5999|1999|r) . ' LIMIT 1',
		'many labels' => "SELECT histogram_agg(i) $many",
		'sums of histograms' => "SELECT sum(h) FROM generate_series(1, 3000) AS i, LATERAL (SELECT histogram_agg(i * 20000 + n) AS h FROM generate_series(1, 20000) AS n) AS s",
		'a matrix' => 'SELECT cardinality(divergence_matrix(m)) FROM (SELECT array_agg(ARRAY[i, 1]::float8[]) AS m FROM generate_series(1, 11000) AS i) AS s',
		'making arrays' => 'SELECT cardinality(softmax(to_distribution(array_fill(1::float8, ARRAY[30000000]))))');
	for my $name (sort keys %large)
	{
		($status, $output, $errors) = psql("SET work_mem = '64kB'; $large{$name}; $works", '-v', 'ON_ERROR_STOP=0');
		like($errors, qr/^ERROR:  53200: out of memory/, "$name: too little memory is an error");
		is($output, '0.25|0.25', 'and the session goes on');
	}
	unlike($small->log_text, qr/was terminated by signal|PANIC/, 'the server stayed up');
}

done_testing();
