-- The type histogram: text form, casts, storage

-- Labels are sorted by their bytes, weights have as few digits as read back the same
SELECT '{"ios": 30, "android": 12, "": 0, "Zebra": 0.1, "é": 1e-300, "\u00fc\n\"\\": 12345678901234567890}'::histogram;
SELECT '{}'::histogram, e' {\n\t} '::histogram, '{"a":-0.0}'::histogram, '{"a":-0e5}'::histogram;
SET extra_float_digits = -10;
SELECT '{"a": 0.30000000000000004, "b": 5e-324, "c": 1.7976931348623157e308}'::histogram;
RESET extra_float_digits;
SELECT '{"\ud83d\ude00": 1, "\/": 2, "\b\f\r\t": 3}'::histogram = histogram(ARRAY['😀', '/', e'\b\f\r\t'], ARRAY[1, 2, 3]) AS same;
SELECT h::text::histogram = h AS same FROM (VALUES ('{"a": 1, "b": 0}'::histogram), ('{}'), ('{"\u0001": 0.1, "tab\t": 1e22}')) v (h);

-- What is no histogram
SELECT ''::histogram;
SELECT 'null'::histogram;
SELECT '[1, 2]'::histogram;
SELECT '{"a": 1'::histogram;
SELECT '{"a": 1,}'::histogram;
SELECT '{"a" 1}'::histogram;
SELECT '{a: 1}'::histogram;
SELECT '{"a": 1} {}'::histogram;
SELECT '{"a": "1"}'::histogram;
SELECT '{"a": {"b": 1}}'::histogram;
SELECT '{"a": NaN}'::histogram;
SELECT '{"a": 01}'::histogram;
SELECT '{"a": 1.}'::histogram;
SELECT '{"a": .5}'::histogram;
SELECT '{"a": 1e}'::histogram;
SELECT '{"a": +1}'::histogram;
SELECT '{"ä": -1}'::histogram;
SELECT '{"a": 1e309}'::histogram;
SELECT '{"a": 1e-400}'::histogram;
SELECT '{"a": 1e308, "b": 1e308}'::histogram;
SELECT '{"a": 1, "\u0061": 2}'::histogram;
SELECT '{"\u0000": 1}'::histogram;
SELECT '{"\ud83d": 1}'::histogram;
SELECT '{"\ud83dx": 1}'::histogram;
SELECT '{"\ud83d\u0041": 1}'::histogram;
SELECT '{"\ude00": 1}'::histogram;
SELECT '{"\x41": 1}'::histogram;
SELECT '{"\u00g1": 1}'::histogram;
SELECT e'{"a\nb": 1}'::histogram;
SELECT '{"a'::histogram;
SELECT ('{"' || repeat('long', 100) || '": 1, "' || repeat('long', 100) || '": 1}')::histogram;
SELECT repeat('[', 100000)::histogram;
SELECT repeat('{"a":', 100000)::histogram;

-- Casts
SELECT h::json, h::jsonb, h::json::histogram = h AS json, h::jsonb::histogram = h AS jsonb
FROM (VALUES ('{"b": 1.5, "a": 1e300, "é\"": 0}'::histogram)) v (h);
SELECT to_jsonb(r), to_json(r), row_to_json(r) FROM (SELECT 1 AS day, '{"a": 1}'::histogram AS devices) r;
SELECT jsonb_build_object('h', '{"a": 1}'::histogram), json_agg('{"a": 1}'::histogram);
SELECT '{"a": [1]}'::jsonb::histogram;
SELECT '"a"'::jsonb::histogram;
SELECT '{"a": -1}'::json::histogram;
SELECT ('{"a": 1e' || '999}')::jsonb::histogram;
CREATE TEMP TABLE documents (j json, b jsonb);
INSERT INTO documents VALUES ('{"a": 1}'::histogram, '{"a": 2}'::histogram);
SELECT * FROM documents;
SELECT castsource::regtype, casttarget::regtype, castcontext FROM pg_cast
WHERE 'histogram'::regtype IN (castsource, casttarget) ORDER BY 1, 2;

-- Labels in another order than the database's collation has it
SELECT histogram_agg(x) FROM unnest(ARRAY['b', 'A', 'a', 'B', '_', 'é', 'e', 'z']) x;

-- The type is not in the way of casts to it
SELECT (json '{"a": 1}')::histogram, '{"a": 1}'::text::histogram, CAST('{"a": 1}' AS histogram);

-- TOAST: compressed, out of line, with a short header; from each the same
CREATE TEMP TABLE stored (kind text, h histogram);
INSERT INTO stored SELECT 'short', '{"a": 1, "b": 2}';
INSERT INTO stored SELECT 'compressed', histogram_agg('label ' || i) FROM generate_series(1, 500) i;
INSERT INTO stored SELECT 'external', histogram_agg(md5(i::text), sqrt(i)) FROM generate_series(1, 1000) i;
SELECT kind, pg_column_size(h) < histogram_bin_count(h) * 12 + 32 + (SELECT sum(octet_length(l)) FROM unnest(histogram_labels(h)) l) AS small,
       histogram_bin_count(h), round(histogram_total(h)::numeric, 6) AS total, h::text::histogram = h AS same,
       jsd(h, h), round(entropy(h)::numeric, 6) AS entropy, (SELECT count(*) FROM histogram_bins(h)) AS rows
FROM stored ORDER BY kind COLLATE "C";

-- NULL weighs 0, as it does everywhere
SELECT '{"a": null, "b":null,"c": 1}'::histogram, '{"a": null}'::json::histogram, '{"a": null, "b": 2}'::jsonb::histogram;
SELECT '{"a": nul}'::histogram;
SELECT '{"a": nullx}'::histogram;
SELECT '{"a": Null}'::histogram;

-- Numbers of many digits are what they are: all that decides is read
SELECT ('{"a": 1' || repeat('0', 2000) || 'e-2000, "b": 0.' || repeat('0', 2000) || '37e2000, "c": ' || repeat('9', 300) || '.' || repeat('9', 2000) || '}')::histogram;
-- halfway between two of double precision to the even one, and up if there is anything behind
SELECT ('{"a": 9007199254740993.' || repeat('0', 2000) || ', "b": 9007199254740993.' || repeat('0', 2000) || '1, "c": 9007199254740993' || repeat('0', 2000) || 'e-2000}')::histogram;
SELECT ('{"a": 0.' || repeat('0', 2000) || 'e5}')::histogram;
SELECT ('{"a": 1' || repeat('0', 2000) || '}')::histogram;
SELECT ('{"a": 0.' || repeat('0', 2000) || '1}')::histogram;
SELECT ('{"a": 1' || repeat('0', 1000) || 'e-' || repeat('9', 1000) || '}')::histogram;
SELECT ('{"a": -1' || repeat('0', 1000) || 'e-1000}')::histogram;

-- jsonb has the bytes that its own functions make of the text
CREATE TEMP TABLE objects AS
SELECT '{}'::histogram AS h UNION ALL SELECT '{"": 1e308, "b\"\\\n\u0001": 5e-324, "é": 0.1, "z": 0}'
UNION ALL SELECT histogram_agg(repeat('q', i), i) FROM generate_series(0, 300) AS i
UNION ALL SELECT histogram_agg(i % 97 || repeat('x', i % 40), i / 7.0) FROM generate_series(1, 5000) AS i
UNION ALL SELECT histogram(ARRAY[repeat('z', 70000), repeat('y', 70000), repeat('z', 65536), 'b', 'a'], ARRAY[1, 2, 3, 4, 1e-300]);
SELECT histogram_bin_count(h) AS bins, h::jsonb = h::text::jsonb AS equal, h::jsonb::text = h::text::jsonb::text AS same_text,
	jsonb_hash(h::jsonb) = jsonb_hash(h::text::jsonb) AS same_hash, pg_column_size(h::jsonb) = pg_column_size(h::text::jsonb) AS same_size,
	(SELECT bool_and(j -> label = to_jsonb(weight::text::numeric)) FROM (SELECT h::jsonb OFFSET 0) AS j (j), histogram_bins(h)) AS same_values, h::jsonb::histogram = h AS back
FROM objects;
-- and what it has that is no histogram is refused as in its text
SELECT '{"a": 1, "b": -1}'::jsonb::histogram;
SELECT '{"a": 1, "b": 1e400}'::jsonb::histogram;
SELECT '{"a": 1, "b": 1e-400}'::jsonb::histogram;
SELECT '{"a": 1, "b": [1]}'::jsonb::histogram;
SELECT '{"a": true}'::jsonb::histogram;
SELECT '[{"a": 1}]'::jsonb::histogram;
SELECT '{"a": 1e308, "b": 1e308}'::jsonb::histogram;
