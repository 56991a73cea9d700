--
-- Evidence that may be looked at at any time
--
SET extra_float_digits = -2;
-- published: ssrm; Kohavi, Tang, Xu (2020)
SELECT * FROM sequential_test(ARRAY[2,1,7], ARRAY[0.1,0.5,0.4], concentration => 10000);
SELECT * FROM sequential_test(ARRAY[821588,815482], ARRAY[1,1]);
SELECT (sequential_test(ARRAY[600,400], ARRAY[1,1])).*;
SELECT (sequential_test('{"A": 500, "B": 500}'::histogram, '{"A": 1, "B": 1}')).*;
-- two arms, a quarter of all in p
SELECT * FROM sequential_test(ARRAY[20,12], ARRAY[60,70], ratio => 0.25);
SELECT * FROM sequential_test('{"x": 20, "y": 12}'::histogram, '{"y": 70, "x": 60}', ratio => 0.25, concentration => 10);
-- two bins are the arms of one bin
SELECT abs((sequential_test(ARRAY[600,400], ARRAY[1,3])).log_e_value - (sequential_test(ARRAY[600], ARRAY[400], ratio => 0.25)).log_e_value) < 1e-11 AS same;
-- looked at daily: the smallest p-value so far is valid
SELECT day, round(min((sequential_test(so_far, '{"A": 1, "B": 1}')).p_value) OVER (ORDER BY day)::numeric, 9) AS p_value
FROM (SELECT day, sum(arms) OVER (ORDER BY day) AS so_far
	FROM (SELECT day, histogram(ARRAY['A', 'B'], ARRAY[500 + 20 * day, 500]) AS arms FROM generate_series(1, 5) AS day) AS assignments) AS cumulative;
-- a bin that is excluded: seen, not seen; bins that are not excluded and not seen count
SELECT * FROM sequential_test(ARRAY[5,1], ARRAY[1,0]);
SELECT * FROM sequential_test(ARRAY[5,0], ARRAY[1,0]);
SELECT (sequential_test(ARRAY[5,3,0,0], ARRAY[1,1,0,1])).log_e_value = (sequential_test(ARRAY[5,3,0], ARRAY[1,1,1])).log_e_value AS same;
-- far beyond what a float8 can hold, and shares that are hardly any
SELECT * FROM sequential_test(ARRAY[1e6,0], ARRAY[1,1]);
SELECT (sequential_test(ARRAY[10,1], ARRAY[1,1e-320])).log_e_value, (sequential_test(ARRAY[10,1], ARRAY[1e308,1e-320])).log_e_value, (sequential_test(ARRAY[10,1], ARRAY[1,1e-239])).log_e_value, (sequential_test(ARRAY[10,1], ARRAY[1,1e-241])).log_e_value;
-- the scale of q does not matter
SELECT (sequential_test(ARRAY[10,1], ARRAY[3e-310,5e-310])).log_e_value - (sequential_test(ARRAY[10,1], ARRAY[3,5])).log_e_value < 1e-13 AS same;
-- NULL: not given, not seen, not known, nothing observed
SELECT (sequential_test(ARRAY[5,NULL,3], ARRAY[1,1,2], NULL, NULL)).log_e_value = (sequential_test(ARRAY[5,0,3], ARRAY[1,1,2])).log_e_value AS same;
SELECT sequential_test(NULL, ARRAY[1,1]), sequential_test(ARRAY[1,1], NULL), sequential_test(ARRAY[0,0], ARRAY[1,1]), sequential_test(ARRAY[1,1], ARRAY[0,0]), sequential_test('{}', ARRAY[1,1]), sequential_test('{}'::histogram, '{"a": 1}');
-- errors
SELECT sequential_test(ARRAY[0.5,0.5], ARRAY[1,1]);
SELECT sequential_test(ARRAY[1,2], ARRAY[1,0.5], ratio => 0.5);
SELECT sequential_test(ARRAY[1,2], ARRAY[1,-1]);
SELECT sequential_test(ARRAY[1,2], ARRAY[1,2,3]);
SELECT sequential_test(ARRAY[1,2], ARRAY[1,2], concentration => 0);
SELECT sequential_test(ARRAY[1,2], ARRAY[1,2], ratio => 1);
SELECT sequential_test(NULL, ARRAY[1,2], ratio => 'NaN');
