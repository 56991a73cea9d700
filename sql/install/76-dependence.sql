--
-- Dependence of two variables: over tables and histograms of pairs
--

CREATE FUNCTION mutual_information(joint float8[], base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_mutual_information_array'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION mutual_information(float8[], float8) IS
'sum p ln(p/(p_x p_y)) over a table of the weights of x, in rows, with y, in columns, from 0 to the smaller entropy; NULL if nothing was observed';

CREATE FUNCTION mutual_information(joint histogram, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_mutual_information_histogram'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION mutual_information(histogram, float8) IS
'sum p ln(p/(p_x p_y)) over a histogram of pairs ["x", "y"], from 0 to the smaller entropy; NULL if nothing was observed';

CREATE FUNCTION conditional_entropy(joint float8[], base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_conditional_entropy_array'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION conditional_entropy(float8[], float8) IS
'what is left open of x, in rows, where y, in columns, is known, from 0 to the entropy of x; NULL if nothing was observed';

CREATE FUNCTION conditional_entropy(joint histogram, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_conditional_entropy_histogram'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION conditional_entropy(histogram, float8) IS
'what is left open of x where y is known, in a histogram of pairs ["x", "y"], from 0 to the entropy of x; NULL if nothing was observed';

CREATE FUNCTION normalized_mutual_information(joint float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_normalized_mutual_information_array'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION normalized_mutual_information(float8[]) IS
'mutual information relative to the mean of the entropies of x and y, from 0 to 1; NULL if both are 0; NULL if nothing was observed';

CREATE FUNCTION normalized_mutual_information(joint histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_normalized_mutual_information_histogram'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION normalized_mutual_information(histogram) IS
'mutual information relative to the mean of the entropies of x and y, in a histogram of pairs ["x", "y"], from 0 to 1; NULL if both are 0; NULL if nothing was observed';

CREATE FUNCTION theils_u(joint float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_theils_u_array'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION theils_u(float8[]) IS
'the share of the entropy of x, in rows, that y, in columns, explains, from 0 to 1; NULL if that is 0; NULL if nothing was observed';

CREATE FUNCTION theils_u(joint histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_theils_u_histogram'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION theils_u(histogram) IS
'the share of the entropy of x that y explains, in a histogram of pairs ["x", "y"], from 0 to 1; NULL if that is 0; NULL if nothing was observed';

CREATE FUNCTION product_of_margins(joint float8[])
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_product_of_margins_array'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION product_of_margins(float8[]) IS
'what the cells of a table weigh if its rows and columns are independent; NULL if nothing was observed';

CREATE FUNCTION product_of_margins(joint histogram)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_product_of_margins_histogram'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION product_of_margins(histogram) IS
'what all pairs of values weigh if those of a histogram of pairs ["x", "y"] are independent; NULL if nothing was observed';

--
-- Their aggregates, which share one state
--

CREATE FUNCTION kldiv_dependence_transition(state internal, x "any", y "any")
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_dependence_transition'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_dependence_transition(internal, "any", "any") IS
'implementation of kldiv aggregates: adds a row';

CREATE FUNCTION kldiv_dependence_combine(state internal, other internal)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_dependence_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_dependence_combine(internal, internal) IS
'implementation of kldiv aggregates: adds a state';

CREATE FUNCTION kldiv_dependence_serialize(state internal)
RETURNS bytea
AS 'MODULE_PATHNAME', 'kldiv_dependence_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_dependence_serialize(internal) IS
'implementation of kldiv aggregates: sends a state';

CREATE FUNCTION kldiv_dependence_deserialize(bytes bytea, state internal)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_dependence_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_dependence_deserialize(bytea, internal) IS
'implementation of kldiv aggregates: receives a state';

CREATE FUNCTION kldiv_mutual_information_final(state internal)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_mutual_information_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_mutual_information_final(internal) IS
'implementation of kldiv aggregates: the value';

CREATE FUNCTION kldiv_conditional_entropy_final(state internal)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_conditional_entropy_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_conditional_entropy_final(internal) IS
'implementation of kldiv aggregates: the value';

CREATE FUNCTION kldiv_normalized_mutual_information_final(state internal)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_normalized_mutual_information_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_normalized_mutual_information_final(internal) IS
'implementation of kldiv aggregates: the value';

CREATE FUNCTION kldiv_theils_u_final(state internal)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_theils_u_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_theils_u_final(internal) IS
'implementation of kldiv aggregates: the value';

CREATE AGGREGATE mutual_information(x "any", y "any") (
	SFUNC = kldiv_dependence_transition, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kldiv_mutual_information_final, COMBINEFUNC = kldiv_dependence_combine,
	SERIALFUNC = kldiv_dependence_serialize, DESERIALFUNC = kldiv_dependence_deserialize, PARALLEL = SAFE
);

COMMENT ON AGGREGATE mutual_information("any", "any") IS
'what x and y say about each other, in nats, from 0 to the smaller entropy; over the values of rows, of which those with a NULL are skipped; NULL if there are none';

CREATE AGGREGATE conditional_entropy(x "any", y "any") (
	SFUNC = kldiv_dependence_transition, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kldiv_conditional_entropy_final, COMBINEFUNC = kldiv_dependence_combine,
	SERIALFUNC = kldiv_dependence_serialize, DESERIALFUNC = kldiv_dependence_deserialize, PARALLEL = SAFE
);

COMMENT ON AGGREGATE conditional_entropy("any", "any") IS
'what is left open of x where y is known, in nats, from 0 to the entropy of x; over the values of rows, of which those with a NULL are skipped; NULL if there are none';

CREATE AGGREGATE normalized_mutual_information(x "any", y "any") (
	SFUNC = kldiv_dependence_transition, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kldiv_normalized_mutual_information_final, COMBINEFUNC = kldiv_dependence_combine,
	SERIALFUNC = kldiv_dependence_serialize, DESERIALFUNC = kldiv_dependence_deserialize, PARALLEL = SAFE
);

COMMENT ON AGGREGATE normalized_mutual_information("any", "any") IS
'mutual information of x and y relative to the mean of their entropies, from 0 to 1; NULL if both are 0; over the values of rows, of which those with a NULL are skipped; NULL if there are none';

CREATE AGGREGATE theils_u(x "any", y "any") (
	SFUNC = kldiv_dependence_transition, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kldiv_theils_u_final, COMBINEFUNC = kldiv_dependence_combine,
	SERIALFUNC = kldiv_dependence_serialize, DESERIALFUNC = kldiv_dependence_deserialize, PARALLEL = SAFE
);

COMMENT ON AGGREGATE theils_u("any", "any") IS
'the share of the entropy of x that y explains, from 0 to 1; NULL if that is 0; over the values of rows, of which those with a NULL are skipped; NULL if there are none';
