# Every value that other projects have published, as test/conformance/README.md describes.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;

my $path = "$FindBin::Bin/../conformance/published.psv";
open my $file, '<', $path or die "$path: $!";
my @cases = map { chomp; [ split /\|/, $_, 5 ] } grep { !/^#|^\s*$/ } <$file>;

create_database('kldiv_conformance');

# One answer a line: the value, or the error's SQLSTATE
my $script = join '', map { "SELECT ($_->[1]);\n\\if :ERROR\n\\echo ERROR::SQLSTATE\n\\endif\n" } @cases;
my ($status, $output) = psql($script, '-v', 'ON_ERROR_STOP=0', '-P', 'null=NULL');
my @answers = split /\n/, $output;

sub agrees
{
	my ($answer, $expected, $tolerance) = @_;

	return 0 if !defined $answer;
	return $answer eq 't' if $expected eq 'true';
	return 1 if $answer eq $expected;
	return 0 if $answer !~ /^[-+0-9.e]+$/ || $expected !~ /^[-+0-9.e]+$/;
	return abs($answer - $expected) <= $tolerance * abs($expected);
}

is(scalar @answers, scalar @cases, 'every case has an answer');
for my $i (0 .. $#cases)
{
	my ($id, $expression, $expected, $tolerance, $source) = @{ $cases[$i] };
	my $short = length $expression > 100 ? substr($expression, 0, 100) . '...' : $expression;

	ok(agrees($answers[$i], $expected, $tolerance), "$id: $short")
	  or diag("got $answers[$i], expected $expected, source: $source");
}

done_testing();
