--
-- The chi-square distribution
--
SET extra_float_digits = 0;
SELECT chi_square_p_value(10, 5), chi_square_p_value(40, 1), chi_square_p_value(1100, 300);
SELECT chi_square_p_value(2.5, 0.5) AS fractions, chi_square_p_value(1000300, 1000000) AS many;
-- ends
SELECT chi_square_p_value(0, 3), chi_square_p_value('Infinity', 3), chi_square_p_value(10605, 9);
SELECT chi_square_p_value(0, 0), chi_square_p_value(1e-300, 0);
SELECT chi_square_critical_value(0.05, 1), chi_square_critical_value(0.001, 9), chi_square_critical_value(1e-200, 12);
SELECT chi_square_critical_value(0, 3), chi_square_critical_value(1, 3);
-- one is the inverse of the other
SELECT count(*) AS pairs, count(*) FILTER (WHERE abs(chi_square_p_value(chi_square_critical_value(level, df), df) / level - 1) < 1e-13) AS equal
FROM (VALUES (0.5), (1), (7.3), (100), (1000)) AS degrees (df),
	(VALUES (0.999), (0.5), (0.05), (1e-3), (1e-10), (1e-50)) AS levels (level);
-- NULL
SELECT chi_square_p_value(NULL, 3), chi_square_p_value(3, NULL), chi_square_critical_value(NULL, 3), chi_square_critical_value(0.05, NULL);
-- errors
SELECT chi_square_p_value(-1, 3);
SELECT chi_square_p_value('NaN', 3);
SELECT chi_square_p_value(1, -3);
SELECT chi_square_p_value(1, 1.5e9);
SELECT chi_square_p_value(1, 'NaN');
SELECT chi_square_critical_value(1.5, 3);
SELECT chi_square_critical_value('NaN', 3);
SELECT chi_square_critical_value(0.05, 0);
SELECT chi_square_critical_value(0.05, 'Infinity');
