# What the TAP tests share: databases with the extension in them, and psql,
# against the server that the PG* environment names.
package TestKldiv;

use strict;
use warnings;

use Exporter 'import';
use File::Basename qw(dirname);
use File::Temp;
use Time::HiRes qw(sleep time);

our @EXPORT = qw(create_database build_module psql psql_ok value_of background finish cancel_latencies soon major_version measures calls_of_measures $scramble $worked);

# Values of parameters that are not their defaults; of alpha, every order that is computed in its own way
my %other_values = (base => [2], pseudocount => [0.5], empty => [0], alpha => [ '0', '0.3', '0.5', '0.999999', '1', '1.000001', '2', '7', "'Infinity'" ]);

# Every measure that divergence_measures() knows, in every call that is worth a test, a hash each: what is said of it there,
# and the call.  of_rows: as aggregates, which have fewer parameters; plain: one call of each; orders: only measures
# with an order, and these orders.
sub measures
{
	my (%options) = @_;
	my @columns = qw(name kind arguments symmetric metric additive rows);
	my @calls;

	for my $line (split /\n/, psql_ok('SELECT ' . join(', ', map { "\"$_\"" } @columns) . ' FROM divergence_measures()'))
	{
		my %measure;
		@measure{@columns} = split /\|/, $line, -1;
		my ($weights, @parameters) = $measure{arguments} =~ /^(p(?:, q)?)(?:, (.*))?$/;
		@parameters = map { split /, / } grep { defined } @parameters;
		die "test/t/TestKldiv.pm has no values for a parameter of $measure{name}" if grep { !$other_values{$_} } @parameters;
		my $has_order = grep { $_ eq 'alpha' } @parameters;
		my @others = map { "$_ => $other_values{$_}[0]" } grep { $_ ne 'alpha' } @parameters;
		my @orders = $options{orders} ? @{ $options{orders} } : $options{plain} ? (2) : @{ $other_values{alpha} };

		next if $options{orders} && !$has_order;
		push @calls, map { { %measure, call => "$measure{name}($weights$_)" } } $has_order ? map { ", $_" } @orders : '';
		push @calls, { %measure, call => "$measure{name}(" . join(', ', $weights, ($has_order ? 'alpha => 3' : ()), @others) . ')' }
		  if @others && !$options{orders} && !$options{plain} && !$options{of_rows};
	}
	return @calls;
}

sub calls_of_measures { return map { $_->{call} } measures(@_); }

# A function of SQL: numbers from 0 to 2^32 - 1 that look random, the same everywhere
our $scramble = <<'END';
CREATE FUNCTION scramble(n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT b # (b >> 13)
	FROM (SELECT (n + 12345) * 1103515245 % 4294967296 AS a) AS first,
		 LATERAL (SELECT (a # (a >> 15)) * 1540483477 % 4294967296 AS b) AS second
$$;
END

my @databases;
my $owner = $$;

# Makes a database of the test's own the current one, with the extension unless told otherwise
sub create_database
{
	my ($name, %options) = @_;

	$ENV{PGDATABASE} = 'postgres';
	psql_ok("DROP DATABASE IF EXISTS $name");
	psql_ok("CREATE DATABASE $name TEMPLATE template0");
	push @databases, $name;
	$ENV{PGDATABASE} = $name;
	psql_ok('CREATE EXTENSION kldiv') unless $options{without_extension};
	return;
}

# Builds a module of test/modules for this server: what a function's AS names, or undef without a compiler
sub build_module
{
	my ($name) = @_;
	my $tree = dirname(__FILE__) . '/../..';
	my $directory = File::Temp::tempdir('kldiv-module-XXXXXX', DIR => -d '/tmp' ? '/tmp' : $ENV{TMPDIR}, CLEANUP => 1);
	chmod 0755, $directory;
	chomp(my $include = qx('@{[ $ENV{PG_CONFIG} // 'pg_config' ]}' --includedir-server));
	chomp(my $machine = `uname -m`);
	# On i386 as the library is built, or the module would know the rounding of another unit
	my $instructions = $machine =~ /^(x86_64|i\d86)$/ ? '-msse2' : '';

	return system("cc -O2 $instructions -fPIC -shared -I'$tree/src' -I'$include' '$tree/test/modules/$name.c' -o '$directory/$name.so'") == 0 ? "$directory/$name" : undef;
}

# Starts psql on a script, and returns what finish() needs
sub background
{
	my ($sql, @options) = @_;
	my $output = File::Temp->new;
	my $errors = File::Temp->new;
	my $input = File::Temp->new;

	print $input $sql;
	$input->flush;
	local $ENV{PGOPTIONS} = join ' ', $ENV{PGOPTIONS} // (), '-c client_min_messages=warning';
	my $pid = fork() // die "fork: $!";
	if ($pid == 0)
	{
		open STDIN, '<', $input->filename or die $!;
		open STDOUT, '>', $output->filename or die $!;
		open STDERR, '>', $errors->filename or die $!;
		exec 'psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-v', 'VERBOSITY=verbose', @options;
		die "psql: $!";
	}
	return { pid => $pid, output => $output, errors => $errors, input => $input };
}

# Waits for a psql, and returns its exit status, output and messages
sub finish
{
	my ($psql) = @_;

	waitpid $psql->{pid}, 0;
	my $status = $? >> 8;
	my @texts = map { open my $file, '<', $psql->{$_}->filename or die $!; local $/; <$file> // '' } qw(output errors);
	chomp @texts;
	return ($status, @texts);
}

sub psql
{
	return finish(background(@_));
}

# The output of SQL that must not fail
sub psql_ok
{
	my ($status, $output, $errors) = psql(@_);

	die "$_[0]\n$errors\n" if $status != 0;
	return $output;
}

sub value_of
{
	return psql_ok("SELECT $_[0]");
}

# A function of SQL: milliseconds that a process has worked, all its threads together.  How late something is heard is
# told by that: what passes by the clock tells of others who want the CPU, too.  Without /proc there is only the clock.
our $worked = do { open my $file, '<', "/proc/$$/schedstat"; $file && <$file> =~ /^[1-9]/ } ? <<'END' : -r "/proc/$$/stat" ? <<'END_TICKS' : <<'END_CLOCK';
CREATE FUNCTION worked(pid text DEFAULT 'self') RETURNS float8 LANGUAGE sql VOLATILE AS $$
	SELECT sum(split_part(pg_read_file('/proc/' || pid || '/task/' || task || '/schedstat', 0, 200, true), ' ', 1)::float8) / 1e6
	FROM pg_ls_dir('/proc/' || pid || '/task') AS task
$$;
END
CREATE FUNCTION worked(pid text DEFAULT 'self') RETURNS float8 LANGUAGE sql VOLATILE AS $$
	SELECT 10 * (fields[12]::float8 + fields[13]::float8)
	FROM string_to_array(regexp_replace(pg_read_file('/proc/' || pid || '/stat', 0, 4000), '^.*\) ', ''), ' ') AS fields
$$;
END_TICKS
CREATE FUNCTION worked(pid text DEFAULT 'self') RETURNS float8 LANGUAGE sql VOLATILE AS $$ SELECT 1000 * extract(epoch FROM clock_timestamp())::float8 $$;
END_CLOCK

# Cancels statements of PL/pgSQL, each a list of how many seconds after it has begun, and itself.  Each is repeated until
# then, so that no machine comes to its end before.  Returns for how many milliseconds the session worked between each
# request and its error.  settings are SQL; what preparation selects INTO inputs the statements can use.
sub cancel_latencies
{
	my ($settings, $preparation, @statements) = @_;
	my $number = 0;
	my $blocks = join '', map { $number++; <<"END" } @statements;
	BEGIN
		PERFORM pg_advisory_lock($number);
		LOOP
			$_->[1]
		END LOOP;
	EXCEPTION WHEN query_canceled THEN
		INSERT INTO endings VALUES ($number, worked());
	END;
END

	psql_ok("DROP TABLE IF EXISTS endings; CREATE TABLE endings (number int, worked float8); DROP FUNCTION IF EXISTS worked(text); $worked");
	psql_ok(<<'END') if value_of("to_regproc('cancel')") eq '';
CREATE FUNCTION cancel(pid int, OUT worked_before float8) LANGUAGE plpgsql AS $$
BEGIN
	worked_before := worked(pid::text);
	worked_before := worked(pid::text);
	PERFORM pg_cancel_backend(pid);
END $$
END
	my $victim = background(<<"END");
$settings
DO \$\$
DECLARE
	inputs record;
	value float8;
BEGIN
	$preparation
	-- once before, as the first call takes longer
	PERFORM worked();
$blocks
END \$\$;
SELECT total_variation(ARRAY[1, 3], ARRAY[1, 1]);
END
	my @before;
	my $deadline = time + 300;
	for my $number (1 .. @statements)
	{
		my $pid = '';
		while ($pid eq '')
		{
			die "$statements[$number - 1][1] has not begun: " . (finish($victim))[2] if time > $deadline || waitpid($victim->{pid}, 1) != 0;
			sleep 0.02;
			$pid = psql_ok("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = $number");
		}
		sleep $statements[$number - 1][0];
		push @before, psql_ok("SELECT cancel($pid)");
	}
	my ($status, $output, $errors) = finish($victim);
	die "the session does not go on: $output$errors" if "$status $output$errors" ne '0 0.25';
	return map { $_ - shift @before } split /\n/, psql_ok('SELECT worked FROM endings ORDER BY number');
}

# Milliseconds in which a cancel request should be heard.  A server with assertions overwrites all memory that it frees.
sub soon
{
	return psql_ok('SHOW debug_assertions') eq 'on' ? 300 : 50;
}

sub major_version
{
	return int(value_of("current_setting('server_version_num')::int / 10000"));
}

END
{
	if ($$ == $owner)
	{
		my $status = $?;
		$ENV{PGDATABASE} = 'postgres';
		psql("DROP DATABASE IF EXISTS $_") for @databases;
		$? = $status;
	}
}

1;
