-- histogram_bars: histograms as lines that a person can look at

\pset format unaligned
\pset tuples_only on
\pset null NULL

-- the longest bar has as many characters as asked for; whatever weighs something shows
SELECT histogram_bars('{"rain": 640, "sun": 320, "fog": 100, "snow": 1, "hail": 0}');
SELECT histogram_bars('{"rain": 640, "sun": 320, "fog": 100, "snow": 1, "hail": 0}', width => 8);
SELECT histogram_bars('{"rain": 640, "sun": 320, "fog": 100, "snow": 1, "hail": 0}', 1);
SELECT length(histogram_bars('{"a": 3}', 1000)) - length(histogram_bars('{"a": 3}', 1)) AS more;

-- eighths
SELECT histogram_bars(histogram(array_agg(n::text), array_agg(n)), 2) FROM generate_series(0, 16) AS n;

-- what is rounded to 0 or to all says so
SELECT histogram_bars('{"a": 99999, "b": 1}', 4);
SELECT histogram_bars('{"a": 1e308, "b": 1e-300}', 4);

-- two sides, on one scale
SELECT histogram_bars('{"desktop": 3, "phone": 1}', '{"phone": 40, "tablet": 40}'::histogram, width => 8);
SELECT line FROM histogram_bars('{"a": 1}'::histogram, '{"a": 1}'::histogram) WITH ORDINALITY AS bars (line, n) ORDER BY n;

-- nothing to show
SELECT 'no line: ' || count(*) FROM histogram_bars('{}');
SELECT 'no line: ' || count(*) FROM histogram_bars('{}', '{}'::histogram);
SELECT 'no line: ' || count(*) FROM histogram_bars(NULL::histogram);
SELECT 'no line: ' || count(*) FROM histogram_bars('{"a": 1}', NULL::histogram);
SELECT 'no line: ' || count(*) FROM histogram_bars('{"a": 1}', NULL::integer);
SELECT histogram_bars('{"a": 0, "b": 0}');
SELECT histogram_bars('{"a": 3}', '{}'::histogram, 4);
SELECT histogram_bars('{"a": 0, "b": 0}', '{"a": 2}'::histogram, 4);

-- numbers come in numeric order, exactly, then the rest by its bytes
SELECT histogram_bars(histogram_agg(x), 4) FROM unnest('{10,9,-1,-10,0.5,1e20,1e-7,Infinity,-Infinity,NaN,-0.25}'::float8[]) AS x;
SELECT histogram_bars(histogram_agg(x), 4) FROM unnest('{9007199254740993,9007199254740992,-9007199254740993,-9007199254740992}'::bigint[]) AS x;
-- numbers have their places among them, exactly
SELECT split_part(line, '  ', 1) AS label FROM histogram_bars(histogram(ARRAY['[-1, 0)', '0', '[0, 0]', '(0, 1)', '-1', '9007199254740993', '9007199254740992', '[9007199254740992, 9007199254740994)', 'Infinity', '-Infinity', 'NaN', '(-inf, -5)', '[1e300, inf)', 'word'], array_fill(1, ARRAY[14]))) AS line;
SELECT split_part(line, ' ', 1) FROM histogram_bars(histogram(
	'{007,7,7.5,7.50,7.05,.5,5.,1e3,-,--1,1.2.3,"",abc,Zeta,12months,10,-0,0,0.0,-0.0}', array_fill(1, ARRAY[20]))) AS line;
SELECT histogram_bars(histogram_top(histogram_agg(n % 20 + 5), 2), 4) FROM generate_series(1, 45) AS n;
SELECT histogram_bars(histogram_agg(bin_label(n, ARRAY[0, 5, 10])), 4) FROM unnest('{-3,1,2,3,12,NULL}'::integer[]) AS n;

-- intervals come in the order of what is in them, whatever is before them
SELECT histogram_bars(histogram(ARRAY['[20, 100)', '(0, 20)', '[0, 0]', '(-inf, 0)', '[100, inf)', '(null)', '(nan)', '7'], array_fill(1, ARRAY[8])), 4);
SELECT split_part(line, '  ', 1) FROM histogram_bars(histogram(
	'{"10 [9, 1e+15)","9 [8, 9)","[1,5)","(1,5]","[1,5]","[-3, -2.5]","[-1e-05, 0)","[0x1, 2)","[1, 2","[a, b)","[inf, inf]","[-inf, -inf]","1[2, 3)","[2, 3) "}',
	array_fill(1, ARRAY[14]))) AS line;

-- wide and combining characters take the columns that they have on a screen
SELECT histogram_bars(histogram(ARRAY['漢字', 'abcd', U&'\00E9', U&'e\0301'], ARRAY[1, 2, 3, 4]), 4);

-- control characters are visible, long labels are cut
SELECT histogram_bars(histogram(ARRAY[E'a\nb', E'c\td', E'\r', E'\x1b[31mred', E'\u0085', E'\x7f', 'back\slash'], ARRAY[1, 2, 3, 4, 5, 6, 7]), 4);
SELECT histogram_bars(histogram(ARRAY[repeat('x', 40), repeat('y', 41), repeat('漢', 20), repeat('漢', 20) || 'x', repeat('z', 38) || E'\n', repeat('w', 39) || E'\n'],
	array_fill(1, ARRAY[6])), 4);
SELECT max(length(line)) FROM histogram_bars(histogram(ARRAY[repeat('x', 1000000)], ARRAY[1])) AS line;
SELECT max(length(line)) FROM histogram_bars(histogram(ARRAY['e' || repeat(U&'\0301', 1000000)], ARRAY[1])) AS line;

-- what is not seen, or looks like something else, is
SELECT regexp_replace(line, ' +', ' ') AS line FROM histogram_bars(histogram(ARRAY[E'a\nb', 'a\nb', U&'x\2028y', U&'x\2029y', U&'\FEFFx', U&'x\200By', U&'x\202Ey', U&'x\00ADy', U&'\0915\094D\200D\0937'], array_fill(1, ARRAY[9])), 4) AS line;

-- errors
SELECT histogram_bars('{"a": 1}', 0);
SELECT histogram_bars('{"a": 1}', '{"a": 1}'::histogram, 1001);
SELECT histogram_bars('{}', width => -1);
\set VERBOSITY sqlstate
SELECT histogram_bars('{"a": 1}', 0);

-- elsewhere than in UTF-8, bars are made of #
\set VERBOSITY default
SELECT current_database() AS here \gset
CREATE DATABASE kldiv_bars_latin1 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;
\c kldiv_bars_latin1
SET client_min_messages = warning;
CREATE EXTENSION kldiv;
SET client_encoding = 'UTF8';
SELECT histogram_bars('{"é": 8, "a\nb": 3, "none": 0, "little": 0.01}', 8);
SELECT histogram_bars(histogram(ARRAY[repeat('x', 40), repeat('y', 41), E'\x1b'], ARRAY[1, 1, 2]), 4);
\c :here
DROP DATABASE kldiv_bars_latin1;

-- In SQL_ASCII the server sees no characters, but no label is cut where a client sees one
CREATE DATABASE kldiv_bars_ascii ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;
\c kldiv_bars_ascii
SET client_min_messages = warning;
CREATE EXTENSION kldiv;
SET client_encoding = 'UTF8';
SELECT histogram_bars(histogram(ARRAY[repeat('x', n) || repeat('é', 10)], ARRAY[1]), 4) FROM generate_series(33, 37) AS n;
SELECT histogram(ARRAY[repeat('x', n) || repeat('é', 9), repeat('x', n) || repeat('é', 9)], ARRAY[1, 1]) FROM generate_series(99, 99) AS n;
SELECT '{"\u0041": 1}'::histogram;
SELECT '{"a": "ééééééééééééééééééééé"}'::histogram;
\set VERBOSITY sqlstate
SELECT '{"\u00e4": 1}'::histogram;
\set VERBOSITY default
SET client_encoding = 'SQL_ASCII';
SELECT encode(convert_to(line, 'SQL_ASCII'), 'escape') FROM histogram_bars(histogram(ARRAY[E'\xe4', E'\xc3', E'a\xc3\xa4\xc3'], array_fill(1, ARRAY[3])), 2) AS line;
\c :here
DROP DATABASE kldiv_bars_ascii;
