# One version everywhere: kldiv.control, META.json, CHANGELOG.md, the scripts, the library and a new database.

use strict;
use warnings;

use FindBin;
use JSON::PP;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;

my $tree = "$FindBin::Bin/../..";

sub text_of { my ($file) = @_; open my $handle, '<', "$tree/$file" or die "$file: $!"; local $/; return scalar <$handle>; }

my ($version) = text_of('kldiv.control') =~ /^default_version = '(\d+\.\d+\.\d+)'$/m or BAIL_OUT('no version in kldiv.control');
my $meta = JSON::PP->new->decode(text_of('META.json'));
my $provided = $meta->{provides}{kldiv};
is($meta->{version}, $version, 'META.json has the version of kldiv.control');
is($provided->{version}, $version, 'for the extension too');
ok(-f "$tree/$provided->{$_}", "and names a $_ that exists: $provided->{$_}") for 'file', 'docfile';
like(text_of('CHANGELOG.md'), qr/\A# Changes\n\n## \Q$version\E \((unreleased|\d{4}-\d\d-\d\d)\)\n/, 'the newest changes are those of the version');

# Scripts, and what psql says of them
my @updates = map { [ m{/(kldiv--(.*)--(.*)\.sql)$} ] } glob "$tree/sql/updates/*";
is(join(' ', map { $_->[1] } @updates), join(' ', map { m{--(.*)\.sql$} } glob "$tree/test/upgrade/*"), 'there is a step from each former version');
is($updates[-1][2], $version, 'the last to this one');
like(text_of("sql/updates/$_->[0]"), qr/^\\echo Use "ALTER EXTENSION kldiv UPDATE TO '\Q$_->[2]\E'" to load this file\. \\quit$/m, "$_->[0] says how it is used") for @updates;
is(join('', text_of("build/kldiv--$version.sql") =~ /^\\.*\n/mg), qq{\\echo Use "CREATE EXTENSION kldiv" to load this file. \\quit\n}, 'and so does the script, once');

create_database('kldiv_versions');
is(value_of("extversion FROM pg_extension WHERE extname = 'kldiv'"), $version, 'a new database has the version');
SKIP:
{
	skip 'a library has no version before PostgreSQL 18', 1 if major_version() < 18;
	is(psql_ok("LOAD 'kldiv'; SELECT version FROM pg_get_loaded_modules() WHERE module_name = 'kldiv'"), $version, 'the library too');
}

is(qx('$tree/test/format' --check), '', 'sources are as make format leaves them');

done_testing();
