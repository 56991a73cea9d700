-- Two threads beside one, from what is just worth a thread upwards: nowhere should they lose.
-- Prints rows of a Markdown table; :beside says what else runs, :rounds rounds of turns, medians.

CREATE TABLE IF NOT EXISTS thread_times (beside text, position int, name text, threads int, milliseconds float8);
CREATE OR REPLACE PROCEDURE take_thread_times(beside text, rounds int) LANGUAGE plpgsql AS $$
DECLARE
    bins int[] := '{3000000,5000000,7000000,10000000,20000000}';
    rows int[] := '{100,300,1000}';
    pair record;
    input record;
    start timestamptz;
    value float8;
BEGIN
    -- fields of a record are handed over as they are, without a copy
    FOR size IN 1 .. array_length(bins, 1) LOOP
        SELECT array_agg(1 + (hashint8(i) & 1048575)::float8) AS p, array_agg(1 + (hashint8(i + 77777777) & 1048575)::float8) AS q
        INTO pair FROM generate_series(1, bins[size]) AS i;
        FOR turn IN 0 .. 3 * rounds LOOP        -- turn 0 warms up
            FOR threads IN 1 .. 2 LOOP
                PERFORM set_config('kldiv.threads', threads::text, false);
                start := clock_timestamp();
                value := kl_divergence(pair.p, pair.q);
                INSERT INTO thread_times SELECT beside, size, format('kl_divergence, %s million bins', bins[size] / 1000000), threads,
                    1000 * extract(epoch FROM clock_timestamp() - start) WHERE turn > 0;
                start := clock_timestamp();
                value := jsd(pair.p, pair.q);
                INSERT INTO thread_times SELECT beside, size + 10, format('jsd, %s million bins', bins[size] / 1000000), threads,
                    1000 * extract(epoch FROM clock_timestamp() - start) WHERE turn > 0;
            END LOOP;
        END LOOP;
    END LOOP;
    FOR size IN 1 .. array_length(rows, 1) LOOP
        SELECT array_agg(p ORDER BY row) AS m INTO input FROM matrix_rows WHERE row <= rows[size];
        FOR turn IN 0 .. 3 * rounds LOOP
            FOR threads IN 1 .. 2 LOOP
                PERFORM set_config('kldiv.threads', threads::text, false);
                start := clock_timestamp();
                PERFORM cardinality(divergence_matrix(input.m));
                INSERT INTO thread_times SELECT beside, size + 20, format('JSD matrix, %s x 256', rows[size]), threads,
                    1000 * extract(epoch FROM clock_timestamp() - start) WHERE turn > 0;
            END LOOP;
        END LOOP;
    END LOOP;
END $$;
CALL take_thread_times(:'beside', :rounds);

SELECT format('| %s | %s | %s | %s | %s |', beside, name, round(one::numeric, 1), round(two::numeric, 1), round((two / one)::numeric, 2))
FROM (SELECT position, name, beside,
          percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds) FILTER (WHERE threads = 1) AS one,
          percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds) FILTER (WHERE threads = 2) AS two
      FROM thread_times WHERE beside = :'beside' GROUP BY position, name, beside) AS medians
ORDER BY position;
