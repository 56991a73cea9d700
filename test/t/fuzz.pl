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

is(join("\n", @{ $result->{failures} }), '', 'random weights: no wrong value, no wrong error');
cmp_ok($result->{values}, '>', 5_000, "$result->{values} values were compared with the oracle's");
cmp_ok($result->{errors}, '>', 30, "$result->{errors} wrong inputs were refused");

done_testing();
