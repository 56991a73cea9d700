--
-- Values of a divergence that chance exceeds, and that samples can show
--
SET extra_float_digits = 0;
SELECT divergence_critical_value(10, 1000, 1000) AS psi, divergence_critical_value(10, 1000, 1000, level => 0.001) AS rarely;
SELECT name, divergence_critical_value(10, 1000, 'Infinity', name, alpha => CASE name WHEN 'renyi' THEN 2 END) AS critical_value,
	detectable_divergence(10, 1000, 'Infinity', name, alpha => CASE name WHEN 'renyi' THEN 2 END) AS detectable
FROM divergence_measures() WHERE kind = 'divergence' AND name NOT IN ('total_variation', 'l_infinity');
SELECT detectable_divergence(21, 100, 'Infinity', 'chi_square_divergence'), detectable_divergence(2, 1000, 1000, 'jsd', power => 0.9);
-- rows an arm for a PSI of 0.05
SELECT round((detectable_divergence(10, 1, 1) / 0.05)::numeric, 3) AS rows;
-- it is proportional to 1/n_p + 1/n_q
SELECT detectable_divergence(10, 100, 100) / detectable_divergence(10, 1, 1) * 100 AS one;
-- types of arguments
SELECT divergence_critical_value(count(*), sum(x), 100.5) FROM generate_series(1, 10) AS x;
-- ends
SELECT divergence_critical_value(1, 10, 10), detectable_divergence(1, 10, 10), divergence_critical_value(5, 'Infinity', 'Infinity'), detectable_divergence(5, 'Infinity', 'Infinity');
SELECT divergence_critical_value(5, 10, 10, level => 0), divergence_critical_value(5, 10, 10, level => 1), detectable_divergence(5, 10, 10, level => 0), detectable_divergence(5, 10, 10, power => 0.05);
-- nothing observed, or not known
SELECT divergence_critical_value(0, 10, 10), divergence_critical_value(5, 0, 10), detectable_divergence(5, 10, 0), detectable_divergence(0, 10, 10);
SELECT divergence_critical_value(NULL, 10, 10), divergence_critical_value(5, NULL, 10), detectable_divergence(5, 10, NULL), detectable_divergence(NULL, 10, 10);
-- options that are NULL are not given
SELECT divergence_critical_value(5, 10, 10, NULL, NULL, NULL) = divergence_critical_value(5, 10, 10) AS same, detectable_divergence(5, 10, 10, NULL, NULL, NULL, NULL) = detectable_divergence(5, 10, 10) AS same;
-- errors
SELECT divergence_critical_value(5, 10, 10, 'nonsense');
SELECT divergence_critical_value(5, 10, 10, 'total_variation');
SELECT detectable_divergence(5, 10, 10, 'entropy');
SELECT divergence_critical_value(5, 10, 10, 'renyi');
SELECT divergence_critical_value(5, 10, 10, 'renyi', alpha => 0);
SELECT divergence_critical_value(5, 10, 10, 'renyi', alpha => 'Infinity');
SELECT divergence_critical_value(5, 10, 10, 'jsd', alpha => 2);
SELECT divergence_critical_value(-1, 10, 10);
SELECT divergence_critical_value(5, -10, 10);
SELECT detectable_divergence(5, 10, 'NaN');
SELECT divergence_critical_value(5, 10, 10, level => 2);
SELECT detectable_divergence(5, 10, 10, power => 1);
SELECT detectable_divergence(5, 10, 10, power => 0.01);
-- a wrong option comes before nothing observed
SELECT divergence_critical_value(NULL, 10, 10, level => -1);
