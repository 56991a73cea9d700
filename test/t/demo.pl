# The demo runs, and says what it claims to: chance is called chance, and what was planted is found.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;

create_database('kldiv_demo', without_extension => 1);
my $printed = `psql -X -q -v ON_ERROR_STOP=1 -f demo/demo.sql 2>&1`;
is($?, 0, 'the demo runs') or diag($printed);
unlike($printed, qr/\b(?:ERROR|WARNING):/, 'without an error');
is(scalar(() = $printed =~ /^── \d ── /mg), 9, 'nine questions');

my ($random) = $printed =~ /^SELECT \* FROM compared;\n(.*?)^UPDATE/ms;
my ($planted) = $printed =~ /^SELECT \* FROM compared LIMIT 4;\n(.*)/ms;
my @adjusted = ($random // '') =~ /│ +(\d\.\d+) │$/mg;
is(scalar @adjusted, 14, 'a random split of fourteen columns');
is(scalar(grep { $_ < 0.05 } @adjusted), 0, 'of which none differs once adjusted');
like($planted // '', qr/^│ day of week +│ +7 │ \d\.\d+ │ +4 │ +0\.0000\d │ +0\.001\d+ │$/m, 'a planted change is found, fourth by jsd');
like($printed, qr/^│ first and second half +│ +48 │ +18\.8 │/m, 'days in a row are not independent');
my ($drift) = $printed =~ /"one block for each 0\.01"\n(.*?)^── 4/ms;
is(scalar(() = ($drift // '') =~ /│ f     │/g), 12, 'no year is beyond chance');
is(scalar(() = ($drift // '') =~ /│ t     │/g), 4, 'and missing years are alarms');

my ($report) = $printed =~ /^── 9 ── (.*)/ms;
is(scalar(() = ($report // '') =~ /^│ (?:temp_max|temp_min|wind|precipitation|weather) +│ +0\.\d{4} │/mg), 5, 'a report on all columns');
is(scalar(grep { length > 100 } split /\n/, ($report // '') =~ s/[^\x00-\x7f]+//gr), 0, 'no wider than a page');

done_testing();
