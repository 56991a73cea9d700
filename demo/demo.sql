-- kldiv demo: six questions about four years of weather in Seattle.
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

-- Set-up, not printed. COLLATE "C" makes every ORDER BY weather the same under any locale.
CREATE EXTENSION kldiv;

CREATE TABLE weather (
    date          date PRIMARY KEY,
    precipitation float8,                -- mm
    temp_max      float8,                -- degrees Celsius
    temp_min      float8,                -- degrees Celsius
    wind          float8,                -- m/s
    weather       text COLLATE "C" NOT NULL
);
\copy weather FROM 'demo/seattle-weather.csv' WITH (FORMAT csv, HEADER true)

\echo
\echo '════════════════════════════════════════════════════════════════════════════════════════════'
\echo ' kldiv demo: 1461 days of weather in Seattle, 2012 to 2015'
\echo '════════════════════════════════════════════════════════════════════════════════════════════'
\echo
\echo ' Two arrays are compared position by position: both need the same bins in the same order.'
\echo ' array_agg over a plain GROUP BY leaves out the kinds that a month never had (July: snow):'
\echo ' the arrays differ in length or, worse, have equal length and pair one kind with another.'
\echo ' Hence: list the kinds, and count over the complete grid of months x kinds.'
\echo
\set ECHO queries
CREATE TABLE kind (weather text COLLATE "C" PRIMARY KEY, glyph text);
\set ECHO none
\echo
\set ECHO queries
INSERT INTO kind
VALUES ('drizzle', '░'), ('fog', '▒'), ('rain', '█'), ('snow', '*'), ('sun', '·');
\set ECHO none
\echo
\set ECHO queries
CREATE VIEW month_kind AS
SELECT m AS month,
       to_char(make_date(2012, m, 1)::timestamp, 'Mon') AS name,
       (ARRAY['winter', 'spring', 'summer', 'autumn'])[m % 12 / 3 + 1] AS season,
       k.weather, k.glyph,
       count(w.date) AS days
FROM generate_series(1, 12) AS m
CROSS JOIN kind AS k
LEFT JOIN weather AS w ON w.weather = k.weather AND extract(month FROM w.date) = m
GROUP BY m, k.weather, k.glyph;
\set ECHO none

\echo
\echo
\echo '── 1 ── Which months differ most from the whole year, and in which weather? ────────────────'
\echo
\echo ' jsd in bits: 0 = the same mix of weather as the year, 1 = nothing in common.'
\echo ' "differs most in": the kind with the largest term in the sum that makes up jsd.'
\echo ' Bar: ░ drizzle  ▒ fog  █ rain  * snow  · sun, one character for each fortieth of the days.'
\echo
\set ECHO queries
WITH grid AS (
    SELECT *,
           sum(days) OVER (PARTITION BY weather) AS year_days,
           sum(days) OVER (PARTITION BY month ORDER BY weather) AS running,
           sum(days) OVER (PARTITION BY month) AS n,
           days / sum(days) OVER (PARTITION BY month) AS p,
           sum(days) OVER (PARTITION BY weather) / sum(days) OVER () AS q
    FROM month_kind
), part AS (
    SELECT *,
           coalesce(p * ln(2 * nullif(p, 0) / (p + q)), 0) + q * ln(2 * q / (p + q)) AS term,
           repeat(glyph, (round(40 * running / n) - round(40 * (running - days) / n))::int) AS bar
    FROM grid
)
SELECT name AS month,
       round(jsd(array_agg(days ORDER BY weather)::float8[],
                 array_agg(year_days ORDER BY weather)::float8[],
                 base => 2)::numeric, 4) AS jsd,
       (array_agg(format('%s %s: %s%%, year %s%%', CASE WHEN p > q THEN 'more' ELSE 'less' END,
                         weather, round(100 * p), round(100 * q))
                  ORDER BY term DESC, weather))[1] AS "differs most in",
       string_agg(bar, '' ORDER BY weather) AS "days of the month"
FROM part
GROUP BY part.month, name
ORDER BY jsd DESC NULLS LAST, part.month;
\set ECHO none

\echo
\echo '── 2 ── Which season is the most predictable? ──────────────────────────────────────────────'
\echo
\echo ' Entropy in bits, and perplexity: the number of equally likely kinds of weather that would'
\echo ' be as hard to guess. Five equally likely kinds would give 2.3219 bits and perplexity 5.'
\echo
\set ECHO queries
CREATE VIEW season_kind AS
SELECT season, weather, sum(days) AS days
FROM month_kind
GROUP BY season, weather;
\set ECHO none
\echo
\set ECHO queries
SELECT season,
       array_agg(days ORDER BY weather)::int[] AS "drizzle,fog,rain,snow,sun",
       round(entropy(array_agg(days ORDER BY weather)::float8[], base => 2)::numeric, 4) AS bits,
       round(perplexity(array_agg(days ORDER BY weather)::float8[])::numeric, 4) AS perplexity,
       repeat('█', round(perplexity(array_agg(days ORDER BY weather)::float8[]) * 10)::int)
           AS "perplexity, 10 blocks = 1 kind"
FROM season_kind
GROUP BY season
ORDER BY bits, season COLLATE "C";
\set ECHO none

\echo
\echo '── 3 ── Did the daily maximum temperature drift away from 2012? ────────────────────────────'
\echo
\echo ' Bins: the deciles of 2012. PSI is read by rule of thumb: below 0.1 stable, up to 0.25'
\echo ' moderate, above that large. For scale: two samples of 365 independent days from one climate'
\echo ' give about 0.05 by chance with ten bins. The data end in 2015, so psi is NULL for 2016: an'
\echo ' alert on "s > 0.25" alone would stay silent there, hence "OR s IS NULL".'
\echo
\set ECHO queries
CREATE VIEW year_bin AS
WITH decile AS (
    SELECT percentile_cont(ARRAY[.1, .2, .3, .4, .5, .6, .7, .8, .9])
               WITHIN GROUP (ORDER BY temp_max) AS cuts
    FROM weather
    WHERE extract(year FROM date) = 2012
)
SELECT y AS year, b AS bin, cuts, count(w.date) AS days
FROM decile
CROSS JOIN generate_series(2012, 2016) AS y
CROSS JOIN generate_series(0, 9) AS b
LEFT JOIN weather AS w ON extract(year FROM w.date) = y AND width_bucket(w.temp_max, cuts) = b
GROUP BY y, b, cuts;
\set ECHO none
\echo
\set ECHO queries
WITH score AS (
    SELECT this.year,
           psi(array_agg(this.days ORDER BY bin)::float8[],
               array_agg(ref.days ORDER BY bin)::float8[]) AS s
    FROM year_bin AS this
    JOIN year_bin AS ref USING (bin)
    WHERE ref.year = 2012 AND this.year > 2012
    GROUP BY this.year
)
SELECT year,
       round(s::numeric, 4) AS psi,
       CASE WHEN s < 0.1 THEN 'stable' WHEN s <= 0.25 THEN 'moderate' WHEN s > 0.25 THEN 'large'
            ELSE 'no data' END AS reading,
       s > 0.25 OR s IS NULL AS alert,
       coalesce(repeat('█', round(s * 100)::int), '') AS "one block for each 0.01"
FROM score
ORDER BY year;
\set ECHO none

\echo
\echo ' Where the days went: days of each year in each decile of 2012, one block for five days.'
\echo
\set ECHO queries
SELECT CASE bin WHEN 0 THEN 'below ' || cuts[1]
                WHEN 9 THEN 'from ' || cuts[9]
                ELSE cuts[bin] || ' to ' || cuts[bin + 1] END AS "maximum, °C",
       max(repeat('█', days::int / 5) || ' ' || days) FILTER (WHERE year = 2012) AS "2012",
       max(repeat('█', days::int / 5) || ' ' || days) FILTER (WHERE year = 2013) AS "2013",
       max(repeat('█', days::int / 5) || ' ' || days) FILTER (WHERE year = 2014) AS "2014",
       max(repeat('█', days::int / 5) || ' ' || days) FILTER (WHERE year = 2015) AS "2015"
FROM year_bin
GROUP BY bin, cuts
ORDER BY bin;
\set ECHO none

\echo
\echo '── 4 ── Does the direction matter? Winter from summer, summer from winter ──────────────────'
\echo
\echo ' kl_divergence(p, q): extra bits for each day when p happens and q was expected. Snow was'
\echo ' seen in winter, never in summer: to whoever expects summer weather only, a day of snow is'
\echo ' infinitely surprising. pseudocount => 0.5 adds half a day to each count on both sides.'
\echo ' Counts in the order drizzle, fog, rain, snow, sun.'
-- round() on float8 here, not on numeric: before PostgreSQL 14 numeric has no Infinity.
\echo
\set ECHO queries
WITH s AS (
    SELECT (array_agg(days ORDER BY weather) FILTER (WHERE season = 'winter'))::float8[] AS winter,
           (array_agg(days ORDER BY weather) FILTER (WHERE season = 'summer'))::float8[] AS summer
    FROM season_kind
)
SELECT d.comparison,
       d.p,
       d.q,
       round(kl_divergence(d.p, d.q, base => 2) * 10000) / 10000 AS bits,
       round(kl_divergence(d.p, d.q, base => 2, pseudocount => 0.5) * 10000) / 10000
           AS "pseudocount 0.5"
FROM s
CROSS JOIN LATERAL (VALUES (1, 'D(winter || summer)', winter, summer),
                           (2, 'D(summer || winter)', summer, winter)) AS d(i, comparison, p, q)
ORDER BY d.i;
\set ECHO none

\echo
\echo '── 5 ── When does the weather turn? Each month against the next ────────────────────────────'
\echo
\echo ' Three distances side by side. Each is 0 for equal mixes; with nothing in common Hellinger'
\echo ' and total variation are 1, js_distance (in nats) is sqrt(ln 2) = 0.8326. Total variation'
\echo ' is the smallest share of days that would have to change kind to get from one mix to the'
\echo ' other; the other two give more weight to rare kinds.'
\echo
\set ECHO queries
WITH mix AS (
    SELECT month, name, array_agg(days ORDER BY weather)::float8[] AS days
    FROM month_kind
    GROUP BY month, name
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
\echo '── 6 ── Without arrays: one row per bin, as a warehouse has it ─────────────────────────────'
\echo
\echo ' How does rain fall in each season, compared with the other seasons? One GROUP BY counts both'
\echo ' sides with FILTER, so that every bin has both; kinds that one side lacks count 0 there.'
\echo ' NULLS LAST and the totals of both sides keep groups without data from being overlooked.'
\echo
\set ECHO queries
SELECT season,
       round((jsd(here, elsewhere) / ln(2))::numeric, 4) AS "jsd, bits",
       round(total_variation(here, elsewhere)::numeric, 4) AS "total variation",
       round(psi(here, elsewhere)::numeric, 4) AS psi,
       sum(here) AS days,
       sum(elsewhere) AS "other days"
FROM (
    SELECT s.season,
           width_bucket(w.precipitation, ARRAY[0.1, 1, 2, 5, 10, 20]) AS millimetres,
           count(*) FILTER (WHERE k.season = s.season) AS here,
           count(*) FILTER (WHERE k.season <> s.season) AS elsewhere
    FROM weather AS w
    JOIN (SELECT DISTINCT month, season FROM month_kind) AS k ON k.month = extract(month FROM w.date)
    CROSS JOIN (SELECT DISTINCT season FROM month_kind) AS s
    GROUP BY s.season, millimetres
) AS bins
GROUP BY season
ORDER BY jsd(here, elsewhere) DESC NULLS LAST, season;
\set ECHO none
\echo
