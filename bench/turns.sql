-- Queries that take turns in one session, and a table of what they took: for the files of this directory
-- that have more to compare than one thing with another.

-- Each query is compared with another one of its topic; a bar, if there is one, is printed beside the ratio.
-- Those of the former version run in another session: one cannot hold two libraries that define the same settings.
CREATE TABLE turns (topic text, position int, name text, query text, against int, bar text DEFAULT '', workers int DEFAULT 0, work_mem text DEFAULT '1GB', former boolean DEFAULT false);
CREATE TABLE turn_times (topic text, position int, elapsed float8, cpu float8);

-- Milliseconds of CPU time of this process, its threads included: what other processes do moves it less than the time on the clock
CREATE FUNCTION cpu_milliseconds() RETURNS float8 LANGUAGE plpython3u AS $$
import resource
used = resource.getrusage(resource.RUSAGE_SELF)
return 1000 * (used.ru_utime + used.ru_stime)
$$;

-- Runs a query and forgets its rows, with the CPU time that it took
CREATE FUNCTION cpu_of_query(query text, work_mem text, workers int) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
    cpu float8;
BEGIN
    PERFORM set_config('work_mem', work_mem, false), set_config('max_parallel_workers_per_gather', workers::text, false);
    cpu := cpu_milliseconds();
    EXECUTE query;
    RETURN cpu_milliseconds() - cpu;
END $$;

-- Opens the session of the former version, if bench/former.sql has brought that here
CREATE FUNCTION has_former() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'former') THEN
        RETURN false;
    END IF;
    IF dblink_get_connections() IS NULL THEN
        PERFORM dblink_connect('former', format('host=%s port=%s user=%s dbname=%s options=''-c search_path=former,public''',
            current_setting('unix_socket_directories'), current_setting('port'), current_user, current_database()));
    END IF;
    RETURN true;
END $$;

CREATE PROCEDURE take_turns(of_topic text, rounds int) LANGUAGE plpgsql AS $$
DECLARE
    turn turns;
    start timestamptz;
    cpu float8;
    former_too boolean := has_former();
BEGIN
    FOR round IN 0 .. rounds LOOP           -- round 0 warms up
        FOR turn IN SELECT * FROM turns WHERE topic = of_topic AND (former_too OR NOT former) ORDER BY position LOOP
            start := clock_timestamp();
            IF turn.former THEN
                SELECT ms INTO cpu FROM dblink('former', format('SELECT public.cpu_of_query(%L, %L, %s)', turn.query, turn.work_mem, turn.workers)) AS t (ms float8);
            ELSE
                cpu := cpu_of_query(turn.query, turn.work_mem, turn.workers);
            END IF;
            INSERT INTO turn_times SELECT of_topic, turn.position, 1000 * extract(epoch FROM clock_timestamp() - start), cpu WHERE round > 0;
        END LOOP;
    END LOOP;
END $$;

-- Ratios are of CPU time, but of time on the clock where there are workers
CREATE FUNCTION lines_of_turns(of_topic text) RETURNS SETOF text LANGUAGE sql AS $$
WITH medians AS (
    SELECT position, percentile_cont(0.5) WITHIN GROUP (ORDER BY elapsed) AS elapsed, percentile_cont(0.5) WITHIN GROUP (ORDER BY cpu) AS cpu
    FROM turn_times WHERE topic = of_topic GROUP BY position
)
SELECT '| | ms | ms of CPU | times | of | bar |'
UNION ALL SELECT '|---|---|---|---|---|---|'
UNION ALL (
    SELECT format('| %s | %s | %s | %s | %s | %s |', t.name, round(m.elapsed::numeric, 1), CASE WHEN t.workers = 0 THEN round(m.cpu::numeric, 1) END,
        CASE WHEN t.workers > 0 OR other.workers > 0 THEN round((m.elapsed / o.elapsed)::numeric, 2) ELSE round((m.cpu / o.cpu)::numeric, 2) END,
        other.name, t.bar)
    FROM turns AS t JOIN medians AS m USING (position) LEFT JOIN medians AS o ON o.position = t.against LEFT JOIN turns AS other ON other.topic = t.topic AND other.position = t.against
    WHERE t.topic = of_topic ORDER BY t.position)
$$;
