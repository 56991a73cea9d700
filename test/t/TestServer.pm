# A PostgreSQL of a test's own, which it may break, beside the one that
# test/with-cluster has started: it offers the same kldiv.
package TestServer;

use strict;
use warnings;

use File::Path qw(remove_tree);
use File::Temp qw(tempdir);
use Time::HiRes qw(sleep time);
use TestKldiv;

my @servers;
my $owner = $$;

# Who runs servers: not root
our @as = $> == 0 ? ('runuser', '-u', (getpwnam('postgres') ? 'postgres' : 'nobody'), '--') : ();

# Where the first server finds extensions, as settings for others
my $whereabouts;

sub whereabouts
{
	my @names = map { "'$_'" } 'dynamic_library_path', 'extension_destdir', 'extension_control_path';

	return $whereabouts //= psql_ok("SELECT name || ' = ' || quote_literal(setting) FROM pg_settings WHERE name IN (" . join(', ', @names) . ')');
}

# Makes a server: settings => text for postgresql.conf, limits => [ options of prlimit ], copy_of => another one
# to be its physical standby, port => number.  It is not started.
sub new
{
	my ($class, %options) = @_;
	my $directory = tempdir('kldiv-XXXXXX', DIR => -d '/tmp' ? '/tmp' : $ENV{TMPDIR});
	my $self = bless { directory => $directory, data => "$directory/data", limits => $options{limits} // [], log => "$directory/log", running => 0, disks => [], port => $options{port} // 5432 }, $class;

	push @servers, $self;
	chmod 0755, $directory;
	chown +(getpwnam($as[2]))[2], -1, $directory if @as;
	if ($options{copy_of})
	{
		$self->run('pg_basebackup', '-h', $options{copy_of}{directory}, '-p', $options{copy_of}{port}, '-U', 'postgres', '-D', $self->{data}, '-R', '-c', 'fast', '--no-sync');
	}
	else
	{
		$self->run('initdb', '-D', $self->{data}, '-A', 'trust', '-U', 'postgres', '--no-sync', '-E', 'UTF8', '--locale=C');
	}
	$self->configure(join "\n", whereabouts(), "listen_addresses = ''", "unix_socket_directories = '$directory'", "port = $self->{port}", 'fsync = off', 'shared_buffers = 16MB',
		$options{settings} // '');
	return $self;
}

# Runs one of the server's programs as its owner
sub run
{
	my ($self, @command) = @_;

	$self->try(@command) == 0 or die "@command: exit status $?\n" . $self->log_text;
	return;
}

sub try
{
	my ($self, @command) = @_;
	my $pid = fork() // die "fork: $!";

	if ($pid == 0)
	{
		chdir $self->{directory} or die $!;
		delete @ENV{ grep { /^PG[A-Z]+$/ } keys %ENV };
		open STDIN, '<', '/dev/null' or die $!;
		open STDOUT, '>>', "$self->{directory}/output" or die $!;
		open STDERR, '>&', \*STDOUT or die $!;
		exec @as, @command or die "$command[0]: $!";
	}
	waitpid $pid, 0;
	return $?;
}

sub configure
{
	my ($self, $settings) = @_;

	open my $file, '>>', "$self->{data}/postgresql.conf" or die $!;
	print $file "$settings\n";
	close $file;
	return;
}

sub start
{
	my ($self) = @_;

	$self->try_start or die "the server does not start\n" . $self->log_text;
	return $self;
}

sub try_start
{
	my ($self) = @_;
	my @limits = @{ $self->{limits} } ? ('prlimit', @{ $self->{limits} }) : ();

	$self->{running} = $self->try(@limits, 'pg_ctl', '-s', '-D', $self->{data}, '-l', $self->{log}, '-t', 60, '-w', 'start') == 0;
	return $self->{running};
}

sub stop
{
	my ($self, $mode) = @_;

	$self->try('pg_ctl', '-s', '-D', $self->{data}, '-m', $mode // 'fast', '-t', 60, '-w', 'stop') if $self->{running};
	$self->{running} = 0;
	return $self;
}

# A disk of so many kilobytes that belongs to the server, where root may mount one: its directory
sub small_disk
{
	my ($self, $kilobytes) = @_;
	my $directory = "$self->{directory}/disk";

	mkdir $directory;
	return if !@as || system("mount -t tmpfs -o size=${kilobytes}k tmpfs $directory 2>/dev/null") != 0;
	push @{ $self->{disks} }, $directory;
	chown +(getpwnam($as[2]))[2], -1, $directory;
	return $directory;
}

# Makes it the server of psql()
sub choose
{
	my ($self, $database) = @_;

	@ENV{qw(PGHOST PGPORT PGUSER PGDATABASE)} = ($self->{directory}, $self->{port}, 'postgres', $database // 'postgres');
	return $self;
}

# What others need to connect to it
sub connection
{
	my ($self, $database) = @_;

	return "host=$self->{directory} port=$self->{port} user=postgres dbname=" . ($database // 'postgres');
}

sub postmaster
{
	my ($self) = @_;

	open my $file, '<', "$self->{data}/postmaster.pid" or return 0;
	my $pid = <$file>;
	return int $pid;
}

# Waits until SQL gives what is wanted, or dies
sub await
{
	my ($self, $query, $wanted, $seconds) = @_;
	my $deadline = time + ($seconds // 60);
	my $answer = '';

	while (time < $deadline)
	{
		my ($status, $output, $errors) = psql($query);
		return 1 if $status == 0 && $output eq $wanted;
		$answer = "$output$errors";
		sleep 0.1;
	}
	die "waited in vain for $wanted of $query: $answer\n";
}

sub log_text
{
	my ($self) = @_;

	return join '', map { open my $file, '<', $_ or return ''; local $/; <$file> // '' } grep { -e } "$self->{directory}/output", $self->{log};
}

END
{
	if ($$ == $owner)
	{
		my $status = $?;
		for my $server (@servers)
		{
			$server->stop('immediate');
			system("umount $_") for @{ $server->{disks} };
			remove_tree($server->{directory});
		}
		$? = $status;
	}
}

1;
