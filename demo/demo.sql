-- kldiv demo: nine questions about four years of weather in Seattle.
--
--   psql -X -q -v ON_ERROR_STOP=1 -f demo/demo.sql
--
-- Run it from the root of the repository, in an empty UTF-8 database of a server on which the
-- kldiv library files are installed. Data: demo/seattle-weather.csv, see demo/README.md.

\set ON_ERROR_STOP on
\encoding UTF8
\pset pager off
\pset footer off
\pset linestyle unicode
\pset border 2
\pset null 'NULL'

-- Set-up, not printed.
SET datestyle = ISO;
CREATE EXTENSION kldiv;

CREATE TABLE weather (
    date          date PRIMARY KEY,
    precipitation float8,                -- mm
    temp_max      float8,                -- degrees Celsius
    temp_min      float8,                -- degrees Celsius
    wind          float8,                -- m/s
    weather       text NOT NULL
);
\copy weather FROM 'demo/seattle-weather.csv' WITH (FORMAT csv, HEADER true)

\echo
\echo '════════════════════════════════════════════════════════════════════════════════════════════'
\echo ' kldiv demo: 1461 days of weather in Seattle, 2012 to 2015'
\echo '════════════════════════════════════════════════════════════════════════════════════════════'
\echo
\echo ' The data are raw rows, one for each day, with the kind of weather and some measurements:'
\echo
\set ECHO queries
SELECT * FROM weather ORDER BY date LIMIT 3;
\set ECHO none
\echo ' Two columns more, so that the questions stay short:'
\echo
\set ECHO queries
CREATE VIEW day AS
SELECT extract(year FROM date)::int AS year,
       extract(month FROM date)::int AS month,
       (ARRAY['winter', 'spring', 'summer', 'autumn'])[extract(month FROM date)::int % 12 / 3 + 1] AS season,
       *
FROM weather;
\set ECHO none

\echo
\echo '── 1 ── Which months differ most from the whole year, and in which weather? ────────────────'
\echo
\echo ' histogram_agg counts the values of a group:'
\echo
\set ECHO queries
SELECT histogram_agg(weather) AS "days of all years"
FROM day;
\set ECHO none
\echo
\echo ' jsd compares two histograms bin by bin; bins are matched by label, so that it does no harm'
\echo ' that July has no snow. In bits: 0 = the same mix of weather as the year, 1 = nothing in'
\echo ' common. divergence_contributions says which bins it comes from, the largest first.'
\echo
\echo ' Could it be chance? homogeneity_test says how often samples of one distribution differ as'
\echo ' much. It counts independent observations, and days in a row are not independent: question 8'
\echo ' measures it. A day is taken for 0.4 of one here, n_p and n_q, and a month is compared with'
\echo ' the days of the other months.'
\echo
\set ECHO queries
WITH whole AS (
    SELECT histogram_agg(weather) AS year FROM day
), monthly AS (
    SELECT month, histogram_agg(weather) AS h FROM day GROUP BY month
)
SELECT to_char(make_date(2012, month, 1), 'Mon') AS month,
       round(jsd(h, year, base => 2)::numeric, 4) AS jsd,
       label AS "differs most in",
       format('%s%%, year %s%%', round(100 * p), round(100 * q)) AS "days",
       to_char(test.p_value, '0.99EEEE') AS p_value,
       p_adjust(test.p_value) OVER () < 0.05 AS "beyond chance"
FROM monthly
CROSS JOIN whole
CROSS JOIN LATERAL (SELECT * FROM divergence_contributions(h, year) LIMIT 1) AS top
CROSS JOIN LATERAL homogeneity_test(h, year - h, n_p => 0.4 * histogram_total(h), n_q => 0.4 * histogram_total(year - h),
                                    min_expected => 2) AS test
ORDER BY jsd DESC NULLS LAST, monthly.month;
\set ECHO none
\echo
\echo ' The same as bars: July (p) beside the whole year (q).'
\echo
\set ECHO queries
SELECT histogram_bars(histogram_agg(weather) FILTER (WHERE month = 7), histogram_agg(weather)) AS "July, year"
FROM day;
\set ECHO none

\echo
\echo '── 2 ── Which season is the most predictable? ──────────────────────────────────────────────'
\echo
\echo ' Entropy in bits, and perplexity: the number of equally likely kinds of weather that would'
\echo ' be as hard to guess. Five equally likely kinds would give 2.3219 bits and perplexity 5.'
\echo
\set ECHO queries
SELECT season,
       histogram_agg(weather) AS histogram,
       round(entropy(histogram_agg(weather), base => 2)::numeric, 4) AS bits,
       round(perplexity(histogram_agg(weather))::numeric, 4) AS perplexity
FROM day
GROUP BY season
ORDER BY bits, season;
\set ECHO none

\echo
\echo '── 3 ── Did the weather drift away from 2012, and in which measurement? ────────────────────'
\echo
\echo ' Numbers go into bins: the deciles of 2012, kept in a table. More than half of the days have'
\echo ' no rain, so that several deciles of precipitation are 0: a repeated edge is a bin of its own,'
\echo ' [0, 0], so that more or fewer days without any rain are seen.'
\echo
\set ECHO queries
CREATE VIEW measurement AS
SELECT year, name, value
FROM day
CROSS JOIN LATERAL (VALUES ('maximum', temp_max), ('minimum', temp_min), ('wind', wind), ('rain', precipitation))
    AS columns (name, value);
\set ECHO none
\echo
\set ECHO queries
CREATE TABLE reference AS
SELECT name, edges, histogram_agg(bin_label(value, edges)) AS h
FROM measurement
JOIN (SELECT name, percentile_disc(ARRAY[.1, .2, .3, .4, .5, .6, .7, .8, .9]) WITHIN GROUP (ORDER BY value) AS edges
      FROM measurement WHERE year = 2012 GROUP BY name) AS deciles USING (name)
WHERE year = 2012
GROUP BY name, edges;
\set ECHO none
\echo
\set ECHO queries
SELECT name, edges FROM reference ORDER BY name;
\set ECHO none
\echo
\echo ' A histogram is a value: one for each year and measurement is kept in a table.'
\echo
\set ECHO queries
CREATE TABLE yearly AS
SELECT year, name, histogram_agg(bin_label(value, edges)) AS h
FROM measurement
JOIN reference USING (name)
GROUP BY year, name;
\set ECHO none
\echo
\echo ' PSI is read by rule of thumb: below 0.1 stable, up to 0.25 moderate, above that large. The'
\echo ' rule does not know how many days there are: two samples of 365 independent days from one'
\echo ' climate give about 0.05 by chance with ten bins. So the p-value of homogeneity_test stands'
\echo ' beside it, again for 0.4 of the days and adjusted for all that are asked at once. The data'
\echo ' end in 2015, so psi is NULL for 2016: an alert on "s > 0.25" alone would stay silent there,'
\echo ' hence "OR s IS NULL".'
\echo
\set ECHO queries
WITH score AS (
    SELECT name, year, psi(yearly.h, reference.h) AS s, test.p_value
    FROM reference
    CROSS JOIN generate_series(2013, 2016) AS year
    LEFT JOIN yearly USING (name, year)
    LEFT JOIN LATERAL homogeneity_test(yearly.h, reference.h, n_p => 0.4 * histogram_total(yearly.h),
                                       n_q => 0.4 * histogram_total(reference.h), min_expected => 2) AS test ON true
)
SELECT name,
       year,
       round(s::numeric, 4) AS psi,
       CASE WHEN s < 0.1 THEN 'stable' WHEN s <= 0.25 THEN 'moderate' WHEN s > 0.25 THEN 'large'
            ELSE 'no data' END AS reading,
       round(p_value::numeric, 4) AS p_value,
       round(p_adjust(p_value) OVER ()::numeric, 4) AS adjusted,
       (s > 0.25 AND p_adjust(p_value) OVER () < 0.05) OR s IS NULL AS alert,
       coalesce(repeat('█', round(s * 100)::int), '') AS "one block for each 0.01"
FROM score
ORDER BY name, year;
\set ECHO none
\echo
\echo ' The largest one, the warm year 2015, reads "moderate", and is not beyond what years of one'
\echo ' climate do. That is no proof that nothing changed: see detectable_divergence.'
\echo
\echo ' Where the days went: maximum temperature in 2015 (p) and 2012 (q), in the deciles of 2012.'
\echo
\set ECHO queries
SELECT histogram_bars(yearly.h, reference.h) AS "maximum, degrees Celsius: 2015, 2012"
FROM yearly
JOIN reference USING (name)
WHERE name = 'maximum' AND year = 2015;
\set ECHO none

\echo
\echo '── 4 ── Which months were unlike themselves? ───────────────────────────────────────────────'
\echo
\echo ' Each month against the same month of the years before: sum(h) merges what lies in a window.'
\echo ' How much of that is beyond chance, when 36 months are looked at and days are worth 0.4?'
\echo
\set ECHO queries
CREATE TABLE monthly AS
SELECT year, month, histogram_agg(bin_label(temp_max, ARRAY[0, 5, 10, 15, 20, 25, 30])) AS h
FROM day
GROUP BY year, month;
\set ECHO none
\echo
\set ECHO queries
SELECT to_char(make_date(year, month, 1), 'Mon YYYY') AS month,
       round(js_distance(h, before, base => 2)::numeric, 4) AS "js distance",
       label AS "differs most in, °C",
       format('%s%% of the days, before %s%%', round(100 * p), round(100 * q)) AS "share",
       round(test.p_value::numeric, 4) AS p_value,
       round(p_adjust(test.p_value) OVER ()::numeric, 4) AS adjusted
FROM (SELECT *, sum(h) OVER (PARTITION BY month ORDER BY year
                             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
      FROM monthly) AS months
CROSS JOIN LATERAL (SELECT * FROM divergence_contributions(h, before) LIMIT 1) AS top
CROSS JOIN LATERAL homogeneity_test(h, before, n_p => 0.4 * histogram_total(h), n_q => 0.4 * histogram_total(before),
                                    min_expected => 2) AS test
ORDER BY "js distance" DESC, year, months.month
LIMIT 6;
\set ECHO none
\echo
\echo ' Each of them looks remarkable, and each is what the largest of 36 differences looks like.'

\echo
\echo '── 5 ── Does the direction matter? Winter from summer, summer from winter ──────────────────'
\echo
\echo ' kl_divergence(p, q): extra bits for each day when p happens and q was expected. Snow was'
\echo ' seen in winter, never in summer: to whoever expects summer weather only, a day of snow is'
\echo ' infinitely surprising. pseudocount => 0.5 adds half a day to each count on both sides.'
-- round() on float8 here, not on numeric: before PostgreSQL 14 numeric has no Infinity.
\echo
\set ECHO queries
SELECT histogram_bars(histogram_agg(weather) FILTER (WHERE season = 'winter'),
                      histogram_agg(weather) FILTER (WHERE season = 'summer')) AS "winter, summer"
FROM day;
\set ECHO none
\echo
\set ECHO queries
WITH s AS (
    SELECT histogram_agg(weather) FILTER (WHERE season = 'winter') AS winter,
           histogram_agg(weather) FILTER (WHERE season = 'summer') AS summer
    FROM day
)
SELECT d.comparison,
       round(kl_divergence(d.p, d.q, base => 2) * 10000) / 10000 AS bits,
       round(kl_divergence(d.p, d.q, base => 2, pseudocount => 0.5) * 10000) / 10000
           AS "pseudocount 0.5"
FROM s
CROSS JOIN LATERAL (VALUES (1, 'D(winter || summer)', winter, summer),
                           (2, 'D(summer || winter)', summer, winter)) AS d(i, comparison, p, q)
ORDER BY d.i;
\set ECHO none

\echo
\echo '── 6 ── When does the weather turn? Each month against the next ────────────────────────────'
\echo
\echo ' Three distances side by side. Each is 0 for equal mixes; with nothing in common Hellinger'
\echo ' and total variation are 1, js_distance (in nats) is sqrt(ln 2) = 0.8326. Total variation'
\echo ' is the smallest share of days that would have to change kind to get from one mix to the'
\echo ' other; the other two give more weight to rare kinds.'
\echo
\set ECHO queries
WITH mix AS (
    SELECT month, to_char(make_date(2012, month, 1), 'Mon') AS name, histogram_agg(weather) AS days
    FROM day
    GROUP BY month
)
SELECT a.name || ' to ' || b.name AS turn,
       round(hellinger_distance(a.days, b.days)::numeric, 4) AS hellinger,
       round(total_variation(a.days, b.days)::numeric, 4) AS "total variation",
       round(js_distance(a.days, b.days)::numeric, 4) AS "js distance",
       repeat('█', round(js_distance(a.days, b.days) * 100)::int) AS "js distance, block = 0.01"
FROM mix AS a
JOIN mix AS b ON b.month = a.month % 12 + 1
ORDER BY a.month;
\set ECHO none

\echo
\echo '── 7 ── Counted already? One row per bin, or two arrays, give the same numbers ─────────────'
\echo
\echo ' How does rain fall in summer, compared with the rest of the year? Three shapes of input:'
\echo ' raw rows, one row for each bin with a column for each side, and arrays in the same order.'
\echo
\set ECHO queries
CREATE VIEW rain AS
SELECT season = 'summer' AS summer, bin_label(precipitation, ARRAY[0.1, 1, 2, 5, 10, 20]) AS millimetres
FROM day;
\set ECHO none
\echo
\set ECHO queries
CREATE VIEW bin AS
SELECT millimetres, count(*) FILTER (WHERE summer) AS here, count(*) FILTER (WHERE NOT summer) AS elsewhere
FROM rain
GROUP BY millimetres;
\set ECHO none
\echo
\set ECHO queries
SELECT 'raw rows' AS shape,
       jsd(histogram_agg(millimetres) FILTER (WHERE summer),
           histogram_agg(millimetres) FILTER (WHERE NOT summer))
FROM rain
UNION ALL
SELECT 'rows that are bins', jsd(here, elsewhere)
FROM bin
UNION ALL
SELECT 'arrays', jsd(array_agg(here ORDER BY millimetres COLLATE "C"),
                     array_agg(elsewhere ORDER BY millimetres COLLATE "C"))
FROM bin;
\set ECHO none
\echo
\echo '── 8 ── Is it real? A random split of the days, and a change that was planted ──────────────'
\echo
\echo ' Each day is put into arm A or B by a hash of its date: nothing can differ but by chance.'
\echo ' Fourteen columns are looked at, as one does:'
\echo
\set ECHO queries
CREATE TABLE arm AS
SELECT date,
       CASE WHEN ('x' || left(md5(date::text), 1))::bit(4)::int < 8 THEN 'A' ELSE 'B' END AS arm,
       feature,
       value
FROM weather
CROSS JOIN LATERAL (VALUES
    ('weather', weather), ('rain or not', (precipitation > 0)::text), ('frost or not', (temp_min < 0)::text),
    ('precipitation, mm', round(precipitation)::text), ('maximum, °C', round(temp_max)::text),
    ('minimum, °C', round(temp_min)::text), ('range, °C', round(temp_max - temp_min)::text),
    ('wind, m/s', round(wind)::text), ('wind, 0.5 m/s', (round(2 * wind) / 2)::text),
    ('year', to_char(date, 'YYYY')), ('month', to_char(date, 'MM')), ('week', to_char(date, 'IW')),
    ('day of month', to_char(date, 'DD')), ('day of week', to_char(date, 'Dy'))) AS columns (feature, value);
\set ECHO none
\echo
\set ECHO queries
CREATE VIEW compared AS
SELECT feature,
       histogram_bin_count(a + b) AS "values",
       round(jsd(b, a)::numeric, 4) AS jsd,
       rank() OVER (ORDER BY jsd(b, a) DESC) AS "rank by jsd",
       round(p_value::numeric, 5) AS p_value,
       round(p_adjust(p_value) OVER ()::numeric, 5) AS adjusted
FROM (SELECT feature,
             histogram_agg(value) FILTER (WHERE arm = 'A') AS a,
             histogram_agg(value) FILTER (WHERE arm = 'B') AS b
      FROM arm
      GROUP BY feature) AS arms
CROSS JOIN LATERAL homogeneity_test(b, a, min_expected => 2)
ORDER BY p_value;
\set ECHO none
\echo
\set ECHO queries
SELECT * FROM compared;
\set ECHO none
\echo
\echo ' Of fourteen columns in which nothing differs, one has p < 0.05, as was to be expected; adjusted'
\echo ' for fourteen, none has. jsd is largest where there are most values: that is chance, too.'
\echo ' Now something is planted: in arm B, half of the Sundays are recorded as Mondays.'
\echo
\set ECHO queries
UPDATE arm SET value = 'Mon'
WHERE arm = 'B' AND feature = 'day of week' AND value = 'Sun' AND extract(day FROM date)::int % 2 = 0;
\set ECHO none
\echo
\set ECHO queries
SELECT * FROM compared LIMIT 4;
\set ECHO none
\echo
\echo ' By jsd it is the fourth, behind columns in which nothing happened; by adjusted p-value it stands'
\echo ' alone.'
\echo
\echo ' That was right because a hash decided about each day. Take the first and the second half of'
\echo ' each month instead, in which the climate is the same, and see how many of 48 months differ:'
\echo
\set ECHO queries
WITH split AS (
    SELECT 'first and second half' AS halves, 0 AS draw, year, month, weather, extract(day FROM date) <= 15 AS one
    FROM day
    UNION ALL
    SELECT 'at random, 20 times', draw, year, month, weather,
           ('x' || left(md5(concat(date, draw)), 1))::bit(4)::int < 8
    FROM day
    CROSS JOIN generate_series(1, 20) AS draw
), pair AS (
    SELECT halves, histogram_agg(weather) FILTER (WHERE one) AS a, histogram_agg(weather) FILTER (WHERE NOT one) AS b
    FROM split
    GROUP BY halves, draw, year, month
)
SELECT halves,
       count(*) AS tests,
       round(100 * avg((days.p_value < 0.05)::int), 1) AS "% with p < 0.05",
       round(100 * avg((less.p_value < 0.05)::int), 1) AS "%, days worth 0.4"
FROM pair
CROSS JOIN LATERAL homogeneity_test(a, b) AS days
CROSS JOIN LATERAL homogeneity_test(a, b, n_p => 0.4 * histogram_total(a), n_q => 0.4 * histogram_total(b)) AS less
GROUP BY halves
ORDER BY halves;
\set ECHO none
\echo
\echo ' Weather comes in spells, so that days in a row are fewer observations than they are days, and'
\echo ' a test that counts them all finds differences where there are none.'
\echo

\echo
\echo '── 9 ── All columns in one call: what was different in 2015, and was it chance? ────────────'
\echo
\echo ' cohort_report takes any query. Numbers are cut at the deciles of 2012; it says how far they'
\echo ' moved, and in which value or bin the difference is. A unit names what is independent, since'
\echo ' days are not: here weeks.'
\echo
\set ECHO queries
SELECT column_name,
       value::numeric(5,4) AS jsd,
       binned_wasserstein::numeric(4,2) AS "moved by",
       adjusted_p_value::numeric(5,4) AS adjusted,
       top_label AS "differs most in",
       top_share::numeric(3,2) AS share,
       top_share_reference::numeric(3,2) AS "in 2012"
FROM cohort_report('SELECT year, precipitation, temp_max, temp_min, wind, weather,
                           date_trunc(''week'', date) AS week
                    FROM day
                    WHERE year IN (2012, 2015)',
                   'year', reference => '2012', unit => 'week');
\set ECHO none
