# doc/guarantees.md names tests and mutations that exist: what it says can be looked up and tried.

use strict;
use warnings;
use Test::More;

sub text_of { my ($file) = @_; open my $handle, '<', $file or return; local $/; return scalar <$handle>; }

my $page = text_of('doc/guarantees.md') or BAIL_OUT('no doc/guarantees.md');
my $list = text_of('test/mutations.txt') or BAIL_OUT('no test/mutations.txt');
my %mutations = map { $_->[0] => { file => $_->[1], from => $_->[2], test => $_->[3] } }
  map { [ /^mutation: (.*)\nfile: (.*)\nfrom: (.*?)\nto: .*?\ntest: (.*)\nfails: ./ms ] } grep { /^mutation: / } split /\n\n+/, $list;
# behind that heading are records of what was seen
my ($promises) = $page =~ /^(.*?)^## Beyond /ms;
my @rows = map { [ map { s/^\s+|\s+$//gr } (split /(?<!\\)\|/)[ 1 .. 3 ] ] } grep { /^\|(?!---| promise)/ } split /\n/, $promises // '';
my ($tests, $named) = (0, 0);

cmp_ok(scalar @rows, '>', 30, 'there are promises');
for my $row (@rows)
{
	my ($promise, $held, $broken) = @$row;
	my @named = $held =~ /`([\w.\/]+)` "([^"]+)"/g;

	ok(@named > 0, "$promise: is held by a test");
	while (my ($file, $name) = splice @named, 0, 2)
	{
		my $text = text_of($file) // '';

		# a name may have its parts put together
		ok(index($text, $name) >= 0, "$file: $name");
		$tests++;
	}
	for my $mutation ($broken =~ /(?<!` )"([^"]+)"/g)
	{
		ok($mutations{$mutation}, "mutation: $mutation");
		$mutations{$mutation}{named} = 1;
		$named++;
	}
}
cmp_ok($tests, '>', 40, 'there are tests');
is(join(', ', grep { !$mutations{$_}{named} } sort keys %mutations), '', 'every mutation is of a promise');
for my $name (sort keys %mutations)
{
	my $mutation = $mutations{$name};

	ok(index(text_of($mutation->{file} // '') // '', $mutation->{from} // '-') >= 0, "mutation: $name: there is such a text in $mutation->{file}");
	ok($mutation->{test} =~ /^(unit|concurrency|build \d+)$/ || $mutation->{test} =~ /^sql:(.*)/ && -e "sql/$1.sql" || -e "test/$mutation->{test}", "mutation: $name: there is $mutation->{test}");
}

done_testing();
