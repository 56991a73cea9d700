# How often the tests of counts find a difference where there is none, and where there is one: simulations with fixed
# seeds, which say the same on every machine.  `make error-rates` has twenty times as many draws.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;

sub lines_of { my ($file) = @_; open my $handle, '<', $file or die "$file: $!"; my @lines = <$handle>; chomp @lines; return @lines; }

my $printed = `make -s error-rates DRAWS=1000 2>&1`;
is($?, 0, 'nothing is over its bar') or diag($printed);
my @cells = $printed =~ /^\| \d+ : \d+ \| \d+ \| (?:uniform|Zipf) (?:\| [\d.*]+ ){4}\|$/mg;
is(scalar @cells, 54, 'rows of the table without a difference');
my ($unmerged) = $printed =~ /^\| 100 : 10000 \| 200 \| Zipf \| ([\d.]+) /m;
cmp_ok($unmerged // 0, '>', 20, 'without merging, a small day beside a large reference is called different too often');
like($printed, qr/^\| two arms, .*\|$/m, 'looks at two arms');

# What the page quotes is what was printed with all draws
my %printed = map { $_ => 1 } lines_of('bench/ERROR_RATES.md');
my @quoted = grep { /^\| (?:\d+ : \d+|[\d.]+|a sample beside|two arms) .*\d\.\d\d/ } lines_of('doc/statistics.md');
cmp_ok(scalar @quoted, '>', 10, 'doc/statistics.md quotes');
ok($printed{$_}, "bench/ERROR_RATES.md has $_") for @quoted;

done_testing();
