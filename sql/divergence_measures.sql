-- What is true of every measure
SELECT name, kind, arguments, "symmetric", metric, additive, unit, range, rows FROM divergence_measures();
SELECT name, description FROM divergence_measures();

-- each is a function of arrays and of histograms with these arguments, and an aggregate over rows
SELECT name, surface
FROM divergence_measures(), (VALUES ('float8[]'), ('histogram'), ('rows')) AS surfaces (surface)
WHERE NOT EXISTS (
	SELECT FROM pg_proc
	WHERE proname = name AND CASE surface
		WHEN 'rows' THEN prokind = 'a' AND array_to_string(proargnames, ', ') = regexp_replace(arguments, ', (base|pseudocount|empty)', '', 'g')
		ELSE prokind = 'f' AND proargtypes[0] = surface::regtype AND array_to_string(proargnames, ', ') = arguments END);
-- and no others are
SELECT DISTINCT proname FROM pg_proc
WHERE prokind = 'a' AND prorettype = 'float8'::regtype AND probin IS NULL AND proname NOT IN (SELECT name FROM divergence_measures() UNION VALUES ('logsumexp'), ('wasserstein_distance'), ('energy_distance'), ('ks_statistic'), ('mutual_information'), ('conditional_entropy'), ('normalized_mutual_information'), ('theils_u'), ('expected_calibration_error'), ('calibration_divergence'), ('log_loss'))
AND oid IN (SELECT objid FROM pg_depend WHERE deptype = 'e' AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'kldiv'));

-- and what the argument measure may be, where it fits
SELECT name FROM divergence_measures()
WHERE arguments ~ 'q' AND divergence_matrix(ARRAY[[1, 2], [2, 1]], name, alpha => CASE WHEN arguments ~ 'alpha' THEN 2 END) IS NULL;
SELECT name FROM divergence_measures()
WHERE additive AND (SELECT count(*) FROM divergence_contributions(ARRAY[1, 2], ARRAY[2, 1], name)) <> 2;
