# Runs the README's examples: every ```sql block, and compares what psql prints
# with the ```text block that follows it.

use strict;
use warnings;
use Test::More;

my $readme = do { local (@ARGV, $/) = 'README.md'; <> };
my $database = 'kldiv_readme';

system('psql', '-XqAt', '-c', 'SET client_min_messages = warning', '-c', "DROP DATABASE IF EXISTS $database", '-c', "CREATE DATABASE $database") == 0
  or BAIL_OUT('cannot create a database');

# What psql says to one block, without the blanks that alignment adds.
sub answer
{
	my ($sql) = @_;
	open(my $out, '-|', "PGDATABASE=$database psql -Xq -c \"\$KLDIV_SQL\" 2>&1") or die;
	my $text = join '', <$out>;
	close $out;
	return normalised($text);
}

sub normalised
{
	my ($text) = @_;
	$text =~ s/[ \t]+/ /g;
	$text =~ s/^ +| +$//mg;
	$text =~ s/-{2,}/--/g;
	$text =~ s/\n+/\n/g;
	$text =~ s/^\n|\n$//g;
	return $text;
}

while ($readme =~ /^```sql\n(.*?)^```\n(?:```text\n(.*?)^```\n)?/msg)
{
	my ($sql, $expected) = ($1, $2 // '');
	my ($name) = $sql =~ /^(.*)$/m;
	local $ENV{KLDIV_SQL} = $sql;
  SKIP:
	{
		my ($other) = $sql =~ /CREATE EXTENSION IF NOT EXISTS (\w+)/;
		skip "$other is not installed", 1
		  if defined $other && `psql -XqAt -c "SELECT count(*) FROM pg_available_extensions WHERE name = '$other'"` == 0;
		is(answer($sql), normalised($expected), "README: $name");
	}
}

# Every function of the extension has its row in the reference table, unless operators, casts or the type stand for it.
open(my $list, '-|', 'psql', '-XqAt', '-d', $database, '-c', q{
	SELECT p.proname FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e'
	JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'kldiv'
	WHERE d.classid = 'pg_proc'::regclass AND p.proname NOT LIKE 'kldiv\\_%'
	AND p.oid NOT IN (SELECT castfunc FROM pg_cast UNION SELECT oprcode FROM pg_operator UNION SELECT amproc FROM pg_amproc
		UNION SELECT unnest(ARRAY[typinput, typoutput, typreceive, typsend]) FROM pg_type) GROUP BY 1 ORDER BY 1}) or die;
chomp(my @functions = <$list>);
close $list;
cmp_ok(scalar @functions, '>', 0, 'the extension has functions');
ok($readme =~ /^\| `\Q$_\E\(/m, "README: a row for $_") for @functions;

system('psql', '-XqAt', '-c', "DROP DATABASE $database");
done_testing();
