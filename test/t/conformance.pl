# Every value that other projects have published, as test/conformance/README.md describes: of measures, of statistics, and of
# models and continuous data.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;

sub cases_of
{
	my ($name) = @_;
	my $path = "$FindBin::Bin/../conformance/$name";

	open my $file, '<', $path or die "$path: $!";
	return map { chomp; [ split /\|/, $_, 5 ] } grep { !/^#|^\s*$/ } <$file>;
}

create_database('kldiv_conformance');

# Of statistics and models those of functions that there are; nothing is drawn at random yet
my %exists = map { $_ => 1 } split /\n/, psql_ok('SELECT proname FROM pg_proc');
sub cases_that_can_be_tried
{
	return grep { my $sql = $_->[1] =~ s/replicates => 0\b//r; $sql !~ /\breplicates\b/ && !grep { !$exists{$_} } $sql =~ /(?<!AS )\b([a-z_]+)\(/g } cases_of(@_);
}

my @of_statistics = cases_that_can_be_tried('statistics.psv');
my @of_models = cases_that_can_be_tried('continuous.psv');
my @cases = (cases_of('published.psv'), @of_statistics, @of_models);

# One answer a line: the value, or the error's SQLSTATE
my $script = join '', map { "SELECT ($_->[1]);\n\\if :ERROR\n\\echo ERROR::SQLSTATE\n\\endif\n" } @cases;
my ($status, $output) = psql($script, '-v', 'ON_ERROR_STOP=0', '-P', 'null=NULL');
my @answers = split /\n/, $output;

sub agrees
{
	my ($answer, $expected, $tolerance) = @_;

	return 0 if !defined $answer;
	return $answer eq 't' if $expected eq 'true';
	return 1 if $answer eq ($expected =~ s/^text://r);
	return agrees_all($answer, $expected, $tolerance) if $expected =~ /^\{.+\}$/;
	return 0 if $answer !~ /^[-+0-9.e]+$/ || $expected !~ /^[-+0-9.e]+$/;
	return abs($answer - $expected) <= $tolerance * abs($expected);
}

# Arrays, element by element
sub agrees_all
{
	my ($answer, $expected, $tolerance) = @_;
	my @answers = split /,/, $answer =~ s/[{}]//gr;
	my @expected = split /,/, $expected =~ s/[{}]//gr;

	return @answers == @expected && !grep { !agrees($answers[$_], $expected[$_], $tolerance) } 0 .. $#expected;
}

cmp_ok(scalar @of_statistics, '>=', 61, 'there are cases of statistics');
cmp_ok(scalar @of_models, '>=', 150, 'there are cases of models');
cmp_ok(scalar(grep { $_->[0] =~ /^(?:logits|real)-/ } @of_models), '>=', 29, 'there are cases of logits');
cmp_ok(scalar(grep { $_->[0] =~ /^(?:mi|chain)-/ } @of_models), '>=', 18, 'there are cases of dependence');
is(scalar @answers, scalar @cases, 'every case has an answer');
for my $i (0 .. $#cases)
{
	my ($id, $expression, $expected, $tolerance, $source) = @{ $cases[$i] };
	my $short = length $expression > 100 ? substr($expression, 0, 100) . '...' : $expression;

	ok(agrees($answers[$i], $expected, $tolerance), "$id: $short")
	  or diag("got $answers[$i], expected $expected, source: $source");
}

done_testing();
