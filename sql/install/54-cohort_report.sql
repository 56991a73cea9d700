--
-- Columns of a query: how to read them, their histograms, and which of them
-- differ between cohorts
--
-- Not STRICT: most arguments may be NULL, which is not given. They run queries:
-- VOLATILE, and PARALLEL UNSAFE so that the plans of these may be parallel.
--

CREATE FUNCTION kldiv_edges_add(state internal, value "any", bins integer)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_edges_add'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_edges_add(internal, "any", integer) IS
'implementation of kldiv aggregates: adds a value of a column';

CREATE FUNCTION kldiv_edges_combine(state internal, other internal)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_edges_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_edges_combine(internal, internal) IS
'implementation of kldiv aggregates: adds a state';

CREATE FUNCTION kldiv_edges_serialize(state internal)
RETURNS bytea
AS 'MODULE_PATHNAME', 'kldiv_edges_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_edges_serialize(internal) IS
'implementation of kldiv aggregates: a state as bytes';

CREATE FUNCTION kldiv_edges_deserialize(bytes bytea, state internal)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_edges_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_edges_deserialize(bytea, internal) IS
'implementation of kldiv aggregates: a state from bytes';

CREATE FUNCTION kldiv_edges_final(state internal)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_edges_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_edges_final(internal) IS
'implementation of kldiv aggregates: edges of a column';

CREATE AGGREGATE kldiv_quantile_edges(value "any", bins integer) (
	SFUNC = kldiv_edges_add, STYPE = internal, SSPACE = 8192, FINALFUNC = kldiv_edges_final,
	COMBINEFUNC = kldiv_edges_combine, SERIALFUNC = kldiv_edges_serialize, DESERIALFUNC = kldiv_edges_deserialize,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE kldiv_quantile_edges("any", integer) IS
'implementation of column_edges: the least number of a column, edges at its quantiles, and the greatest; {} if its values are few, unless the number of bins is negative';

-- shares the state of histograms_agg in the same query

CREATE FUNCTION kldiv_columns_facts_final(state internal)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_columns_facts_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_columns_facts_final(internal) IS
'implementation of kldiv aggregates: what is known of columns beside their histograms';

CREATE AGGREGATE kldiv_column_facts(VARIADIC columns "any") (
	SFUNC = kldiv_columns_add, STYPE = internal, SSPACE = 8192, FINALFUNC = kldiv_columns_facts_final,
	COMBINEFUNC = kldiv_columns_combine, SERIALFUNC = kldiv_columns_serialize, DESERIALFUNC = kldiv_columns_deserialize,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE kldiv_column_facts("any") IS
'implementation of cohort_report: for each column of histograms_agg, rows with a value if these are too many, and the range of numbers in open bins';

CREATE FUNCTION column_edges(query text, bins integer DEFAULT 10, columns text[] DEFAULT NULL)
RETURNS TABLE (column_name text, kind text, edges float8[])
AS 'MODULE_PATHNAME', 'kldiv_column_edges'
LANGUAGE C VOLATILE PARALLEL UNSAFE COST 1000000 ROWS 20;

COMMENT ON FUNCTION column_edges(text, integer, text[]) IS
'how the columns of a query are read: values, numbers with edges at quantiles, months, too many values, no data; to be kept, so that other rows are read in the same way';

CREATE FUNCTION column_histograms(query text, cohort text DEFAULT NULL, edges jsonb DEFAULT NULL, columns text[] DEFAULT NULL)
RETURNS TABLE (cohort text, column_name text, kind text, h histogram)
AS 'MODULE_PATHNAME', 'kldiv_column_histograms'
LANGUAGE C VOLATILE PARALLEL UNSAFE COST 1000000 ROWS 20;

COMMENT ON FUNCTION column_histograms(text, text, jsonb, text[]) IS
'a histogram of each column of a query in each cohort, in one pass over its rows, with the label (null) for NULL; edges say how columns are read: {"name": {"kind": ..., "edges": ...}} of column_edges';

CREATE FUNCTION cohort_report(query text, cohort text, reference text DEFAULT NULL, measure text DEFAULT 'jsd', columns text[] DEFAULT NULL, bins integer DEFAULT 10, edges jsonb DEFAULT NULL, unit text DEFAULT NULL)
RETURNS TABLE (column_name text, kind text, cohort text, n bigint, n_reference bigint, null_share float8, null_share_reference float8, value float8, binned_wasserstein float8, p_value float8, adjusted_p_value float8, effect_size float8, top_label text, top_share float8, top_share_reference float8)
AS 'MODULE_PATHNAME', 'kldiv_cohort_report'
LANGUAGE C VOLATILE PARALLEL UNSAFE COST 1000000 ROWS 20;

COMMENT ON FUNCTION cohort_report(text, text, text, text, text[], integer, jsonb, text) IS
'which columns of a query differ between cohorts, whether it is more than chance, and in which value: a row for each column and cohort beside the reference, or for each column of all cohorts if there is none; unit names what is independent, if rows are not';
