# The rules for threads in a server process: what they do to signals, limits, settings, memory and results.

use strict;
use warnings;

use File::Copy;
use FindBin;
use lib $FindBin::Bin;

use Test::More;
use Time::HiRes qw(sleep time);
use TestKldiv;

my $library = "$FindBin::Bin/../../kldiv_openmp.so";
plan skip_all => 'threads need Linux here' if !-d '/proc/self/task';
plan skip_all => 'built without OpenMP' if !-e $library;

# Two large arrays are handed over as fields of a record, and values come back as bits
my $functions = <<'END';
CREATE TABLE random_numbers AS
SELECT array_agg(scramble(i)::float8 + 1 ORDER BY i) AS p, array_agg(scramble(i + 1000003)::float8 + 1 ORDER BY i) AS q
FROM generate_series(1, 32768) AS i;
-- arrays of 32768 * 2^doublings + more elements
CREATE FUNCTION large(doublings int, more int, OUT p float8[], OUT q float8[]) LANGUAGE plpgsql AS $$
BEGIN
	SELECT random_numbers.p, random_numbers.q INTO p, q FROM random_numbers;
	FOR i IN 1..doublings LOOP
		p := p || p;
		q := q || q;
	END LOOP;
	IF more < 0 THEN
		p := p[:cardinality(p) + more];
		q := q[:cardinality(q) + more];
	ELSIF more > 0 THEN
		p := p || p[:more];
		q := q || q[:more];
	END IF;
END $$;
-- the bits of one measure with so many threads, of 4 million bins unless told otherwise
CREATE FUNCTION bits(threads int, doublings int DEFAULT 7, times int DEFAULT 1) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	arrays record;
	value float8;
BEGIN
	PERFORM set_config('kldiv.threads', threads::text, false);
	SELECT * INTO arrays FROM large(doublings, 0);
	FOR i IN 1..times LOOP
		value := jsd(arrays.p, arrays.q);
	END LOOP;
	RETURN encode(float8send(value), 'hex');
END $$;
END

create_database('kldiv_threads');
psql_ok($scramble . $functions);
psql_ok("ALTER DATABASE kldiv_threads SET session_preload_libraries = 'kldiv'; ALTER DATABASE kldiv_threads SET kldiv.max_threads = 8");
my $expected = value_of('bits(1)');
like($expected, qr/^3f/, 'a value with one thread');

# Runs SQL in a session that then sleeps until somebody wakes it; its process, when it does
my $number = 0;

sub sleeper
{
	my ($sql) = @_;
	my $name = 'kldiv_sleeper_' . ++$number;
	my $psql = background("SET application_name = '$name';\n$sql;\nSELECT pg_sleep(600)", '-v', 'ON_ERROR_STOP=0');

	return { %$psql, backend => asleep($name) };
}

# Waits until a session sleeps; its process
sub asleep
{
	my ($name) = @_;
	my $deadline = time + 300;

	while (time < $deadline)
	{
		my $pid = psql_ok("SELECT pid FROM pg_stat_activity WHERE application_name = '$name' AND wait_event = 'PgSleep'");
		return $pid if $pid ne '';
		sleep 0.05;
	}
	die "$name does not come to its end";
}

# Ends a sleeper; whether its session has noticed, and what it has printed
sub wake
{
	my ($sleeper) = @_;

	psql_ok("SELECT pg_cancel_backend($sleeper->{backend})");
	my ($status, $output, $errors) = finish($sleeper);
	return ($errors =~ /ERROR:  57014: canceling statement due to user request/ ? 1 : 0, $output, $errors);
}

sub content
{
	my ($path) = @_;

	open my $file, '<', $path or return '';
	local $/;
	return <$file> // '';
}

sub tasks
{
	my ($pid) = @_;
	my @tasks = sort { $a <=> $b } map { m{/(\d+)$} } glob "/proc/$pid/task/*";

	return @tasks;
}

# The number of a session's threads, when it has become what is expected: one that ends is seen for a moment longer
sub team_of
{
	my ($sleeper, $expected) = @_;
	my $deadline = time + 20;

	sleep 0.02 while tasks($sleeper->{backend}) != $expected && time < $deadline;
	return scalar tasks($sleeper->{backend});
}

sub task_field
{
	my ($pid, $task, $field) = @_;

	return content("/proc/$pid/task/$task/status") =~ /^$field:\s*(\S+)/m ? $1 : '';
}

# Milliseconds of CPU that a session's threads use in half a second
sub burnt_by
{
	my ($sleeper) = @_;
	my $used = sub {
		my $sum = 0;
		$sum += (split ' ', content("/proc/$sleeper->{backend}/task/$_/schedstat"))[0] // 0 for tasks($sleeper->{backend});
		return $sum / 1e6;
	};
	my $before = $used->();

	sleep 0.5;
	return $used->() - $before;
}

sub has_libgomp
{
	my ($pid) = @_;

	return content("/proc/$pid/maps") =~ /libgomp/ ? 1 : 0;
}

# Every thread but the main one has all signals blocked that can be, also after the team has grown
{
	my $plain = sleeper('SELECT 1');
	my $mask = task_field($plain->{backend}, $plain->{backend}, 'SigBlk');
	wake($plain);

	for my $case ([ 'bits(4)', 4 ], [ 'bits(2), bits(4)', 4 ], [ 'bits(8), bits(3)', 3 ])
	{
		my ($calls, $team) = @$case;
		my $sleeper = sleeper("SELECT $calls");
		is(team_of($sleeper, $team), $team, "after $calls: $team threads");
		my @tasks = tasks($sleeper->{backend});
		my @masks = map { task_field($sleeper->{backend}, $_, 'SigBlk') } grep { $_ != $sleeper->{backend} } @tasks;

		# all but SIGKILL, SIGSTOP and the two that the C library keeps for itself
		is(join(' ', @masks), join(' ', ('fffffffe7ffbfeff') x ($team - 1)), 'workers have all signals blocked');
		is(task_field($sleeper->{backend}, $sleeper->{backend}, 'SigBlk'), $mask, 'the main one as before');
		my ($canceled, $output) = wake($sleeper);
		is($canceled, 1, 'the session can be canceled');
		is($output, join('|', ($expected) x scalar(() = $calls =~ /bits/g)), 'with the same bits');
	}
}

# A storm of signals, while the threads work and while they wait, loses no cancel request
SKIP:
{
	my $sleeper = sleeper('SELECT bits(4, 7, 3)');
	skip 'may not send signals to the server', 2 if !kill 0, $sleeper->{backend};

	for (1 .. 20000)
	{
		kill $_, $sleeper->{backend} for qw(ALRM USR1);
	}
	my ($canceled) = wake($sleeper);
	is($canceled, 1, 'after 20,000 times two signals a cancel request is heard');

	# the work is repeated until the storm is over
	psql_ok('CREATE TABLE storm (is_over boolean)');
	my $working = background(<<"END", '-v', 'ON_ERROR_STOP=0');
SET application_name = 'kldiv_storm';
DO \$\$
BEGIN
	LOOP
		IF bits(4, 7, 5) <> '$expected' THEN
			RAISE EXCEPTION 'other bits';
		END IF;
		EXIT WHEN EXISTS (SELECT FROM storm);
	END LOOP;
END \$\$;
SELECT bits(4);
SELECT pg_sleep(600);
END
	my $pid = '';
	my $end = time + 60;
	while ($pid eq '' && time < $end)
	{
		$pid = psql_ok("SELECT pid FROM pg_stat_activity WHERE application_name = 'kldiv_storm' AND query ~ 'storm'");
		sleep 0.05;
	}
	$end = time + 60;
	sleep 0.02 until tasks($pid) > 1 || time > $end;
	for (1 .. 100)
	{
		for (1 .. 400) { kill $_, $pid for qw(ALRM USR1); }
		sleep 0.02;
	}
	psql_ok('INSERT INTO storm VALUES (true)');
	asleep('kldiv_storm');
	my (undef, $output, $errors) = wake({ %$working, backend => $pid });
	is($output . ($errors =~ /(other bits)/ ? " $1" : ''), $expected, 'results in a storm are the same');
}

# Calls, small and large, keep the threads; nobody burns CPU while they wait; they go when one is asked for
{
	# 32,768 bins: far from 10 ms, however often
	my $sleeper = sleeper('SELECT bits(4, 0, 1000)');
	is(scalar(() = tasks($sleeper->{backend})) . ' ' . has_libgomp($sleeper->{backend}), '1 0', 'many small calls start no thread, and load nothing');
	wake($sleeper);
	$sleeper = sleeper("SELECT bits(4), bits(4, 0), bits(4)");
	is(scalar tasks($sleeper->{backend}), 4, 'small calls leave the threads where they are');
	wake($sleeper);

	# two, since more threads than CPUs would not spin in any case
	$sleeper = sleeper('SELECT bits(2)');
	my $burnt = burnt_by($sleeper);
	cmp_ok($burnt, '<', 5, sprintf 'half a second of waiting takes %.3f ms of CPU', $burnt);
	wake($sleeper);

	$sleeper = sleeper('SELECT bits(4), bits(1, 0)');
	is(team_of($sleeper, 1), 1, 'kldiv.threads = 1 ends them with the next call');
	wake($sleeper);
}

# Where there is little work, or no more than one thread is wanted, OpenMP is not even loaded
for my $case ([ 'bits(4, 0)', 'a small call' ], [ 'bits(4, 5)', 'a call of a million bins' ], [ 'bits(1)', 'one thread' ])
{
	my $sleeper = sleeper("SELECT $case->[0]");
	is(has_libgomp($sleeper->{backend}), 0, "$case->[1]: libgomp is not loaded");
	wake($sleeper);
}
{
	my $sleeper = sleeper('SET kldiv.max_threads = 2; SELECT bits(8)');
	is(scalar tasks($sleeper->{backend}), 2, 'kldiv.max_threads is the limit');
	wake($sleeper);
	$sleeper = sleeper('SET max_parallel_workers_per_gather = 0; SELECT bits(0)');
	is(scalar tasks($sleeper->{backend}), 1, 'automatic: no threads without parallel workers');
	wake($sleeper);
	my ($cpus) = content('/proc/self/status') =~ /^Cpus_allowed_list:\s*(\S+)/m;
	my $count = 0;
	for my $range (split /,/, $cpus)
	{
		my ($first, $last) = split /-/, $range;
		$count += ($last // $first) - $first + 1;
	}
	$sleeper = sleeper('SET max_parallel_workers_per_gather = 7; SELECT bits(0)');
	is(scalar tasks($sleeper->{backend}), $count < 8 ? $count : 8, 'and no more than CPUs');
	wake($sleeper);
	psql_ok('DROP ROLE IF EXISTS kldiv_threads; CREATE ROLE kldiv_threads');
	like((psql('SET ROLE kldiv_threads; SET kldiv.max_threads = 64'))[2], qr/ERROR:  42501: /, 'users cannot raise the limit');
	is(psql_ok('SET ROLE kldiv_threads; SET kldiv.threads = 2; SHOW kldiv.threads'), '2', 'but choose below it');
	psql_ok('DROP ROLE kldiv_threads');
}

# In parallel mode there is one thread
{
	my $setting = major_version() >= 16 ? 'debug_parallel_query' : 'force_parallel_mode';
	psql_ok('CREATE TABLE stored AS SELECT * FROM large(7, 0); ANALYZE stored');
	my $query = 'SELECT jsd(p, q) FROM stored';
	my $value = psql_ok("SET kldiv.threads = 1; $query");
	like(psql_ok("SET $setting = on; EXPLAIN $query"), qr/Gather/, "$setting has a worker run the call");
	# the worker's maps, while it is at it; and the leader's, where it takes part
	my $sleeper = sleeper("SET kldiv.threads = 4; SET $setting = on; $query");
	is(has_libgomp($sleeper->{backend}), 0, 'the leader has not loaded libgomp');
	is((wake($sleeper))[1], $value, 'and the same bits come');
	psql_ok(<<'END');
CREATE FUNCTION threads_of_this_process(value float8) RETURNS int LANGUAGE sql VOLATILE PARALLEL SAFE
AS $$ SELECT count(*)::int FROM pg_ls_dir('/proc/self/task') WHERE value > 0 $$;
END
	is(psql_ok("SET kldiv.threads = 4; SELECT threads_of_this_process(jsd(p, q)) FROM stored"), '4', 'four threads without a plan that is parallel');
	is(psql_ok("SET kldiv.threads = 4; SET $setting = on; SELECT threads_of_this_process(jsd(p, q)) FROM stored"), '1', 'one in a worker');
	# a plan with workers, of which none can be had: all is done by the leader
	psql_ok("ALTER TABLE stored SET (parallel_workers = 2); INSERT INTO stored SELECT '{1}', '{1}' FROM generate_series(1, 50); ANALYZE stored");
	my $led = 'SET kldiv.threads = 4; SET max_parallel_workers = 0; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;';
	like(psql_ok("$led EXPLAIN SELECT max(threads_of_this_process(jsd(p, q))) FROM stored"), qr/Gather/, 'a leader');
	is(psql_ok("$led SELECT max(threads_of_this_process(jsd(p, q))) FROM stored"), '1', 'one in a leader');
}

# Bits are the same for every team, at and around the edges of slabs (2^15 bins) and of groups of them (2^24)
psql_ok("CREATE TABLE bits_of_teams (size int, measure text, threads int, bits bytea)");
psql_ok(<<'END');
DO $$
DECLARE
	arrays record;
	shape int[];
BEGIN
	FOREACH shape SLICE 1 IN ARRAY '{{8,0},{8,1},{8,-1},{8,32767},{9,1}}'::int[] LOOP
		SELECT * INTO arrays FROM large(shape[1], shape[2]);
		FOR threads IN 1..8 LOOP
			PERFORM set_config('kldiv.threads', threads::text, false);
			INSERT INTO bits_of_teams VALUES
				(cardinality(arrays.p), 'jsd', threads, float8send(jsd(arrays.p, arrays.q))),
				(cardinality(arrays.p), 'softmax_kl_divergence', threads, float8send(softmax_kl_divergence(arrays.p, arrays.q))),
				(cardinality(arrays.p), 'kl_divergence', threads, float8send(kl_divergence(arrays.p, arrays.q)));
		END LOOP;
	END LOOP;
END $$;
END
is(value_of('count(*) FROM bits_of_teams'), 5 * 8 * 3, 'everything was computed');
is(psql_ok('SELECT size, measure FROM bits_of_teams GROUP BY size, measure HAVING count(DISTINCT bits) > 1'), '', 'with the same bits for 1 to 8 threads');
psql_ok(<<'END');
CREATE TABLE matrices AS
SELECT bins, array_agg(row ORDER BY i) AS m
FROM (SELECT bins, i, array_agg(CASE WHEN scramble(i * 1000 + bin) % 9 > 0 THEN scramble(i * 1000 + bin) % 100 ELSE 0 END::float8 ORDER BY bin) AS row
	  FROM unnest('{200,513}'::int[]) AS bins, generate_series(1, 500) AS i, generate_series(1, bins) AS bin GROUP BY bins, i) AS rows
GROUP BY bins;
END
my $matrix_bits = join ' || ', map { "sha256(array_send(divergence_matrix(m, $_)))" }
  "'jsd'", "'kl_divergence', pseudocount => 1", "'renyi', alpha => 0.5", "'total_variation'", "'cross_entropy', base => 2, pseudocount => 0.5";
my %bits = map { $_ => psql_ok("SET kldiv.threads = $_; SELECT bins, $matrix_bits FROM matrices ORDER BY bins") } 1, 2, 3, 8;
is($bits{$_}, $bits{1}, "matrices have the same bits with $_ threads") for 2, 3, 8;
my $sleeper = sleeper("SET kldiv.threads = 3; SELECT divergence_matrix(m) IS NULL FROM matrices");
is(scalar tasks($sleeper->{backend}), 3, 'and had them');
wake($sleeper);

# A search for the closest pairs, of which most are left out by threads, and those that are left are compared by threads
psql_ok(<<'END');
CREATE TABLE closest AS
SELECT array_agg(i ORDER BY i) AS ids, array_agg(row ORDER BY i) AS m
FROM (SELECT i, array_agg((1 + scramble(i % 500 * 1000 + bin) % 1000)::float8 * (100 + scramble(i * 1000 + bin + 500) % 9) ORDER BY bin) AS row
	  FROM generate_series(1, 3000) AS i, generate_series(1, 128) AS bin GROUP BY i) AS rows;
END
my $found = join ' || ', map { "(SELECT sha256(string_agg(a || ' ' || b || ' ' || encode(float8send(divergence), 'hex'), ',' ORDER BY n)::bytea)"
	  . " FROM divergence_pairs(ids, m, $_) WITH ORDINALITY AS pair (a, b, divergence, n))" }
  "'jsd', top => 1000", "'kl_divergence', within => 0.0006", "'hellinger_distance', top => 500, farthest => true", "'jsd', top => 3";
%bits = map { $_ => psql_ok("SET kldiv.threads = $_; SELECT $found FROM closest") } 1, 2, 3;
is($bits{$_}, $bits{1}, "the closest pairs are the same, with the same bits, with $_ threads") for 2, 3;
$sleeper = sleeper("SET kldiv.threads = 3; SELECT count(*) FROM closest, divergence_pairs(ids, m, top => 3)");
is(scalar tasks($sleeper->{backend}), 3, 'and they had them');
wake($sleeper);

# Row aggregates that hold all their rows
psql_ok('CREATE TABLE kept AS SELECT (i::int8 * 7919 % 100003)::float8 AS p, (i::int8 * 104729 % 1009)::float8 AS q FROM generate_series(1, 4500000) AS i');
{
	my $query = 'SET max_parallel_workers_per_gather = 0; SELECT encode(float8send(jsd(p, q)), \'hex\') FROM kept';
	my $one = psql_ok("SET kldiv.threads = 1; $query");
	my $sleeper = sleeper("SET kldiv.threads = 3; $query");
	is(scalar tasks($sleeper->{backend}), 3, 'aggregates that keep rows have threads');
	is((wake($sleeper))[1], $one, 'and the same bits');
	psql_ok('DROP TABLE kept');
}

# A limit on processes: fewer threads or none, but never the end of the session
SKIP:
{
	my ($prlimit) = grep { -x } map { "$_/prlimit" } '/usr/bin', '/bin', split /:/, $ENV{PATH};
	skip 'needs prlimit', 6 if !defined $prlimit;
	skip 'limits do not apply to root', 6 if (stat '/proc/' . psql_ok('SELECT pid FROM pg_stat_activity LIMIT 1'))[4] == 0;

	# the session's process is limited by a program of its own; the limit counts all threads of the user
	my $count = '$(cat /proc/[0-9]*/status 2>/dev/null | awk "/^Uid:/ { u = \$2 } /^Threads:/ && u == \"$(id -u)\" { n += \$2 } END { print n + 3 }")';
	for my $limit (1, $count)
	{
		my $name = $limit eq '1' ? 'that allows no threads' : 'that allows some';
		my ($status, $output, $errors) = psql(<<"END");
SET client_min_messages = log;
CREATE TEMP TABLE lines (line text);
COPY lines FROM PROGRAM '$prlimit --pid \$PPID --nproc=$limit';
SELECT bits(8), bits(8), bits(8);
SELECT 'alive';
END
		is($output, "$expected|$expected|$expected\nalive", "a limit of processes $name: the session survives");
		is($status, 0, 'without an error');
		if ($limit eq '1')
		{
			is(scalar(() = $errors =~ /LOG: .*kldiv uses 1 of 8 threads/g), 1, 'and says so, once');
		}
		else
		{
			unlike($errors, qr/ERROR|FATAL/, 'nor a complaint');
		}
	}
}

# If somebody else has loaded libgomp, our environment came too late: one thread
SKIP:
{
	skip 'needs PL/Python', 3 if value_of("count(*) FROM pg_available_extensions WHERE name = 'plpython3u'") eq '0';
	my $load = <<'END';
SET client_min_messages = log;
DO $$
import ctypes
ctypes.CDLL('libgomp.so.1')
$$ LANGUAGE plpython3u
END
	psql_ok('CREATE EXTENSION plpython3u');
	my $sleeper = sleeper("$load; SELECT bits(4), bits(4)");
	is(scalar tasks($sleeper->{backend}), 1, 'libgomp in use by PL/Python: one thread');
	my (undef, $output, $errors) = wake($sleeper);
	is($output, "$expected|$expected", 'and the same bits');
	is(scalar(() = $errors =~ /LOG: .*kldiv uses one thread: libgomp is in use/g), 1, 'which is said once');
	# the other way round they share it, and signals stay where they belong
	$sleeper = sleeper("SELECT bits(4); $load; SELECT bits(4)");
	is(scalar tasks($sleeper->{backend}), 4, 'libgomp in use by PL/Python later: no matter');
	wake($sleeper);
}

# Long work ends soon after a cancel request, wherever that comes
my $soon = soon();
psql_ok(<<'EOS');
CREATE TABLE many AS
SELECT ARRAY(SELECT generate_series(1, 4000)) AS ids, array_agg(row) AS m
FROM (SELECT array_agg(1 + (hashint8(i * 1000 + bin) & 1023)::float8) AS row FROM generate_series(1, 4000) AS i, generate_series(1, 300) AS bin GROUP BY i) AS rows;
EOS
for my $case ([ 'divergence_matrix', 'cardinality(divergence_matrix(m))' ], [ 'divergence_matrix of a direct measure', "cardinality(divergence_matrix(m, 'renyi', alpha => 0.7))" ],
	[ 'divergence_pairs', '(SELECT count(*) FROM divergence_pairs(ids, m, top => 10))' ])
{
	my ($name, $call) = @$case;
	my @moments = map { [ 0.1 + 0.17 * $_, "PERFORM $call FROM (SELECT inputs.m, inputs.ids) AS inputs (m, ids);" ] } 1 .. 4;

	for my $threads (1, 2)
	{
		my @latencies = sort { $a <=> $b } cancel_latencies("SET kldiv.threads = $threads;", 'SELECT * INTO inputs FROM many;', @moments);

		is(scalar @latencies, scalar @moments, "$name with $threads threads: canceled");
		cmp_ok($latencies[1], '<', $soon, sprintf "within $soon ms (%s)", join ', ', map { sprintf '%.0f', $_ } @latencies);
	}
}

# Two threads are sent through 2^24 bins at once: what they have not begun they leave
SKIP:
{
	skip 'needs /proc', 2 if !-r "/proc/$$/stat";
	psql_ok('CREATE TABLE calls (worked float8)');
	my @latencies = sort { $a <=> $b } cancel_latencies('SET kldiv.threads = 2;', <<'END', map { [ 0.2 + 0.037 * $_, 'value := renyi(inputs.p, inputs.q, 0.7);' ] } 1 .. 15);
SELECT * INTO inputs FROM large(9, 0);
	value := renyi(inputs.p, inputs.q, 0.7);
	INSERT INTO calls SELECT -worked();
	value := renyi(inputs.p, inputs.q, 0.7);
	INSERT INTO calls SELECT worked();
END
	my $call = value_of('sum(worked) FROM calls');
	is(scalar @latencies, 15, 'one call by two threads: canceled');
	cmp_ok($latencies[7], '<', $call / 6, sprintf 'and is not done to its end in vain (%.0f ms; %s)', $call, join ', ', map { sprintf '%.0f', $_ } @latencies);
}

# A cluster of our own: preloaded by the postmaster, in a hostile environment, without the second library
SKIP:
{
	my $main = "$ENV{PGHOST}/data";
	skip 'needs the throwaway server of test/with-cluster', 20 if !-f "$main/postgresql.conf";
	my $owner = getpwuid((stat $main)[4]);
	my $as = $> == 0 ? "runuser -u $owner --" : '';
	my $own = "$ENV{PGHOST}/own";
	my $base = $ENV{PGHOST};
	my $run = sub { return system("cd '$base' && $as $_[0] >>'$base/own.log' 2>&1") };
	my $settings = join '', map { "$_\n" } content("$main/postgresql.conf") =~ /^((?:extension_|dynamic_library_path).*)$/mg;
	my ($libraries) = $settings =~ /dynamic_library_path = '([^:']+)/;
	chomp($libraries = `\${PG_CONFIG:-pg_config} --pkglibdir`) if $libraries eq '$libdir';

	mkdir $own or die $!;
	chown((stat $main)[4, 5], $own);
	is($run->("initdb -D own -A trust -U postgres --no-sync -E UTF8 --locale=C"), 0, 'a cluster of our own') or diag(content("$ENV{PGHOST}/own.log"));
	open my $configuration, '>>', "$own/postgresql.conf" or die $!;
	print $configuration $settings, "listen_addresses = ''\nunix_socket_directories = '$own'\nport = 5432\nshared_preload_libraries = 'kldiv'\nfsync = off\nkldiv.max_threads = 8\n";
	close $configuration;
	my %hostile = (
		OMP_NUM_THREADS => 1, OMP_DYNAMIC => 'true', OMP_THREAD_LIMIT => 1, OMP_WAIT_POLICY => 'active', OMP_PROC_BIND => 'true',
		GOMP_CPU_AFFINITY => '0', OMP_STACKSIZE => '16k', GOMP_SPINCOUNT => '30000000000', OMP_DISPLAY_ENV => 'verbose');
	my $environment = join ' ', map { "$_=$hostile{$_}" } sort keys %hostile;
	is($run->("env $environment pg_ctl -s -D own -l own/log -w start"), 0, 'starts');

	local $ENV{PGHOST} = $own;
	local $ENV{PGDATABASE} = 'postgres';
	local $ENV{PGOPTIONS} = '';
	psql_ok("CREATE EXTENSION kldiv; $scramble $functions");
	my ($postmaster) = content("$own/postmaster.pid") =~ /^(\d+)/;
	is(has_libgomp($postmaster), 0, 'the postmaster has not loaded libgomp');
	is(scalar tasks($postmaster), 1, 'and has one thread');
	my $affinity = task_field($postmaster, $postmaster, 'Cpus_allowed');
	my $start = time;
	my $sleeper = sleeper('SELECT bits(4)');
	is(scalar tasks($sleeper->{backend}), 4, 'a session has four, whatever the environment says');
	is(join(' ', map { task_field($sleeper->{backend}, $_, 'Cpus_allowed') } tasks($sleeper->{backend})), join(' ', ($affinity) x 4), 'on all CPUs');
	is((wake($sleeper))[1], $expected, 'with the same bits');
	$sleeper = sleeper('SELECT bits(2)');
	cmp_ok(burnt_by($sleeper), '<', 5, 'which do not spin while they wait');
	wake($sleeper);
	is(psql_ok("CREATE TEMP TABLE lines (line text); SELECT bits(4); COPY lines FROM PROGRAM 'env'; SELECT line FROM lines WHERE line ~ 'OMP_' ORDER BY line COLLATE \"C\""),
		join("\n", $expected, map { "$_=$hostile{$_}" } sort keys %hostile), 'programs that the session starts see their environment as it was');
	is((tasks($postmaster))[0], $postmaster, 'the postmaster lives');

	# what is not a client's session has one thread
	is(psql_ok("CREATE TABLE stored AS SELECT * FROM large(7, 0); SELECT encode(float8send(jsd(p, q)), 'hex') FROM stored"), $expected, 'stored arrays');

	# kldiv.so alone, loaded from a directory of its own
	my $alone = "$own/alone";
	mkdir $alone or die $!;
	copy("$libraries/kldiv.so", "$alone/kldiv.so") or die "$libraries: $!";
	chmod 0755, $alone, "$alone/kldiv.so";
	is($run->("pg_ctl -s -D own -w stop"), 0, 'stops');
	open $configuration, '>>', "$own/postgresql.conf" or die $!;
	print $configuration "shared_preload_libraries = ''\n";
	close $configuration;
	is($run->('pg_ctl -s -D own -l own/log -w start'), 0, 'starts again');
	psql_ok("CREATE DATABASE alone");
	$ENV{PGDATABASE} = 'alone';
	psql_ok("CREATE FUNCTION jsd(float8[], float8[], float8 DEFAULT 2.718281828459045, float8 DEFAULT 0) RETURNS float8"
		  . " AS '$alone/kldiv', 'kldiv_jsd_arrays' LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE; $scramble $functions");
	my ($status, $output, $errors) = psql("SET client_min_messages = log; SELECT bits(4), bits(4)");
	# psql's own settings are weaker than SET
	is($output, "$expected|$expected", 'without the second library the same bits');
	is(scalar(() = $errors =~ /LOG: .*kldiv uses one thread: could not load kldiv_openmp/g), 1, 'which is said once');
	$sleeper = sleeper('SELECT bits(4)');
	is(scalar tasks($sleeper->{backend}), 1, 'with one thread');
	wake($sleeper);
	$run->('pg_ctl -s -D own -m immediate stop');
	$ENV{PGDATABASE} = 'kldiv_threads';
}

# The libraries know of each other only what they must
SKIP:
{
	my $nm = `nm -D --undefined-only '$FindBin::Bin/../../kldiv.so' 2>/dev/null`;
	skip 'needs nm', 2 if $nm eq '';
	unlike($nm, qr/GOMP|omp_/, "kldiv's own library needs no libgomp");
	unlike(scalar `nm -D --undefined-only '$library'`, qr/palloc|errstart|InterruptPending|MemoryContext/, 'nor the other one PostgreSQL');
}

done_testing();
