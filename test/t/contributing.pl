# What CONTRIBUTING.md says of adding a measure is enough: its steps are done in a copy of the tree, as they stand there,
# and the measure is tried on every surface.

use strict;
use warnings;

use File::Temp qw(tempdir);
use FindBin;

use Test::More;

my $tree = "$FindBin::Bin/../..";
my $copy = tempdir('kldiv-contributing-XXXXXX', DIR => -d '/tmp' ? '/tmp' : $ENV{TMPDIR}, CLEANUP => 1);
my $pg_config = $ENV{PG_CONFIG} // 'pg_config';
delete @ENV{qw(MAKEFLAGS MFLAGS MAKELEVEL)};

sub text_of { my ($file) = @_; open my $handle, '<', $file or return ''; local $/; return <$handle> // ''; }
sub write_text { my ($file, $text) = @_; open my $handle, '>', $file or die "$file: $!"; print $handle $text; close $handle; return; }

chmod 0755, $copy;
system("cd '$tree' && tar -cf - --exclude=./.git . | tar -C '$copy' -xof -") == 0 or BAIL_OUT('cannot copy');
chdir $copy or BAIL_OUT("$copy: $!");

# Each step is a block of what is taken away and put in its place, in the file that was named last; what takes
# nothing away is put at the end
my ($section) = text_of('CONTRIBUTING.md') =~ /^## Add a measure\n(.*?)^## /ms;
my %touched;
my $applied = 0;
my $file = '';
while (($section // '') =~ /(.*?)^ *```diff\n(.*?)^ *```$/msg)
{
	my ($before, $block) = ($1, $2);
	$file = $1 if $before =~ /.*`([\w.\/-]+\/[\w.\/-]+)`/s;
	my (@from, @to);

	for (split /\n/, $block) { /^ *-(.*)$/ ? push(@from, "$1\n") : /^ *\+(.*)$/ ? push(@to, "$1\n") : fail("a line that is neither - nor +: $_") }
	my ($from, $to) = (join('', @from), join('', @to));
	# the beginning of a long line will do
	s/\n\z// for ($from ne '' ? ($from, $to) : ());
	my $text = text_of($file);
	if ($from eq '') { $text .= $to }
	else
	{
		my $at = index $text, $from;
		ok($at >= 0, "$file has what is to be replaced") or next;
		substr $text, $at, length $from, $to;
	}
	write_text($file, $text);
	$touched{$file} = 1;
	$applied++;
}
cmp_ok($applied, '>=', 5, 'there are steps');
is(join(' ', grep { /^src\// } sort keys %touched), 'src/math/measures/chi_square.c src/math/measures/chi_square.h', 'a measure is the business of its family only');
is(join(' ', grep { !m{^(src/math/measures/chi_square\.[ch]|sql/(install|updates)/.*|doc/reference\.md)$} } sort keys %touched), '', 'besides its SQL, and its row in the reference');

my $jobs = qx(getconf _NPROCESSORS_ONLN);
chomp $jobs;
my $output = qx(make -s PG_CONFIG=$pg_config -j $jobs all 2>&1);
is($output, '', 'it builds without warnings');

# What the unit tests have to say of the measure itself; they have no checksums of it yet
my @unit = split /\n/, qx(make -s PG_CONFIG=$pg_config -j $jobs unit 2>&1);
is(scalar(grep { /^ok .*: triangular_discrimination$/ } @unit), 2, 'the table says everything, and it is true');
is(join("\n", grep { /^not ok/ && !/always had: triangular_discrimination/ } @unit), '', 'nothing else has changed');
is(scalar(grep { /^(arrays|contributions|matrix) triangular_discrimination [0-9a-f]{16}$/ } @unit), 3, 'the lines for bits.txt are printed');

write_text('try.sql', <<'END');
CREATE EXTENSION kldiv;
\pset format unaligned
\pset tuples_only on
SELECT 'arrays', round(triangular_discrimination(ARRAY[1, 3], ARRAY[1, 1])::numeric, 12), triangular_discrimination(ARRAY[2, 4], ARRAY[1, 2]),
	triangular_discrimination(ARRAY[1, 0], ARRAY[0, 1]);
SELECT 'histograms', round(triangular_discrimination('{"a": 1, "b": 3}'::histogram, '{"a": 1, "b": 1}')::numeric, 12);
SELECT 'rows', round(triangular_discrimination(p, 1)::numeric, 12) FROM (VALUES (1), (3)) AS rows (p);
SELECT 'matrix', round((divergence_matrix(ARRAY[[1, 3], [1, 1]], 'triangular_discrimination'))[1][2]::numeric, 12);
SELECT 'contributions', round(sum(contribution)::numeric, 12) FROM divergence_contributions(ARRAY[1, 3], ARRAY[1, 1], 'triangular_discrimination');
SELECT 'list', arguments, "symmetric", rows FROM divergence_measures() WHERE name = 'triangular_discrimination';
CREATE DATABASE updated;
\connect updated
CREATE EXTENSION kldiv VERSION '0.4.0';
ALTER EXTENSION kldiv UPDATE;
SELECT 'updated', round(triangular_discrimination(ARRAY[1, 3], ARRAY[1, 1])::numeric, 12);
END
is(qx(PG_CONFIG=$pg_config test/with-cluster psql -XqAt -v ON_ERROR_STOP=1 -f try.sql 2>&1), <<'END', 'over arrays, histograms, rows and in a matrix; in a database that is updated too');
arrays|0.133333333333|0|2
histograms|0.133333333333
rows|0.133333333333
matrix|0.133333333333
contributions|0.133333333333
list|p, q|t|kept
updated|0.133333333333
END

# Tests that ask divergence_measures() try it too, and find nothing; they run as PostgreSQL's owner, who may write here
my $as = $> == 0 ? 'chmod -R a+rwX .;' : '';
my $regress = qx(dirname "\$($pg_config --pgxs)");
chomp $regress;
my $tests = qx($as PG_CONFIG=$pg_config test/with-cluster '$regress/../test/regress/pg_regress' --bindir="\$($pg_config --bindir)" --inputdir=. --outputdir=. --dbname=contrib_regression --load-extension=kldiv properties comparisons histogram_measures 2>&1);
is($?, 0, 'its properties, its matrix and its histograms') or diag($tests, text_of('regression.diffs'));

chdir '/';
done_testing();
