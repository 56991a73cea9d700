# Nobody can crash the server or get an impossible value, whatever the arguments.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;

create_database('kldiv_hostile');
# A crash of any process would restart this one
my $checkpointer = "backend_start FROM pg_stat_activity WHERE backend_type = 'checkpointer'";
my $started = value_of($checkpointer);

# Runs an expression as a role without privileges: its value, NULL or an error's SQLSTATE
psql_ok($scramble . <<'END');
DROP ROLE IF EXISTS kldiv_hostile;
CREATE ROLE kldiv_hostile;
CREATE FUNCTION outcome(expression text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	value text;
BEGIN
	EXECUTE 'SELECT ' || expression INTO value;
	RETURN coalesce(value, 'NULL');
EXCEPTION WHEN OTHERS THEN
	RETURN 'ERROR ' || SQLSTATE;
END $$;
END

sub outcomes
{
	my @expressions = @_;
	my $script = join '', map { s/'/''/gr =~ s/^(.*)$/SELECT outcome('$1');\n/sr } @expressions;

	return split /\n/, psql_ok("SET SESSION AUTHORIZATION kldiv_hostile; $script"), -1;
}

sub gives
{
	my ($expression, $expected, $name) = @_;
	my ($outcome) = outcomes($expression);

	$name //= $expression;
	return ref $expected ? like($outcome, $expected, $name) : is($outcome, $expected, $name);
}

# Arrays that are odd, but arrays
gives("entropy('{{{{{{1,1},{1,1}}}}}}'::float8[], 2)", '2');
gives("total_variation('{{{{{{1,3}}}}}}'::float8[], '{{{{{{1,1}}}}}}'::float8[])", '0.25');
gives("to_distribution('[2147483646:2147483646]={5}'::float8[])", '[2147483646:2147483646]={1}');
gives("softmax('[-2147483648:-2147483647]={5,5}'::float8[])", '[-2147483648:-2147483647]={0.5,0.5}');
gives("total_variation('[2147483645:2147483646]={1,3}'::float8[], '[-2147483648:-2147483647]={1,1}'::float8[])", '0.25');
gives("array_dims(to_distribution('[-5:-5][7:7][0:0][1:1][2:2][3:4]={{{{{{1,3}}}}}}'::float8[]))", '[-5:-5][7:7][0:0][1:1][2:2][3:4]');
gives("softmax(array_fill(1::float8, ARRAY[0]))", 'NULL');
gives("entropy('{{},{}}'::float8[])", qr/^(NULL|ERROR 22P02)$/);
gives("jsd((ARRAY[1,2,3]::float8[])[5:9], ARRAY[1,2,3])", 'NULL');
gives("total_variation((ARRAY[9,1,3,9]::float8[])[2:3], ARRAY[1,1])", '0.25');

# NULL bitmaps of every length, and values behind them
for my $size (1 .. 9, 31 .. 33, 63 .. 65, 511 .. 513, 32767 .. 32770)
{
	gives("entropy(array_agg(CASE WHEN i % 2 = 1 THEN 1 END ORDER BY i)::float8[], 2) = "
		  . "entropy(array_agg(CASE WHEN i % 2 = 1 THEN 1 ELSE 0 END ORDER BY i)::float8[], 2) "
		  . "AND kl_divergence(array_agg(nullif(i % 5, 3)), array_agg(nullif(i % 7, 2)), pseudocount => 1) = "
		  . "kl_divergence(array_agg(i % 5 % 3 + i % 5 / 4 * 3), array_agg(CASE i % 7 WHEN 2 THEN 0 ELSE i % 7 END), pseudocount => 1) "
		  . "FROM generate_series(1, $size) AS i", 'true', "NULLs among $size bins");
}
gives("jsd(array_fill(NULL::float8, ARRAY[100000]), array_fill(1::float8, ARRAY[100000]))", 'NULL');

# Parameters at the ends of what is allowed, and beyond
my @p_and_q = ("ARRAY[1,3,0,5e-324,1e300]", "ARRAY[2,1,1e-300,1,7]");
my @extremes = ('NaN', 'Infinity', '-Infinity', '0', '-0', '-1', '5e-324', '1e308', '1.7976931348623157e308',
	'1', '1.0000000000000002', '0.9999999999999999', '1e-300', '1e15', '-5e-324');
my %calls = (
	'is_distribution' => "is_distribution($p_and_q[0]::float8[], ?)::int",
	'to_distribution' => "(to_distribution($p_and_q[0]::float8[], ?))[4]",
	'softmax' => "(softmax(ARRAY[1,3,'-Infinity',-1e308,1e308]::float8[], ?))[4]");
# every parameter of every measure, beside an order that is large
for my $measure (measures(plain => 1))
{
	my ($weights, @parameters) = split /, (?!q)/, $measure->{arguments};
	my $arrays = join ', ', map { "$_\::float8[]" } $weights =~ /q/ ? @p_and_q : $p_and_q[0];

	for my $parameter (@parameters)
	{
		my $order = $parameter ne 'alpha' && grep({ $_ eq 'alpha' } @parameters) ? ', alpha => 1e308' : '';

		$calls{"$measure->{name} with $parameter"} = "$measure->{name}($arrays$order, $parameter => ?)";
	}
}

for my $name (sort keys %calls)
{
	my @outcomes = outcomes(map { my $value = $_; $calls{$name} =~ s/\?/'$value'::float8/r } @extremes);
	my @wrong = grep { $outcomes[$_] !~ /^(\d+(\.\d+)?(e[-+]\d+)?|Infinity|ERROR 22023|ERROR 22003)$/ } 0 .. $#extremes;

	is(join(' ', map { "$extremes[$_]: $outcomes[$_]" } @wrong), '', "$name: a value of at least 0, 22023 or 22003");
}
gives("kl_divergence(ARRAY[1,3]::float8[], ARRAY[1,1]::float8[], pseudocount => 1e308)", 'ERROR 22003');
gives("to_distribution(ARRAY[1,3]::float8[], 1.7e308)", 'ERROR 22003');
gives("is_distribution(ARRAY[0.5,0.5]::float8[], 0)", 'true');
gives("softmax(ARRAY[1,1]::float8[], 5e-324)", '{0.5,0.5}');
gives("softmax(ARRAY[1,2]::float8[], 1e308)", '{0.5,0.5}');

# Other types, too many and too few arguments, our C functions under other declarations
gives("entropy(ARRAY['a','b'])", 'ERROR 42883');
gives("entropy(1.0::float8)", '0', 'a single weight is a row');
gives("entropy('1'::text)", 'ERROR 42883');
gives("kl_divergence(ARRAY[1,2])", 'ERROR 42883');
like((psql("SET SESSION AUTHORIZATION kldiv_hostile;"
	. " CREATE FUNCTION pg_temp.f(text) RETURNS float8 LANGUAGE c AS 'kldiv', 'kldiv_perplexity_arrays'"))[2],
	qr/ERROR:  42501: /, 'only superusers can declare C functions otherwise');

# Values are never NaN, negative, -0 or NULL, over pairs of all sorts of numbers
psql_ok(<<'END');
CREATE TABLE pairs AS
SELECT pair, array_agg(p ORDER BY bin) AS p, array_agg(q ORDER BY bin) AS q
FROM generate_series(1, 300) AS pair, generate_series(1, 1 + pair % 17) AS bin,
	 LATERAL (SELECT scramble(pair * 100 + bin) AS a, scramble(pair * 100 + bin + 50) AS b) AS random,
	 LATERAL (SELECT '{0,1,5e-324,1e300,1e307,2.2250738585072014e-308,1e-160,0.1,3,1e155,1e-300,NULL}'::float8[] AS values) AS extremes,
	 LATERAL (SELECT CASE pair % 3 WHEN 0 THEN values[1 + a % 12] WHEN 1 THEN 10::float8 ^ (a % 600 - 300) ELSE a % 4 END AS p,
					 CASE pair % 3 WHEN 0 THEN values[1 + b % 12] WHEN 1 THEN 10::float8 ^ (b % 600 - 300) ELSE b % 4 END AS q) AS weights
GROUP BY pair
HAVING sum(p) > 0 AND sum(q) > 0;
END
cmp_ok(value_of('count(*) FROM pairs'), '>', 250, 'there are pairs');
for my $measure (calls_of_measures(), calls_of_measures(orders => [ '5e-324', '1e-300', '0.9999999999999999', '1.0000000000000002', '700', '1e59', '1e308' ]))
{
	is(value_of("count(*) FROM pairs WHERE ($measure >= 0 AND $measure <= 'Infinity' AND ($measure)::text <> '-0') IS NOT TRUE"),
		0, "$measure: never impossible");
}
for my $shares ('to_distribution(p)', 'to_distribution(q, 1e-300)', 'softmax(p)', 'softmax(q, 1e-10)', 'softmax(p, 1e300)')
{
	is(value_of("count(*) FROM pairs WHERE is_distribution($shares, 1e-14) IS NOT TRUE OR '-0' = ANY (($shares)::text[])"),
		0, "$shares: always a distribution");
}

# The state functions of aggregates, given anything that is an array.  What a damaged state says is nobody's
# business, as long as it is a number, NULL or a clean error, and nothing else is read or written.
psql_ok(<<'END');
CREATE TABLE state_functions AS
SELECT substring(transition.proname FROM '^kldiv_(.*)_transition$') AS family, min(s.arguments) AS arguments,
	   array_agg(substring(final.proname FROM '^kldiv_(.*)_final$') ORDER BY final.proname) AS finals
FROM divergence_measures() AS m JOIN pg_proc AS f ON f.proname = m.name AND f.prokind = 'a'
	 JOIN pg_aggregate AS a ON a.aggfnoid = f.oid AND a.aggtranstype = 'float8[]'::regtype
	 JOIN pg_proc AS transition ON transition.oid = aggtransfn JOIN pg_proc AS final ON final.oid = aggfinalfn,
	 LATERAL (SELECT string_agg(CASE argument WHEN 'alpha' THEN ', 0.3' ELSE ', ' || argument END, '' ORDER BY position) AS arguments
			  FROM unnest(f.proargnames) WITH ORDINALITY AS u (argument, position)) AS s
GROUP BY 1;
CREATE TABLE oddities AS SELECT odd FROM unnest('{NaN,Infinity,-Infinity,-1,-0,0,1,2,3,3.5,15,15.5,16,1e9,1e300,1.7e308,5e-324,-1e300,NULL}'::float8[]) AS odd;

-- a state of some rows
CREATE FUNCTION valid_state(family text, arguments text, rows int) RETURNS float8[] LANGUAGE plpgsql AS $$
DECLARE
	state float8[];
BEGIN
	FOR i IN 1..rows LOOP
		EXECUTE format('SELECT kldiv_%s_transition($1%s) FROM (VALUES ($2, $3)) AS row (p, q)', family, arguments)
		INTO state USING state, (i * 7 % 11)::float8, (i * 5 % 13)::float8;
	END LOOP;
	RETURN state;
END $$;

-- what comes of a state: an error's SQLSTATE, or numbers
CREATE FUNCTION fate(family text, arguments text, finals text[], state float8[], other float8[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	name text;
	before text := state::text;
	other_before text := other::text;
	now float8[];
	value text;
	fate text := '';
BEGIN
	BEGIN
		now := state;
		FOR i IN 1..20 LOOP
			EXECUTE format('SELECT kldiv_%s_transition($1%s) FROM (VALUES ($2, $3)) AS row (p, q)', family, arguments)
			INTO now USING now, (i % 5)::float8, 1e3::float8;
		END LOOP;
	EXCEPTION WHEN OTHERS THEN
		fate := fate || ' transition ' || SQLSTATE;
	END;
	BEGIN
		now := kldiv_rows_combine(state, other);
		now := kldiv_rows_combine(other, state);
		now := kldiv_rows_combine(state, state);
		now := kldiv_rows_combine(now, state);
	EXCEPTION WHEN OTHERS THEN
		fate := fate || ' combine ' || SQLSTATE;
	END;
	FOREACH name IN ARRAY finals LOOP
		BEGIN
			EXECUTE format('SELECT kldiv_%s_final($1)', name) INTO value USING state;
			EXECUTE format('SELECT kldiv_%s_final($1)', name) INTO value USING now;
		EXCEPTION WHEN OTHERS THEN
			fate := fate || ' final ' || SQLSTATE;
		END;
	END LOOP;
	IF state::text IS DISTINCT FROM before OR other::text IS DISTINCT FROM other_before THEN
		RETURN 'changed';
	END IF;
	RETURN fate;
END $$;
GRANT SELECT ON state_functions, oddities TO kldiv_hostile;
END
cmp_ok(value_of('count(*) FROM state_functions'), '>=', 7, 'families of measures have states');
my $as_hostile = 'SET SESSION AUTHORIZATION kldiv_hostile;';
my $length = value_of("cardinality(kldiv_entropy_transition(NULL, 1))");
my $clean = '^( (transition|combine|final) (22023|22003))*$';
for my $rows (1, 7, 16, 40)
{
	my @fates = split /\n/, psql_ok(<<"END");
$as_hostile
SELECT family || ': element ' || i || ' is ' || coalesce(odd::text, 'NULL') || ': ' || fate
FROM state_functions, LATERAL (SELECT valid_state(family, arguments, $rows) AS state OFFSET 0) AS s, generate_series(1, $length) AS i, oddities,
	 LATERAL (SELECT fate(family, arguments, finals, state[:i - 1] || odd || state[i + 1:], state) OFFSET 0) AS f
WHERE fate !~ '$clean' ORDER BY 1 LIMIT 5
END
	is(join("\n", @fates), '', "any element of a state of $rows rows can be anything");
}
is(psql_ok("$as_hostile SELECT string_agg(DISTINCT fate(family, arguments, finals, state[:i - 1] || odd || state[i + 1:], state), ',') FROM state_functions,"
	. " LATERAL (SELECT valid_state(family, arguments, 5) AS state) AS s, (VALUES (1), (2)) AS header (i), (VALUES ('NaN'::float8), (99), (-1), (NULL), (3.5)) AS odd (odd)") =~ s/final 22023 final/final/gr =~ s/^(.*),\1$/$1/r,
	' transition 22023 combine 22023 final 22023', 'a state of another version or family is refused');
is(psql_ok("$as_hostile SELECT count(*) FROM state_functions, LATERAL (SELECT valid_state(family, arguments, 5) AS state) AS s, unnest('{NaN,Infinity,-Infinity,16,-1,3.5,1e300,15.9999}'::float8[]) AS odd,"
	. " LATERAL (SELECT fate(family, arguments, finals, state[:3] || odd || state[5:], state)) AS f (fate) WHERE fate NOT LIKE '%transition 22023%final 22023%'"), 0,
	'and so are impossible numbers of rows in the buffers');

# Every element at once, and arrays of all shapes
psql_ok("$as_hostile SELECT count(*) FROM state_functions, oddities, generate_series(0, 7) AS number, LATERAL (SELECT fate(state_functions.family, arguments, finals,"
	  . " ARRAY[1, number]::float8[] || array_fill(odd, ARRAY[$length - 2]), NULL)) AS f (fate)");
for my $array ("'{}'::float8[]", 'ARRAY[1]::float8[]', "array_fill(0::float8, ARRAY[$length - 1])", "array_fill(1::float8, ARRAY[$length + 1])",
	"array_fill(1::float8, ARRAY[$length - 1, 1])", "array_fill(1::float8, ARRAY[1, $length])", "array_fill(1::float8, ARRAY[2, $length / 2])",
	"array_fill(NULL::float8, ARRAY[$length])", "array_fill(NULL::float8, ARRAY[$length - 1])", "array_fill(NULL::float8, ARRAY[8 * ($length - 3)])", "array_fill(NULL::float8, ARRAY[64 * $length])",
	"array_fill(0::float8, ARRAY[$length - 2]) || NULL::float8", "array_fill(1::float8, ARRAY[100000])", "array_fill(1::float8, ARRAY[1,1,1,1,1,$length])")
{
	is(psql_ok("$as_hostile SELECT DISTINCT replace(fate(family, arguments, finals, $array, NULL), 'final 22023 final', 'final') FROM state_functions"),
		' transition 22023 combine 22023 final 22023', "no state: $array");
}
# lower bounds are no matter
is(psql_ok("$as_hostile SELECT count(*) FROM state_functions, LATERAL (SELECT valid_state(family, arguments, 5) AS state) AS s,"
	. " LATERAL (SELECT fate(family, arguments, finals, ('[-5:' || ($length - 6) || ']=' || state::text)::float8[], state)) AS f (fate) WHERE fate !~ '$clean'"), 0, 'other lower bounds');
# states of different families in one combination
is(psql_ok("$as_hostile SELECT string_agg(DISTINCT outcome(format('kldiv_rows_combine(%L, %L)', valid_state(a.family, a.arguments, 5), valid_state(b.family, b.arguments, 5))), ',')"
	. " FROM state_functions AS a, state_functions AS b WHERE a.family <> b.family"), 'ERROR 22023', 'families do not mix');

# Aggregates of somebody else, made of our functions and an evil beginning
my @evil = ("array_fill(1::float8, ARRAY[$length])", "'{}'::float8[]", "ARRAY[1]::float8[]", "array_fill(1::float8, ARRAY[$length - 1, 1])", "array_fill(NULL::float8, ARRAY[$length])",
	map({ "(SELECT state[:3] || $_ || state[5:] FROM (SELECT valid_state('FAMILY', 'ARGUMENTS', 5)) AS s (state))" } "'NaN'::float8", "16::float8", "1e300::float8", "-1::float8", "3.5::float8"),
	map({ my $i = $_; map({ "(SELECT state[:$i] || $_ || state[$i + 2:] FROM (SELECT valid_state('FAMILY', 'ARGUMENTS', 15)) AS s (state))" } "'NaN'::float8", "'Infinity'::float8", "1e308::float8") } 2, 4 .. 30, $length - 20, $length - 1));
psql_ok('GRANT CREATE ON DATABASE kldiv_hostile TO kldiv_hostile');
psql_ok("$as_hostile CREATE SCHEMA evil");
for my $family (map { [ split /\|/ ] } split /\n/, psql_ok("SELECT family, arguments, finals[1] FROM state_functions ORDER BY 1"))
{
	my ($name, $arguments, $final) = @$family;
	my $types = join ', ', map { 'float8' } $arguments =~ /,/g;
	my $script = join '', map { my $state = $_ =~ s/FAMILY/$name/r =~ s/ARGUMENTS/$arguments/r; <<"END" } @evil;
DO \$\$
DECLARE
	state float8[] := $state;
BEGIN
	EXECUTE format('CREATE AGGREGATE evil.aggregate($types) (SFUNC = kldiv_${name}_transition, STYPE = float8[], FINALFUNC = kldiv_${final}_final, COMBINEFUNC = kldiv_rows_combine, INITCOND = %L)', state);
END \$\$;
SELECT outcome('evil.aggregate(' || substr('$arguments', 3) || ') FROM (SELECT 1 AS p, 2 AS q FROM generate_series(1, 40)) AS rows');
SELECT outcome('sum(v) FROM (SELECT evil.aggregate(' || substr('$arguments', 3) || ') OVER (ORDER BY p ROWS 3 PRECEDING) AS v FROM (SELECT i AS p, 2 AS q FROM generate_series(1, 40) AS i) AS rows) AS s');
SELECT outcome('count(v) FROM (SELECT evil.aggregate(' || substr('$arguments', 3) || ') AS v FROM (SELECT i AS p, 2 AS q FROM generate_series(1, 400) AS i) AS rows GROUP BY p % 100) AS s');
DROP AGGREGATE evil.aggregate($types);
END
	my @outcomes = split /\n/, psql_ok("$as_hostile $script");
	my @unclean = grep { !/^(-?[\d.]+(e[-+]\d+)?|-?Infinity|NaN|NULL|ERROR 22023|ERROR 22003)$/ } @outcomes;

	is(scalar @outcomes, 3 * @evil, "$name: evil aggregates");
	is("@unclean", '', "$name: numbers or clean errors");
}
# a state that others share is not changed by a second aggregate over the same rows, nor by its final function
is(psql_ok(<<"END"), '0.2500|0.2500|t', 'a final function that adds a row does so for itself');
$as_hostile
CREATE AGGREGATE evil.nosy(float8, float8) (SFUNC = kldiv_relative_transition, STYPE = float8[], FINALFUNC = kldiv_relative_transition, FINALFUNC_EXTRA, COMBINEFUNC = kldiv_rows_combine);
SELECT round((a / ln(2))::numeric, 4), round((b / ln(2))::numeric, 4), cardinality(state) = $length
FROM (SELECT kl_divergence(p, q) AS a, evil.nosy(p, q) AS state, kl_divergence(p, q) AS b FROM (VALUES (1, 2), (1, 1), (2, 1)) AS rows (p, q)) AS s;
DROP AGGREGATE evil.nosy(float8, float8);
END
# states as inputs: of tables, compressed, of aggregates that begin with one
is(psql_ok(<<"END"), '0.2500|0.2500|f', 'states in tables are not changed');
$as_hostile
CREATE TABLE evil.states AS SELECT i, kldiv_relative_transition(NULL, p, q) AS state FROM (VALUES (1, 1, 2), (2, 1, 1), (3, 2, 1)) AS rows (i, p, q);
CREATE TABLE evil.copies AS SELECT i, state FROM evil.states;
CREATE AGGREGATE evil.merge(float8[]) (SFUNC = kldiv_rows_combine, STYPE = float8[], FINALFUNC = kldiv_kl_divergence_final);
CREATE AGGREGATE evil.merge_more(float8[]) (SFUNC = kldiv_rows_combine, STYPE = float8[], FINALFUNC = kldiv_kl_divergence_final, COMBINEFUNC = kldiv_rows_combine);
SELECT round((evil.merge(state) / ln(2))::numeric, 4), round((max(w) / ln(2))::numeric, 4), EXISTS (SELECT FROM evil.states AS s JOIN evil.copies AS c USING (i) WHERE s.state::text <> c.state::text)
FROM (SELECT state, evil.merge_more(state) OVER (ORDER BY i) AS w, i FROM evil.states) AS s, LATERAL (SELECT 1 WHERE i > 0) AS l;
DROP TABLE evil.states, evil.copies;
END

# internal states cannot be made, passed or received from SQL
for my $function ('kldiv_pairs_transition(NULL::internal, 1, 1)', "kldiv_pairs_transition('1', 1, 1)", 'kldiv_jsd_final(NULL)', 'kldiv_pairs_combine(NULL, NULL)',
	'kldiv_ordered_transition(NULL::internal, 1, 1, 1)', "kldiv_ordered_transition('1', 1, 1, 1)", 'kldiv_ordered_combine(NULL, NULL)', 'kldiv_ordered_serialize(NULL)', 'kldiv_ks_statistic_final(NULL)',
	"kldiv_ordered_deserialize('\\x00000001'::bytea, NULL)", 'kldiv_pairs_serialize(NULL)', 'kldiv_dependence_transition(NULL::internal, 1, 1)', 'kldiv_dependence_combine(NULL, NULL)', 'kldiv_dependence_serialize(NULL)', 'kldiv_theils_u_final(NULL)', "kldiv_dependence_deserialize('\\x00000001'::bytea, NULL)", "kldiv_columns_add(NULL, 1)", 'kldiv_columns_combine(NULL, NULL)', 'kldiv_columns_serialize(NULL)', "kldiv_columns_deserialize('\\x0000000100000001'::bytea, NULL)", 'kldiv_columns_final(NULL)',
	"kldiv_binned_add(NULL, 1, '{1}')", "kldiv_binned_move_in(NULL, 1, '{1}')", "kldiv_binned_move_out(NULL, 1, '{1}')", 'kldiv_binned_combine(NULL, NULL)', "kldiv_binned_deserialize('\\x00000001'::bytea, NULL)", "kldiv_pairs_deserialize('\\x00000001'::bytea, NULL)", "kldiv_pairs_deserialize('\\x00000001ffffffffffffffff'::bytea, NULL)")
{
	gives($function, qr/^(NULL|ERROR (42883|42846|0A000|XX000|22P03|42804))$/);
}
like((psql("$as_hostile CREATE AGGREGATE evil.bytes(bytea) (SFUNC = kldiv_pairs_deserialize, STYPE = internal)"))[2], qr/ERROR:  42/, 'nor with an aggregate of such');
like((psql("$as_hostile CREATE AGGREGATE evil.pairs(float8, float8) (SFUNC = kldiv_pairs_transition, STYPE = internal, FINALFUNC = kldiv_jsd_final)"))[2], qr/ERROR:  42P13: /, 'internal states are for superusers');

is(value_of($checkpointer), $started, 'the server never crashed');

psql_ok('DROP OWNED BY kldiv_hostile; DROP ROLE kldiv_hostile');

done_testing();
