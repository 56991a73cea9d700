# What the TAP tests share: databases with the extension in them, and psql,
# against the server that the PG* environment names.
package TestKldiv;

use strict;
use warnings;

use Exporter 'import';
use File::Temp;
use Time::HiRes qw(sleep time);

our @EXPORT = qw(create_database psql psql_ok value_of background finish cancel_latency soon major_version @measures $scramble);

# Every measure, and every order of Renyi that is computed in its own way
our @measures = (
	'entropy(p)', 'perplexity(p)', 'cross_entropy(p, q)', 'kl_divergence(p, q)', 'kl_divergence(p, q, 2, 0.5)',
	'jeffreys_divergence(p, q)', 'jsd(p, q)', 'jsd(p, q, 10, 1)', 'js_distance(p, q)', 'hellinger_distance(p, q)',
	'bhattacharyya_distance(p, q)', 'total_variation(p, q)', 'l_infinity(p, q)', 'chi_square_divergence(p, q)',
	'psi(p, q)', 'psi(p, q, 0)',
	(map { "renyi(p, q, $_)" } '0', '0.3', '0.5', '0.999999', '1', '1.000001', '2', '7', "'Infinity'"),
	(map { "renyi_entropy(p, $_)" } '0', '0.3', '1', '2', '7', "'Infinity'"));

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

# Cancels statements of PL/pgSQL so many seconds after they have begun.  Returns how many milliseconds later that
# was noticed, as the server counts them; undef if they had come to their end.  settings are SQL; what preparation
# selects INTO inputs the statements can use.
sub cancel_latency
{
	my ($delay, $settings, $preparation, $statements) = @_;

	psql_ok('DROP TABLE IF EXISTS endings; CREATE TABLE endings (at timestamptz)');
	my $victim = background(<<"END");
$settings
DO \$\$
DECLARE
	inputs record;
BEGIN
	$preparation
	PERFORM pg_advisory_lock(5);
	$statements
EXCEPTION WHEN query_canceled THEN
	INSERT INTO endings VALUES (clock_timestamp());
END \$\$;
END
	my $deadline = time + 60;
	my $pid = '';
	while ($pid eq '')
	{
		die "$statements has not begun: " . (finish($victim))[2] if time > $deadline;
		sleep 0.02;
		$pid = psql_ok("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 5");
	}
	sleep $delay;
	my $at = psql_ok("SELECT clock_timestamp() FROM pg_cancel_backend($pid)");
	finish($victim);
	my $latency = psql_ok("SELECT 1000 * extract(epoch FROM at - '$at') FROM endings");
	return $latency eq '' ? undef : $latency;
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
