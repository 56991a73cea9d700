/* kldiv 0.2.0 to 0.3.0 */

-- complain if script is sourced in psql, rather than via ALTER EXTENSION
\echo Use "ALTER EXTENSION kldiv UPDATE TO '0.3.0'" to load this file. \quit

--
-- The type (histogram_io.c)
--

CREATE TYPE histogram;

CREATE FUNCTION histogram_in(cstring)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_in(cstring) IS
'reads {"label": weight, ...}';

CREATE FUNCTION histogram_out(histogram)
RETURNS cstring
AS 'MODULE_PATHNAME', 'kldiv_histogram_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_out(histogram) IS
'writes {"label": weight, ...}';

CREATE FUNCTION histogram_recv(internal)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_recv'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_recv(internal) IS
'reads the binary form';

CREATE FUNCTION histogram_send(histogram)
RETURNS bytea
AS 'MODULE_PATHNAME', 'kldiv_histogram_send'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_send(histogram) IS
'writes the binary form';

CREATE TYPE histogram (
	INPUT = histogram_in,
	OUTPUT = histogram_out,
	RECEIVE = histogram_recv,
	SEND = histogram_send,
	ALIGNMENT = double,
	STORAGE = extended
);

COMMENT ON TYPE histogram IS
'weights of bins by label: {"android": 12, "ios": 30}';

--
-- Casts (histogram_io.c)
--

CREATE FUNCTION histogram_to_json(histogram)
RETURNS json
AS 'MODULE_PATHNAME', 'kldiv_histogram_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_to_json(histogram) IS
'the histogram as a JSON object';

CREATE FUNCTION histogram_to_jsonb(histogram)
RETURNS jsonb
AS 'MODULE_PATHNAME', 'kldiv_histogram_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_to_jsonb(histogram) IS
'the histogram as a JSON object';

CREATE FUNCTION json_to_histogram(json)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_json_to_histogram'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION json_to_histogram(json) IS
'a JSON object of numbers as a histogram';

CREATE FUNCTION jsonb_to_histogram(jsonb)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_jsonb_to_histogram'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION jsonb_to_histogram(jsonb) IS
'a JSON object of numbers as a histogram';

CREATE CAST (histogram AS json) WITH FUNCTION histogram_to_json(histogram) AS ASSIGNMENT;
CREATE CAST (histogram AS jsonb) WITH FUNCTION histogram_to_jsonb(histogram) AS ASSIGNMENT;
CREATE CAST (json AS histogram) WITH FUNCTION json_to_histogram(json);
CREATE CAST (jsonb AS histogram) WITH FUNCTION jsonb_to_histogram(jsonb);

COMMENT ON CAST (histogram AS json) IS 'an object of numbers';
COMMENT ON CAST (histogram AS jsonb) IS 'an object of numbers';
COMMENT ON CAST (json AS histogram) IS 'from an object of numbers that are not negative';
COMMENT ON CAST (jsonb AS histogram) IS 'from an object of numbers that are not negative';

--
-- Comparison (histogram_operators.c)
--

CREATE FUNCTION histogram_eq(histogram, histogram)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_histogram_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_eq(histogram, histogram) IS
'implementation of an operator: equal: the same labels with the same weights';

CREATE FUNCTION histogram_ne(histogram, histogram)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_histogram_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_ne(histogram, histogram) IS
'implementation of an operator: not equal';

CREATE FUNCTION histogram_lt(histogram, histogram)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_histogram_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_lt(histogram, histogram) IS
'implementation of an operator: less, in an order that says nothing about distributions';

CREATE FUNCTION histogram_le(histogram, histogram)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_histogram_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_le(histogram, histogram) IS
'implementation of an operator: less or equal';

CREATE FUNCTION histogram_gt(histogram, histogram)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_histogram_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_gt(histogram, histogram) IS
'implementation of an operator: greater';

CREATE FUNCTION histogram_ge(histogram, histogram)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_histogram_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_ge(histogram, histogram) IS
'implementation of an operator: greater or equal';

CREATE FUNCTION histogram_cmp(histogram, histogram)
RETURNS integer
AS 'MODULE_PATHNAME', 'kldiv_histogram_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_cmp(histogram, histogram) IS
'less (-1), equal (0) or greater (1), for sorting';

CREATE FUNCTION histogram_hash(histogram)
RETURNS integer
AS 'MODULE_PATHNAME', 'kldiv_histogram_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_hash(histogram) IS
'hash';

CREATE FUNCTION histogram_hash_extended(histogram, bigint)
RETURNS bigint
AS 'MODULE_PATHNAME', 'kldiv_histogram_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_hash_extended(histogram, bigint) IS
'hash with a seed';

CREATE OPERATOR = (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);

COMMENT ON OPERATOR = (histogram, histogram) IS
'equal: the same labels with the same weights';

CREATE OPERATOR <> (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);

COMMENT ON OPERATOR <> (histogram, histogram) IS
'not equal';

CREATE OPERATOR < (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);

COMMENT ON OPERATOR < (histogram, histogram) IS
'less, in an order for sorting only';

CREATE OPERATOR <= (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);

COMMENT ON OPERATOR <= (histogram, histogram) IS
'less or equal, in an order for sorting only';

CREATE OPERATOR > (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);

COMMENT ON OPERATOR > (histogram, histogram) IS
'greater, in an order for sorting only';

CREATE OPERATOR >= (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);

COMMENT ON OPERATOR >= (histogram, histogram) IS
'greater or equal, in an order for sorting only';

CREATE OPERATOR CLASS histogram_ops
DEFAULT FOR TYPE histogram USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 histogram_cmp(histogram, histogram),
	FUNCTION 4 btequalimage(oid);

CREATE OPERATOR CLASS histogram_ops
DEFAULT FOR TYPE histogram USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 histogram_hash(histogram),
	FUNCTION 2 histogram_hash_extended(histogram, bigint);

COMMENT ON OPERATOR CLASS histogram_ops USING btree IS 'sorts histograms, which says nothing about distributions';
COMMENT ON OPERATOR CLASS histogram_ops USING hash IS 'equal are the same labels with the same weights';
COMMENT ON OPERATOR FAMILY histogram_ops USING btree IS 'sorts histograms, which says nothing about distributions';
COMMENT ON OPERATOR FAMILY histogram_ops USING hash IS 'equal are the same labels with the same weights';

--
-- Arithmetic (histogram_operators.c)
--

CREATE FUNCTION histogram_plus(histogram, histogram)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_plus'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_plus(histogram, histogram) IS
'implementation of an operator: merges two histograms';

CREATE FUNCTION histogram_minus(histogram, histogram)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_minus'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_minus(histogram, histogram) IS
'implementation of an operator: takes weights away';

CREATE FUNCTION histogram_times(histogram, float8)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_times'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_times(histogram, float8) IS
'implementation of an operator: multiplies every weight';

CREATE FUNCTION times_histogram(float8, histogram)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_times_histogram'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION times_histogram(float8, histogram) IS
'implementation of an operator: multiplies every weight';

CREATE OPERATOR + (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_plus, COMMUTATOR = +
);

COMMENT ON OPERATOR + (histogram, histogram) IS
'adds the weights of each label';

CREATE OPERATOR - (
	LEFTARG = histogram, RIGHTARG = histogram, FUNCTION = histogram_minus
);

COMMENT ON OPERATOR - (histogram, histogram) IS
'takes away the weights of each label; an error where one would be negative';

CREATE OPERATOR * (
	LEFTARG = histogram, RIGHTARG = float8, FUNCTION = histogram_times, COMMUTATOR = *
);

COMMENT ON OPERATOR * (histogram, float8) IS
'multiplies every weight';

CREATE OPERATOR * (
	LEFTARG = float8, RIGHTARG = histogram, FUNCTION = times_histogram, COMMUTATOR = *
);

COMMENT ON OPERATOR * (float8, histogram) IS
'multiplies every weight';

--
-- What is in a histogram (histogram_functions.c)
--

CREATE FUNCTION histogram(labels text[], weights float8[])
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_of_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram(text[], float8[]) IS
'a histogram of labels, each once, and their weights; a NULL weight is 0';

CREATE FUNCTION histogram_total(h histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_histogram_total'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_total(histogram) IS
'sum of the weights';

CREATE FUNCTION histogram_bin_count(h histogram)
RETURNS integer
AS 'MODULE_PATHNAME', 'kldiv_histogram_bin_count'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_bin_count(histogram) IS
'number of labels, those of weight 0 included';

CREATE FUNCTION histogram_weight(h histogram, label text)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_histogram_weight'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_weight(histogram, text) IS
'weight of a label; 0 if it is not there';

CREATE FUNCTION histogram_labels(h histogram)
RETURNS text[]
AS 'MODULE_PATHNAME', 'kldiv_histogram_labels'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_labels(histogram) IS
'all labels, sorted by their bytes';

CREATE FUNCTION histogram_weights(h histogram)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_histogram_weights'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_weights(histogram) IS
'all weights, in the order of histogram_labels()';

CREATE FUNCTION histogram_trim(h histogram)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_trim'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_trim(histogram) IS
'without the bins of weight 0';

CREATE FUNCTION histogram_bins(h histogram)
RETURNS TABLE (label text, weight float8)
AS 'MODULE_PATHNAME', 'kldiv_histogram_bins'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 50;

COMMENT ON FUNCTION histogram_bins(histogram) IS
'a row for each bin, sorted by label';

-- Not STRICT: NULL as the name of the rest drops it.

CREATE FUNCTION histogram_top(h histogram, k integer, other text DEFAULT '(other)')
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_top'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_top(histogram, integer, text) IS
'the k heaviest bins, and the rest as one bin; NULL as its name drops the rest';

--
-- Aggregates (histogram_aggregates.c)
--
-- Not STRICT: NULL values are skipped, a NULL weight is 0.
--

CREATE FUNCTION kldiv_histogram_add_value(state internal, value anyelement)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_add_value'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_add_value(internal, anyelement) IS
'implementation of kldiv aggregates: adds a row';

CREATE FUNCTION kldiv_histogram_add_value(state internal, value anyelement, weight float8)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_add_value'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_add_value(internal, anyelement, float8) IS
'implementation of kldiv aggregates: adds a row';

CREATE FUNCTION kldiv_histogram_move_in_value(state internal, value anyelement)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_move_in_value'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_move_in_value(internal, anyelement) IS
'implementation of kldiv aggregates: adds a row to a moving frame';

CREATE FUNCTION kldiv_histogram_move_in_value(state internal, value anyelement, weight float8)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_move_in_value'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_move_in_value(internal, anyelement, float8) IS
'implementation of kldiv aggregates: adds a row to a moving frame';

CREATE FUNCTION kldiv_histogram_move_out_value(state internal, value anyelement)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_move_out_value'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_move_out_value(internal, anyelement) IS
'implementation of kldiv aggregates: takes a row out of a moving frame';

CREATE FUNCTION kldiv_histogram_move_out_value(state internal, value anyelement, weight float8)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_move_out_value'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_move_out_value(internal, anyelement, float8) IS
'implementation of kldiv aggregates: takes a row out of a moving frame';

CREATE FUNCTION kldiv_histogram_add(state internal, h histogram)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_add'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_add(internal, histogram) IS
'implementation of kldiv aggregates: adds a histogram';

CREATE FUNCTION kldiv_histogram_move_in(state internal, h histogram)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_move_in'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_move_in(internal, histogram) IS
'implementation of kldiv aggregates: adds a histogram to a moving frame';

CREATE FUNCTION kldiv_histogram_move_out(state internal, h histogram)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_move_out'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_move_out(internal, histogram) IS
'implementation of kldiv aggregates: takes a histogram out of a moving frame';

CREATE FUNCTION kldiv_histogram_combine(state internal, other internal)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_combine(internal, internal) IS
'implementation of kldiv aggregates: adds a state';

CREATE FUNCTION kldiv_histogram_serialize(state internal)
RETURNS bytea
AS 'MODULE_PATHNAME', 'kldiv_histogram_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_serialize(internal) IS
'implementation of kldiv aggregates: a state as bytes';

CREATE FUNCTION kldiv_histogram_deserialize(bytes bytea, state internal)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_histogram_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_histogram_deserialize(bytea, internal) IS
'implementation of kldiv aggregates: a state from bytes';

CREATE FUNCTION kldiv_histogram_final(state internal)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_histogram_final(internal) IS
'implementation of kldiv aggregates: the histogram';

CREATE AGGREGATE histogram_agg(value anyelement) (
	SFUNC = kldiv_histogram_add_value, STYPE = internal, SSPACE = 1024, FINALFUNC = kldiv_histogram_final,
	COMBINEFUNC = kldiv_histogram_combine, SERIALFUNC = kldiv_histogram_serialize, DESERIALFUNC = kldiv_histogram_deserialize,
	MSFUNC = kldiv_histogram_move_in_value, MINVFUNC = kldiv_histogram_move_out_value, MSTYPE = internal, MSSPACE = 1024,
	MFINALFUNC = kldiv_histogram_final, PARALLEL = SAFE
);

COMMENT ON AGGREGATE histogram_agg(anyelement) IS
'counts the values: a histogram of them; NULLs are skipped';

CREATE AGGREGATE histogram_agg(value anyelement, weight float8) (
	SFUNC = kldiv_histogram_add_value, STYPE = internal, SSPACE = 1024, FINALFUNC = kldiv_histogram_final,
	COMBINEFUNC = kldiv_histogram_combine, SERIALFUNC = kldiv_histogram_serialize, DESERIALFUNC = kldiv_histogram_deserialize,
	MSFUNC = kldiv_histogram_move_in_value, MINVFUNC = kldiv_histogram_move_out_value, MSTYPE = internal, MSSPACE = 1024,
	MFINALFUNC = kldiv_histogram_final, PARALLEL = SAFE
);

COMMENT ON AGGREGATE histogram_agg(anyelement, float8) IS
'adds up the weights of each value: a histogram; NULL values are skipped, a NULL weight is 0';

CREATE AGGREGATE sum(h histogram) (
	SFUNC = kldiv_histogram_add, STYPE = internal, SSPACE = 1024, FINALFUNC = kldiv_histogram_final,
	COMBINEFUNC = kldiv_histogram_combine, SERIALFUNC = kldiv_histogram_serialize, DESERIALFUNC = kldiv_histogram_deserialize,
	MSFUNC = kldiv_histogram_move_in, MINVFUNC = kldiv_histogram_move_out, MSTYPE = internal, MSSPACE = 1024,
	MFINALFUNC = kldiv_histogram_final, PARALLEL = SAFE
);

COMMENT ON AGGREGATE sum(histogram) IS
'merges histograms, adding the weights of each label; NULL if there is none';

--
-- Measures over histograms (histogram_measures.c)
--
-- As over arrays; bins are matched by label, and a label of one side only
-- weighs 0 on the other.
--

CREATE FUNCTION entropy(p histogram, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_entropy_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION entropy(histogram, float8) IS
'-sum p ln p of the shares of p: Shannon entropy in nats, or in the unit of base (2: bits); from 0 to ln of the number of bins; NULL if nothing was observed';

CREATE FUNCTION perplexity(p histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_perplexity_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION perplexity(histogram) IS
'exp of the entropy in nats: the effective number of bins, from 1 to the number of bins; NULL if nothing was observed';

CREATE FUNCTION renyi_entropy(p histogram, alpha float8, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_renyi_entropy_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION renyi_entropy(histogram, float8, float8) IS
'1/(1-alpha) ln sum p^alpha: Renyi entropy of order alpha in nats, or in the unit of base; order 0: Hartley, 1: Shannon, Infinity: min-entropy; NULL if nothing was observed';

CREATE FUNCTION cross_entropy(p histogram, q histogram, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_cross_entropy_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION cross_entropy(histogram, histogram, float8, float8) IS
'-sum p ln q: cross-entropy of p relative to the reference q in nats, or in the unit of base; Infinity where p > 0 and q = 0; NULL if nothing was observed on a side';

CREATE FUNCTION kl_divergence(p histogram, q histogram, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_kl_divergence_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kl_divergence(histogram, histogram, float8, float8) IS
'sum p ln(p/q): Kullback-Leibler divergence of p from the reference q in nats, or in the unit of base; 0 only if equal; Infinity where p > 0 and q = 0; NULL if nothing was observed on a side';

CREATE FUNCTION jeffreys_divergence(p histogram, q histogram, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_jeffreys_divergence_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION jeffreys_divergence(histogram, histogram, float8, float8) IS
'sum (p-q) ln(p/q): Jeffreys divergence, KL in both directions, in nats or in the unit of base; symmetric; Infinity where only one of p and q is 0; NULL if nothing was observed on a side';

CREATE FUNCTION jsd(p histogram, q histogram, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_jsd_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION jsd(histogram, histogram, float8, float8) IS
'Jensen-Shannon divergence (not its root) in nats, or in the unit of base; symmetric; from 0 to ln 2 (1 bit); NULL if nothing was observed on a side';

CREATE FUNCTION js_distance(p histogram, q histogram, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_js_distance_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION js_distance(histogram, histogram, float8, float8) IS
'square root of the Jensen-Shannon divergence, a metric; symmetric; from 0 to sqrt(ln 2), or to 1 with base 2; NULL if nothing was observed on a side';

CREATE FUNCTION renyi(p histogram, q histogram, alpha float8, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_renyi_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION renyi(histogram, histogram, float8, float8, float8) IS
'1/(alpha-1) ln sum p^alpha q^(1-alpha): Renyi divergence of order alpha of p from the reference q in nats, or in the unit of base; order 1: KL, Infinity: ln max p/q; NULL if nothing was observed on a side';

CREATE FUNCTION hellinger_distance(p histogram, q histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_hellinger_distance_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION hellinger_distance(histogram, histogram) IS
'sqrt(1 - sum sqrt(p q)): Hellinger distance, a metric; symmetric; from 0 to 1; NULL if nothing was observed on a side';

CREATE FUNCTION bhattacharyya_distance(p histogram, q histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_bhattacharyya_distance_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION bhattacharyya_distance(histogram, histogram) IS
'-ln sum sqrt(p q): Bhattacharyya distance in nats; symmetric; Infinity if p and q have no bin in common; NULL if nothing was observed on a side';

CREATE FUNCTION total_variation(p histogram, q histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_total_variation_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION total_variation(histogram, histogram) IS
'half of sum |p-q|: total variation distance, a metric; symmetric; from 0 to 1; NULL if nothing was observed on a side';

CREATE FUNCTION l_infinity(p histogram, q histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_l_infinity_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION l_infinity(histogram, histogram) IS
'max |p-q|: the largest difference of shares, a metric; symmetric; from 0 to 1; NULL if nothing was observed on a side';

CREATE FUNCTION chi_square_divergence(p histogram, q histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_chi_square_divergence_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chi_square_divergence(histogram, histogram) IS
'sum (p-q)^2/q: Pearson chi-square divergence of p from the reference q (the test statistic is N times it); Infinity where p > 0 and q = 0; NULL if nothing was observed on a side';

CREATE FUNCTION psi(p histogram, q histogram, empty float8 DEFAULT 0.0001)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_psi_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION psi(histogram, histogram, float8) IS
'sum (p-q) ln(p/q): population stability index in nats, where a share of exactly 0 counts as empty; symmetric; NULL if nothing was observed on a side';

CREATE FUNCTION to_distribution(h histogram, pseudocount float8 DEFAULT 0)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_to_distribution'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION to_distribution(histogram, float8) IS
'the weights divided by their total, after adding pseudocount to each; NULL if nothing was observed';

--
-- Which bins a divergence comes from (contributions.c)
--
-- Not STRICT: a NULL option is as if it were not given.
--

CREATE FUNCTION divergence_contributions(p histogram, q histogram, measure text DEFAULT 'jsd', base float8 DEFAULT NULL, pseudocount float8 DEFAULT NULL, empty float8 DEFAULT NULL)
RETURNS TABLE (label text, p float8, q float8, contribution float8, share float8)
AS 'MODULE_PATHNAME', 'kldiv_contributions_histograms'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100 ROWS 50;

COMMENT ON FUNCTION divergence_contributions(histogram, histogram, text, float8, float8, float8) IS
'the bins that a divergence comes from, the largest contribution first; contributions add up to the divergence, of js_distance and hellinger_distance to its square';

CREATE FUNCTION divergence_contributions(p float8[], q float8[], measure text DEFAULT 'jsd', base float8 DEFAULT NULL, pseudocount float8 DEFAULT NULL, empty float8 DEFAULT NULL)
RETURNS TABLE (label integer, p float8, q float8, contribution float8, share float8)
AS 'MODULE_PATHNAME', 'kldiv_contributions_arrays'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100 ROWS 50;

COMMENT ON FUNCTION divergence_contributions(float8[], float8[], text, float8, float8, float8) IS
'the bins that a divergence comes from, the largest contribution first; contributions add up to the divergence, of js_distance and hellinger_distance to its square';

--
-- Bins of numbers (bin_label.c)
--
-- Not STRICT: NULL is a bin.
--

CREATE FUNCTION bin_label(value float8, edges float8[])
RETURNS text
AS 'MODULE_PATHNAME', 'kldiv_bin_label'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION bin_label(float8, float8[]) IS
'the bin of a value between ascending edges, as text that sorts: 03 [12.5, 20); (null) for NULL, (nan) for NaN';

--
-- Bars (histogram_bars.c)
--

CREATE FUNCTION histogram_bars(h histogram, width integer DEFAULT 40)
RETURNS SETOF text
AS 'MODULE_PATHNAME', 'kldiv_histogram_bars'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 50;

COMMENT ON FUNCTION histogram_bars(histogram, integer) IS
'lines to look at: label, share in percent, bar; the longest bar has width characters';

CREATE FUNCTION histogram_bars(p histogram, q histogram, width integer DEFAULT 40)
RETURNS SETOF text
AS 'MODULE_PATHNAME', 'kldiv_histogram_bars_of_two'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 100;

COMMENT ON FUNCTION histogram_bars(histogram, histogram, integer) IS
'lines to look at, two for each label: the shares of p and of q';
