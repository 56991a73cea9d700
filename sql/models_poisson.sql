--
-- Numbers of events, by their rates
--
SET extra_float_digits = 0;
-- published: Distributions.jl
SELECT poisson_kl_divergence(4, 3) AS kl, poisson_kl_divergence(4, 3, base => 2) AS bits, poisson_kl_divergence(1e-9, 2e-9) AS rare, poisson_kl_divergence(1, 1.0000000000000002) AS one_bit;
-- rates of 0, and of all sizes
SELECT poisson_kl_divergence(0, 4) AS of_zero, poisson_kl_divergence(2, 0) AS to_zero, poisson_kl_divergence(0, 0) AS zeros, poisson_kl_divergence(1e-300, 1e300) AS far, poisson_kl_divergence(1e300, 1e-300) AS far, poisson_kl_divergence(3e-310, 2e-310) AS tiny;
-- what is made of it: exponential distributions of rates a and b, and gamma distributions of one shape
SELECT poisson_kl_divergence(3, 2) / 3 AS exponential, ln(3.0 / 2) + 2.0 / 3 - 1 AS formula;
-- it adds up: of independent counts, the divergence of the total and that of the shares
SELECT abs(poisson_kl_divergence(3, 2) + poisson_kl_divergence(1, 4) - poisson_kl_divergence(4, 6) - 4 * kl_divergence(ARRAY[3,1], ARRAY[2,4])) < 1e-15 AS chain_rule;
SELECT poisson_kl_divergence(NULL, 1), poisson_kl_divergence(1, NULL), poisson_kl_divergence(1, 1, NULL);
-- errors
SELECT poisson_kl_divergence(-1, 1);
SELECT poisson_kl_divergence(1, 'NaN');
SELECT poisson_kl_divergence(1, 'Infinity');
SELECT poisson_kl_divergence(1, 1, base => 1);
