# The pages say what is true: their examples are run and compared, each page in a database of its own, so
# that it can be read by itself; every function and setting is in the reference, as the catalog has it;
# links lead somewhere; and the README stays short.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Encode qw(decode);
use File::Basename qw(dirname);
use File::Find qw(find);
use Test::More;
use TestKldiv;

my @pages = ('README.md', sort(glob 'doc/*.md'));

sub text_of { my ($file) = @_; open my $handle, '<', $file or die "$file: $!"; local $/; return scalar <$handle>; }

# What psql says to one block, without the blanks that alignment adds
sub answer
{
	local ($ENV{KLDIV_SQL}) = @_;
	return normalised(scalar `psql -Xq -c "\$KLDIV_SQL" 2>&1`);
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

# Every ```sql block, and the ```text block that follows it, if it answers anything

my $examples = 0;
for my $page (@pages)
{
	my $text = text_of($page);
	my @blocks;
	push @blocks, [ $1, $2 // '' ] while $text =~ /^```sql\n(.*?)^```\n(?:```text\n(.*?)^```\n)?/msg;

	is(scalar(() = $text =~ /^```text$/mg), scalar(grep { $_->[1] ne '' } @blocks), "$page: every answer follows a question");
	is(scalar(grep { (() = $_->[1] =~ /^\(\d+ rows?\)$/mg) > 1 } @blocks), 0, "$page: one answer each, since psql 13 shows only the last");
	next if !@blocks;
	create_database('kldiv_documentation', without_extension => scalar $blocks[0][0] =~ /^CREATE EXTENSION kldiv\b/m);
	for (@blocks)
	{
		my ($sql, $expected) = @$_;
		my ($name) = $sql =~ /^(.*)$/m;
	  SKIP:
		{
			my ($other) = $sql =~ /CREATE EXTENSION IF NOT EXISTS (\w+)/;
			skip "$other is not installed", 1
			  if defined $other && value_of("count(*) FROM pg_available_extensions WHERE name = '$other'") == 0;
			is(answer($sql), normalised($expected), "$page prints: $name");
			$examples++;
		}
	}
}
cmp_ok($examples, '>', 20, 'there are examples');

# The reference has a row for every function, unless operators, casts or the type stand for it, and for every
# setting; and no other: name(arguments | those with defaults)

create_database('kldiv_documentation');
my @functions = split /\n/, psql_ok(<<'END');
SELECT proname || ' ' || proname || '(' || array_to_string(proargnames[:pronargs - pronargdefaults], ', ')
	|| CASE WHEN pronargdefaults > 0 THEN ' | ' ELSE '' END
	|| array_to_string(proargnames[pronargs - pronargdefaults + 1:pronargs], ', ') || ')'
FROM pg_proc AS p JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid AND e.extname = 'kldiv'
WHERE p.proname NOT LIKE 'kldiv\_%'
AND p.oid NOT IN (SELECT castfunc FROM pg_cast UNION SELECT oprcode FROM pg_operator UNION SELECT amproc FROM pg_amproc
	UNION SELECT unnest(ARRAY[typinput, typoutput, typreceive, typsend]) FROM pg_type)
END
my %called = map { split / /, $_, 2 } @functions;
my %signatures = map { (split / /, $_, 2)[1] => 1 } @functions;
my @settings = split /\n/, psql_ok("LOAD 'kldiv'; SELECT name FROM pg_settings WHERE name LIKE 'kldiv.%' ORDER BY 1");
my $reference = text_of('doc/reference.md');
my @rows = map { s/\\\|/|/gr } $reference =~ /^\| `(\w+\([^`]*\))` \|/mg;

cmp_ok(scalar(keys %called), '>', 0, 'the extension has functions');
cmp_ok(scalar @settings, '>', 0, 'and settings');
for my $name (sort keys %called)
{
	ok(scalar(grep { /^\Q$name\E\(/ } @rows), "doc/reference.md: $name has its row");
}
ok($signatures{$_}, "doc/reference.md: a function has the arguments of $_") for @rows;
# The measures are those of the library's table, with its units and ranges
my ($of_measures) = $reference =~ /^## Measures\n(.*?)^## /ms;
my %said = map { my @cells = map { s/^ +| +$//gr } split /(?<!\\)\|/; ($cells[1] // '') =~ /^`(\w+)\(p\b/ ? ($1 => "$cells[3]|$cells[4]") : () } grep { /^\|/ } split /\n/, $of_measures;
for (split /\n/, psql_ok("SELECT name || '|' || CASE unit WHEN '1' THEN '–' WHEN 'sqrt(nats)' THEN '√nats' ELSE unit END || '|' ||"
	. " replace(replace(replace(range, ' to ', ' … '), 'Infinity', '∞'), 'sqrt(ln 2)', '√ln 2') FROM divergence_measures()"))
{
	my ($name, $unit_and_range) = split /\|/, $_, 2;
	is($said{$name} // '', $unit_and_range, "doc/reference.md: unit and range of $name");
}
is(join(' ', sort $reference =~ /^\| `(kldiv\.\w+)` \|/mg), join(' ', @settings), 'doc/reference.md: every setting has its row');

# Links

# A page without what is shown as it is: blocks and spans of code.  No link is in it, and no heading.
sub prose
{
	my ($text) = @_;
	$text =~ s/^(```+).*?^\1`*$//msg;
	$text =~ s/(?<=\n)\n(?:(?: {4}|\t).*\n)+/\n/g;
	return $text;
}

# The anchors that GitHub makes of a page's headings
sub anchors
{
	my ($file) = @_;
	my (%times, %anchors);

	for my $heading (decode('UTF-8', prose(text_of($file))) =~ /^#{1,6}[ \t]+(.*?)[ \t#]*$/mg)
	{
		$heading =~ s/!?\[([^\]]*)\]\([^)]*\)/$1/g;
		my $anchor = lc $heading =~ s/[^\w\- ]//gr =~ s/ /-/gr;
		my $again = $times{$anchor}++;
		$anchors{ $again ? "$anchor-$again" : $anchor } = 1;
	}
	return \%anchors;
}

sub links
{
	my ($file) = @_;
	my $text = prose(text_of($file));
	$text =~ s/(`+)(?:(?!\n\n).)+?\1/code/sg;
	return ($text =~ /\]\(\s*<?([^()\s>]+)>?(?:\s+"[^"]*")?\s*\)/g, $text =~ /^\s*\[[^\]]+\]:\s*<?([^\s>]+)/mg, $text =~ /\b(?:href|src)="([^"]+)"/g);
}

# What is wrong with a link; a # alone leads into the page itself
sub fault
{
	my ($file, $link) = @_;
	my ($path, $anchor) = $link =~ /^([^#]*)(?:#(.*))?$/;
	my @parts;

	for my $part (split /\//, $path eq '' ? $file : dirname($file) . "/$path")
	{
		next if $part eq '.' || $part eq '';
		if ($part ne '..') { push @parts, $part }
		elsif (@parts) { pop @parts }
		else { return 'it leads out of the repository' }
	}
	my $target = join('/', @parts) || '.';
	return 'there is no such file' if !-e $target;
	return '' if !defined $anchor;
	return 'only pages have headings' if $target !~ /\.md$/;
	return anchors($target)->{decode('UTF-8', $anchor)} ? '' : 'there is no such heading';
}

my @linking = (@pages, grep { -e } 'CONTRIBUTING.md', 'CHANGELOG.md', 'src/README', 'demo/README.md', sort(glob 'bench/*.md'));
find({ no_chdir => 1, wanted => sub { push @linking, $_ if /\.md$/ } }, 'test');
my $links = 0;
for my $file (@linking)
{
	for my $link (grep { !/^[a-z][a-z0-9+.-]*:/i } links($file))
	{
		is(fault($file, $link), '', "$file: there is $link");
		$links++;
	}
}
cmp_ok($links, '>', 50, 'there are links');

my %index = map { $_ => 1 } links('doc/README.md');
ok($index{$_}, "doc/README.md lists $_") for map { s/^doc\///r } grep { /^doc\// && $_ ne 'doc/README.md' } @pages;

# The README is for strangers

my @readme = split /\n/, text_of('README.md');
my $beginning = join "\n", @readme[0 .. 79];
cmp_ok(scalar @readme, '<=', 250, 'README.md: at most 250 lines');
like($beginning, qr/^## Install\b.*^[^\n]*\bmake install\b.*^[^\n]*CREATE EXTENSION kldiv/ms, 'README.md: how to install is within the first 80');
like($beginning, qr/^make demo .*^make test /ms, 'README.md: and the two commands');

done_testing();
