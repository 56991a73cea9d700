-- All that database.sql holds and computes, to the last bit
SELECT concat_ws(' | ', 'rows', count(*), 'of pairs') FROM pairs;
SELECT 'pairs', md5(string_agg(id || ' ' || encode(float8send(drift), 'hex') || encode(float8send(kl_divergence(p, q)), 'hex') || encode(float8send(entropy(q, 2)), 'hex')
	|| encode(float8send(renyi(p, q, 2)), 'hex') || encode(array_send(p), 'hex') || is_distribution(p), ',' ORDER BY id)) FROM pairs;
SELECT 'kept', md5(string_agg(id || ' ' || encode(float8send(kl), 'hex') || encode(array_send(shares), 'hex'), ',' ORDER BY id)) FROM kept;
SELECT 'by_group', md5(string_agg(concat_ws(' ', grp, float8send(kl), float8send(jsd), float8send(psi), float8send(renyi), float8send(entropy)), ',' ORDER BY grp)) FROM by_group;
SELECT 'worst', float8send(worst());
SELECT 'own index', count(*) FROM pairs WHERE kl_divergence(p, q) >= 0;
SELECT 'daily', count(*), md5(string_agg(id || encode(histogram_send(h), 'hex') || encode(histogram_send(trimmed), 'hex') || encode(float8send(drift), 'hex')
	|| encode(float8send(jsd(h, reference, pseudocount => 1)), 'hex') || (trimmed = histogram_top(h, 3)), ',' ORDER BY id)) FROM daily;
SELECT 'moving', md5(string_agg(encode(histogram_send(h), 'hex') || h::text, ',' ORDER BY id)) FROM moving;
SELECT 'kept histograms', md5(string_agg(grp || h::text || of_drift::text, ',' ORDER BY grp)) FROM kept_histograms;
SELECT 'matrix', md5(divergence_matrix(array_agg(h ORDER BY id))::text) FROM daily WHERE id < 30;
SELECT 'sorted', md5(string_agg(id::text, ',' ORDER BY h, id)) FROM daily;
