# A short run of test/fuzz: what a soak does for long (make fuzz), from a fixed seed.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin, "$FindBin::Bin/../fuzz";

use Test::More;
use Fuzz;
use TestKldiv;

create_database('kldiv_fuzz');
my $result = fuzz(seed => 1, seconds => $ENV{KLDIV_FUZZ_SECONDS} // 8, size => 60);

my @failures = @{ $result->{failures} };
for my $title (titles_of_checks())
{
	is(join("\n", grep { /^seed \d+: \Q$title\E: / } @failures), '', "random weights: $title");
	@failures = grep { !/^seed \d+: \Q$title\E: / } @failures;
}
is(join("\n", @failures), '', 'every function and measure is tried');
cmp_ok($result->{values}, '>', 5_000, "$result->{values} values were compared with the oracle's");
cmp_ok($result->{errors}, '>', 30, "$result->{errors} wrong inputs were refused");

done_testing();
