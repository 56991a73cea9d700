# What the extension puts into the catalogs; its life there: install, move, dump and restore, drop.

use strict;
use warnings;

use File::Temp qw(tempdir);
use FindBin;
use lib $FindBin::Bin;

use Test::More;
use TestKldiv;

create_database('kldiv_catalog');

# The extension's functions, one a line, with what fits the condition
my $functions = "pg_proc AS f JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = f.oid"
  . " JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid"
  . " WHERE d.deptype = 'e' AND e.extname = 'kldiv'";

sub functions_with
{
	my ($condition) = @_;

	return psql_ok("SELECT f.oid::regprocedure FROM $functions AND ($condition) ORDER BY 1::text");
}

# Those that are called by the type, casts, operators and indexes only
my $behind = "(SELECT castfunc AS function FROM pg_cast UNION SELECT oprcode FROM pg_operator UNION SELECT amproc FROM pg_amproc"
  . " UNION SELECT unnest(ARRAY[typinput, typoutput, typreceive, typsend]) FROM pg_type)";

# What users get installed, and nothing else
my $tree = "$FindBin::Bin/../..";
my $version = value_of("extversion FROM pg_extension WHERE extname = 'kldiv'");
{
	my $root = tempdir(CLEANUP => 1);
	my $make = "make -s -C '$tree' PG_CONFIG='" . ($ENV{PG_CONFIG} // 'pg_config') . "' FORMER_VERSIONS= DESTDIR='$root'";
	is(system("$make install >/dev/null"), 0, 'it can be installed');
	my @files = map { chomp; $_ } `find '$root' -type f`;
	my @updates = map { s|.*/||r } glob "$tree/sql/updates/*";
	is(join(' ', sort map { s|.*/||r } @files), join(' ', sort @updates, "kldiv--$version.sql", 'kldiv.control', 'kldiv.so', (-e "$tree/kldiv_openmp.so" ? 'kldiv_openmp.so' : ())), 'what is installed');
	my ($libraries, $share) = map { chomp; $root . $_ } map { `\${PG_CONFIG:-pg_config} $_` } '--pkglibdir', '--sharedir';
	is(join(' ', grep { !m{^(?:\Q$libraries\E|\Q$share\E/extension)/[^/]*$} } @files), '', 'and where');
	is(system("$make uninstall >/dev/null") . `find '$root' -type f`, '0', 'it can be removed');
}
is(join(' ', grep { !-e "$tree/sql/$_.sql" } map { m{/\d+-(\w+)\.sql$} && $1 ne 'kldiv' ? $1 : () } glob "$tree/sql/install/*"), '', 'what is installed by a script has an SQL test of that name');

# Names, defaults and results are the interface
is(psql_ok("SELECT proname || '(' || pg_get_function_arguments(f.oid) || ') ' || pg_get_function_result(f.oid)"
		  . " FROM $functions AND prokind = 'f' AND proname !~ '^kldiv_' AND f.oid NOT IN $behind"
		  . " ORDER BY proname COLLATE \"C\", f.oid::regprocedure::text COLLATE \"C\"") . "\n",
	<<'END', 'functions, arguments and defaults');
bhattacharyya_distance(p double precision[], q double precision[]) double precision
bhattacharyya_distance(p histogram, q histogram) double precision
bin_label(value double precision, edges double precision[]) text
bin_label(value real, edges double precision[]) text
chi_square_critical_value(level double precision, df double precision) double precision
chi_square_divergence(p double precision[], q double precision[]) double precision
chi_square_divergence(p histogram, q histogram) double precision
chi_square_p_value(statistic double precision, df double precision) double precision
cohort_report(query text, cohort text, reference text DEFAULT NULL::text, measure text DEFAULT 'jsd'::text, columns text[] DEFAULT NULL::text[], bins integer DEFAULT 10, edges jsonb DEFAULT NULL::jsonb, unit text DEFAULT NULL::text) TABLE(column_name text, kind text, cohort text, n bigint, n_reference bigint, null_share double precision, null_share_reference double precision, value double precision, binned_wasserstein double precision, p_value double precision, adjusted_p_value double precision, effect_size double precision, top_label text, top_share double precision, top_share_reference double precision)
column_edges(query text, bins integer DEFAULT 10, columns text[] DEFAULT NULL::text[]) TABLE(column_name text, kind text, edges double precision[])
column_histograms(query text, cohort text DEFAULT NULL::text, edges jsonb DEFAULT NULL::jsonb, columns text[] DEFAULT NULL::text[]) TABLE(cohort text, column_name text, kind text, h histogram)
conditional_entropy(joint double precision[], base double precision DEFAULT 2.718281828459045) double precision
conditional_entropy(joint histogram, base double precision DEFAULT 2.718281828459045) double precision
cross_entropy(p double precision[], q double precision[], base double precision DEFAULT 2.718281828459045, pseudocount double precision DEFAULT 0) double precision
cross_entropy(p histogram, q histogram, base double precision DEFAULT 2.718281828459045, pseudocount double precision DEFAULT 0) double precision
detectable_divergence(bins bigint, n_p double precision, n_q double precision, measure text DEFAULT 'psi'::text, level double precision DEFAULT 0.05, power double precision DEFAULT 0.8, alpha double precision DEFAULT NULL::double precision) double precision
differential_entropy(x double precision[], method text DEFAULT 'auto'::text, window_length integer DEFAULT NULL::integer, base double precision DEFAULT 2.718281828459045) double precision
divergence_contributions(p double precision[], q double precision[], measure text DEFAULT 'jsd'::text, base double precision DEFAULT NULL::double precision, pseudocount double precision DEFAULT NULL::double precision, empty double precision DEFAULT NULL::double precision) TABLE(label integer, p double precision, q double precision, contribution double precision, share double precision)
divergence_contributions(p histogram, q histogram, measure text DEFAULT 'jsd'::text, base double precision DEFAULT NULL::double precision, pseudocount double precision DEFAULT NULL::double precision, empty double precision DEFAULT NULL::double precision) TABLE(label text, p double precision, q double precision, contribution double precision, share double precision)
divergence_critical_value(bins bigint, n_p double precision, n_q double precision, measure text DEFAULT 'psi'::text, level double precision DEFAULT 0.05, alpha double precision DEFAULT NULL::double precision) double precision
divergence_matrix(distributions double precision[], measure text DEFAULT 'jsd'::text, alpha double precision DEFAULT NULL::double precision, base double precision DEFAULT NULL::double precision, pseudocount double precision DEFAULT NULL::double precision, empty double precision DEFAULT NULL::double precision) double precision[]
divergence_matrix(distributions histogram[], measure text DEFAULT 'jsd'::text, alpha double precision DEFAULT NULL::double precision, base double precision DEFAULT NULL::double precision, pseudocount double precision DEFAULT NULL::double precision, empty double precision DEFAULT NULL::double precision) double precision[]
divergence_measures() TABLE(name text, kind text, arguments text, "symmetric" boolean, metric boolean, additive boolean, unit text, range text, rows text, description text)
divergence_pairs(ids anyarray, distributions double precision[], measure text DEFAULT 'jsd'::text, top integer DEFAULT NULL::integer, within double precision DEFAULT NULL::double precision, farthest boolean DEFAULT false, alpha double precision DEFAULT NULL::double precision, base double precision DEFAULT NULL::double precision, pseudocount double precision DEFAULT NULL::double precision, empty double precision DEFAULT NULL::double precision) TABLE(a anyelement, b anyelement, divergence double precision)
divergence_pairs(ids anyarray, distributions histogram[], measure text DEFAULT 'jsd'::text, top integer DEFAULT NULL::integer, within double precision DEFAULT NULL::double precision, farthest boolean DEFAULT false, alpha double precision DEFAULT NULL::double precision, base double precision DEFAULT NULL::double precision, pseudocount double precision DEFAULT NULL::double precision, empty double precision DEFAULT NULL::double precision) TABLE(a anyelement, b anyelement, divergence double precision)
energy_distance(p double precision[], q double precision[], positions double precision[]) double precision
energy_distance(p histogram, q histogram) double precision
entropy(p double precision[], base double precision DEFAULT 2.718281828459045) double precision
entropy(p histogram, base double precision DEFAULT 2.718281828459045) double precision
entropy_estimate(p double precision[], estimator text DEFAULT 'chao_wang_jost'::text, base double precision DEFAULT 2.718281828459045) double precision
entropy_estimate(p histogram, estimator text DEFAULT 'chao_wang_jost'::text, base double precision DEFAULT 2.718281828459045) double precision
gaussian_hellinger_distance(mean_p double precision, stddev_p double precision, mean_q double precision, stddev_q double precision) double precision
gaussian_hellinger_distance(mean_p double precision[], stddev_p double precision[], mean_q double precision[], stddev_q double precision[]) double precision
gaussian_kl_divergence(mean_p double precision, stddev_p double precision, mean_q double precision, stddev_q double precision, base double precision DEFAULT 2.718281828459045) double precision
gaussian_kl_divergence(mean_p double precision[], stddev_p double precision[], mean_q double precision[], stddev_q double precision[], base double precision DEFAULT 2.718281828459045) double precision
gaussian_renyi(mean_p double precision, stddev_p double precision, mean_q double precision, stddev_q double precision, alpha double precision, base double precision DEFAULT 2.718281828459045) double precision
gaussian_renyi(mean_p double precision[], stddev_p double precision[], mean_q double precision[], stddev_q double precision[], alpha double precision, base double precision DEFAULT 2.718281828459045) double precision
gaussian_wasserstein_distance(mean_p double precision, stddev_p double precision, mean_q double precision, stddev_q double precision) double precision
gaussian_wasserstein_distance(mean_p double precision[], stddev_p double precision[], mean_q double precision[], stddev_q double precision[]) double precision
generalized_jsd(distributions double precision[], weights double precision[] DEFAULT NULL::double precision[], base double precision DEFAULT 2.718281828459045) double precision
generalized_jsd(distributions histogram[], weights double precision[] DEFAULT NULL::double precision[], base double precision DEFAULT 2.718281828459045) double precision
goodness_of_fit_test(p double precision[], q double precision[], statistic text DEFAULT 'chi_square'::text, replicates integer DEFAULT 0, seed bigint DEFAULT 0, n_p double precision DEFAULT NULL::double precision, min_expected double precision DEFAULT 0) kldiv_test
goodness_of_fit_test(p histogram, q histogram, statistic text DEFAULT 'chi_square'::text, replicates integer DEFAULT 0, seed bigint DEFAULT 0, n_p double precision DEFAULT NULL::double precision, min_expected double precision DEFAULT 0) kldiv_test
hellinger_distance(p double precision[], q double precision[]) double precision
hellinger_distance(p histogram, q histogram) double precision
hellinger_embedding(p double precision[]) double precision[]
hellinger_embeddings(distributions histogram[]) double precision[]
histogram(labels text[], weights double precision[]) histogram
histogram_bars(p histogram, q histogram, width integer DEFAULT 40) SETOF text
histogram_bars(h histogram, width integer DEFAULT 40) SETOF text
histogram_bin_count(h histogram) integer
histogram_bins(h histogram) TABLE(label text, weight double precision)
histogram_edges(h histogram) double precision[]
histogram_keep(h histogram, labels text[], other text DEFAULT '(other)'::text) histogram
histogram_labels(h histogram) text[]
histogram_quantile(h histogram, fraction double precision) double precision
histogram_quantiles(h histogram, fractions double precision[]) double precision[]
histogram_rebin(h histogram, edges double precision[]) histogram
histogram_top(h histogram, k integer, other text DEFAULT '(other)'::text) histogram
histogram_total(h histogram) double precision
histogram_trim(h histogram) histogram
histogram_weight(h histogram, label text) double precision
histogram_weights(h histogram) double precision[]
homogeneity_test(p double precision[], q double precision[], statistic text DEFAULT 'chi_square'::text, replicates integer DEFAULT 0, seed bigint DEFAULT 0, n_p double precision DEFAULT NULL::double precision, n_q double precision DEFAULT NULL::double precision, min_expected double precision DEFAULT 0) kldiv_test
homogeneity_test(p histogram, q histogram, statistic text DEFAULT 'chi_square'::text, replicates integer DEFAULT 0, seed bigint DEFAULT 0, n_p double precision DEFAULT NULL::double precision, n_q double precision DEFAULT NULL::double precision, min_expected double precision DEFAULT 0) kldiv_test
homogeneity_test(samples histogram[], statistic text DEFAULT 'chi_square'::text, replicates integer DEFAULT 0, seed bigint DEFAULT 0, min_expected double precision DEFAULT 0) kldiv_test
independence_test(joint double precision[], statistic text DEFAULT 'chi_square'::text, replicates integer DEFAULT 0, seed bigint DEFAULT 0, min_expected double precision DEFAULT 0) kldiv_test
independence_test(joint histogram, statistic text DEFAULT 'chi_square'::text, replicates integer DEFAULT 0, seed bigint DEFAULT 0, min_expected double precision DEFAULT 0) kldiv_test
is_distribution(p double precision[], tolerance double precision DEFAULT 0.000001) boolean
jeffreys_divergence(p double precision[], q double precision[], base double precision DEFAULT 2.718281828459045, pseudocount double precision DEFAULT 0) double precision
jeffreys_divergence(p histogram, q histogram, base double precision DEFAULT 2.718281828459045, pseudocount double precision DEFAULT 0) double precision
js_distance(p double precision[], q double precision[], base double precision DEFAULT 2.718281828459045, pseudocount double precision DEFAULT 0) double precision
js_distance(p histogram, q histogram, base double precision DEFAULT 2.718281828459045, pseudocount double precision DEFAULT 0) double precision
jsd(p double precision[], q double precision[], base double precision DEFAULT 2.718281828459045, pseudocount double precision DEFAULT 0) double precision
jsd(p histogram, q histogram, base double precision DEFAULT 2.718281828459045, pseudocount double precision DEFAULT 0) double precision
kl_divergence(p double precision[], q double precision[], base double precision DEFAULT 2.718281828459045, pseudocount double precision DEFAULT 0) double precision
kl_divergence(p histogram, q histogram, base double precision DEFAULT 2.718281828459045, pseudocount double precision DEFAULT 0) double precision
knn_kl_divergence(x double precision[], y double precision[], k integer DEFAULT 5, base double precision DEFAULT 2.718281828459045) double precision
ks_p_value(statistic double precision, n_p double precision, n_q double precision) double precision
ks_statistic(p double precision[], q double precision[], positions double precision[]) double precision
ks_statistic(p histogram, q histogram) double precision
l_infinity(p double precision[], q double precision[]) double precision
l_infinity(p histogram, q histogram) double precision
log_bin_label(value double precision, digits integer DEFAULT 2) text
logprobs_to_histogram(logprobs jsonb, other text DEFAULT '(other)'::text) histogram
logsumexp(x double precision[]) double precision
multivariate_gaussian_kl_divergence(mean_p double precision[], covariance_p double precision[], mean_q double precision[], covariance_q double precision[], base double precision DEFAULT 2.718281828459045) double precision
mutual_information(joint double precision[], base double precision DEFAULT 2.718281828459045) double precision
mutual_information(joint histogram, base double precision DEFAULT 2.718281828459045) double precision
normalized_mutual_information(joint double precision[]) double precision
normalized_mutual_information(joint histogram) double precision
p_adjust(p_values double precision[], method text DEFAULT 'benjamini_hochberg'::text) double precision[]
perplexity(p double precision[]) double precision
perplexity(p histogram) double precision
poisson_kl_divergence(rate_p double precision, rate_q double precision, base double precision DEFAULT 2.718281828459045) double precision
product_of_margins(joint double precision[]) double precision[]
product_of_margins(joint histogram) histogram
psi(p double precision[], q double precision[], empty double precision DEFAULT 0.0001) double precision
psi(p histogram, q histogram, empty double precision DEFAULT 0.0001) double precision
renyi(p double precision[], q double precision[], alpha double precision, base double precision DEFAULT 2.718281828459045, pseudocount double precision DEFAULT 0) double precision
renyi(p histogram, q histogram, alpha double precision, base double precision DEFAULT 2.718281828459045, pseudocount double precision DEFAULT 0) double precision
renyi_entropy(p double precision[], alpha double precision, base double precision DEFAULT 2.718281828459045) double precision
renyi_entropy(p histogram, alpha double precision, base double precision DEFAULT 2.718281828459045) double precision
sample_energy_distance(x double precision[], y double precision[], x_weights double precision[] DEFAULT NULL::double precision[], y_weights double precision[] DEFAULT NULL::double precision[]) double precision
sample_ks_statistic(x double precision[], y double precision[], x_weights double precision[] DEFAULT NULL::double precision[], y_weights double precision[] DEFAULT NULL::double precision[]) double precision
sample_wasserstein_distance(x double precision[], y double precision[], x_weights double precision[] DEFAULT NULL::double precision[], y_weights double precision[] DEFAULT NULL::double precision[]) double precision
sampled_kl_divergence(logprob double precision, ref_logprob double precision, estimator text DEFAULT 'k3'::text) double precision
sampled_kl_divergence(logprob double precision[], ref_logprob double precision[], estimator text DEFAULT 'k3'::text) double precision
sequential_test(p double precision[], q double precision[], concentration double precision DEFAULT NULL::double precision, ratio double precision DEFAULT NULL::double precision) kldiv_evidence
sequential_test(p histogram, q histogram, concentration double precision DEFAULT NULL::double precision, ratio double precision DEFAULT NULL::double precision) kldiv_evidence
softmax(logits double precision[], temperature double precision DEFAULT 1) double precision[]
softmax_cross_entropy(label bigint, logits double precision[], temperature double precision DEFAULT 1, base double precision DEFAULT 2.718281828459045) double precision
softmax_cross_entropy(p double precision[], logits double precision[], temperature double precision DEFAULT 1, base double precision DEFAULT 2.718281828459045) double precision
softmax_entropy(logits double precision[], temperature double precision DEFAULT 1, base double precision DEFAULT 2.718281828459045) double precision
softmax_kl_divergence(p double precision[], q double precision[], temperature double precision DEFAULT 1, base double precision DEFAULT 2.718281828459045) double precision
standardized_residuals(p double precision[], q double precision[]) TABLE(label integer, p double precision, q double precision, expected double precision, residual double precision, p_value double precision)
standardized_residuals(p histogram, q histogram) TABLE(label text, p double precision, q double precision, expected double precision, residual double precision, p_value double precision)
theils_u(joint double precision[]) double precision
theils_u(joint histogram) double precision
to_distribution(weights double precision[], pseudocount double precision DEFAULT 0) double precision[]
to_distribution(h histogram, pseudocount double precision DEFAULT 0) histogram
total_variation(p double precision[], q double precision[]) double precision
total_variation(p histogram, q histogram) double precision
vae_kl_divergence(mu double precision, log_var double precision, base double precision DEFAULT 2.718281828459045) double precision
vae_kl_divergence(mu double precision[], log_var double precision[], base double precision DEFAULT 2.718281828459045) double precision
wasserstein_distance(p double precision[], q double precision[], positions double precision[]) double precision
wasserstein_distance(p histogram, q histogram) double precision
width_bin_label(value double precision, width double precision, origin double precision DEFAULT 0) text
END

is(psql_ok("SELECT proname || '(' || pg_get_function_arguments(f.oid) || ') ' || pg_get_function_result(f.oid) FROM $functions AND prokind = 'w'"),
	"p_adjust(p_value double precision, method text DEFAULT 'benjamini_hochberg'::text) double precision", 'window functions');

is(psql_ok("SELECT proname || '(' || pg_get_function_arguments(f.oid) || ') ' || pg_get_function_result(f.oid)"
		  . " FROM $functions AND prokind = 'a' ORDER BY proname COLLATE \"C\", pronargs, f.oid::regprocedure::text COLLATE \"C\"") . "\n",
	<<'END', 'aggregates');
avg(h histogram) histogram
bhattacharyya_distance(p double precision, q double precision) double precision
binned_histogram_agg(value double precision, edges double precision[]) histogram
binned_histogram_agg(value real, edges double precision[]) histogram
calibration_divergence(outcome boolean, predicted double precision, bins integer) double precision
chi_square_divergence(p double precision, q double precision) double precision
conditional_entropy(x "any", y "any") double precision
cross_entropy(p double precision, q double precision) double precision
energy_distance(p double precision, q double precision, x double precision) double precision
entropy(p double precision) double precision
expected_calibration_error(outcome boolean, predicted double precision, bins integer) double precision
goodness_of_fit_test(p double precision, q double precision) kldiv_test
hellinger_distance(p double precision, q double precision) double precision
histogram_agg(value anyelement) histogram
histogram_agg(value anyelement, weight double precision) histogram
histograms_agg(VARIADIC columns "any") histogram[]
homogeneity_test(p double precision, q double precision) kldiv_test
jeffreys_divergence(p double precision, q double precision) double precision
js_distance(p double precision, q double precision) double precision
jsd(p double precision, q double precision) double precision
kl_divergence(p double precision, q double precision) double precision
kldiv_column_facts(VARIADIC columns "any") double precision[]
kldiv_quantile_edges(value "any", bins integer) double precision[]
ks_statistic(p double precision, q double precision, x double precision) double precision
l_infinity(p double precision, q double precision) double precision
log_loss(outcome boolean, predicted double precision) double precision
logsumexp(logit double precision) double precision
mutual_information(x "any", y "any") double precision
normalized_mutual_information(x "any", y "any") double precision
perplexity(p double precision) double precision
psi(p double precision, q double precision) double precision
renyi(p double precision, q double precision, alpha double precision) double precision
renyi_entropy(p double precision, alpha double precision) double precision
sum(h histogram) histogram
text_histogram_agg(value text) histogram
theils_u(x "any", y "any") double precision
total_variation(p double precision, q double precision) double precision
wasserstein_distance(p double precision, q double precision, x double precision) double precision
END

# What the planner calls is named by the functions that it is for
my $supports = "f.oid IN (SELECT prosupport FROM pg_proc)";
is(functions_with("proname ~ '_support\$' OR $supports"), "kldiv_divergence_pairs_support(internal)\nkldiv_real_support(internal)", 'functions for the planner');
my $has_twin = "f.oid IN (SELECT oid FROM pg_proc WHERE prosupport = (SELECT oid FROM pg_proc WHERE proname = 'kldiv_real_support'))";
is(functions_with("(prosupport <> 0 AND NOT ($has_twin)) <> (proname = 'divergence_pairs')"), '', 'and what they are for');

# Twins for real[] are called by the planner only; sql/real_arrays.sql compares them with what they are twins of
my $is_twin = "(proname ~ '^kldiv_.*_real\$')";
is(functions_with("$is_twin AND coalesce(obj_description(f.oid, 'pg_proc'), '') <> format('implementation of %s over real[]', substring(proname FROM '^kldiv_(.*)_real\$'))"), '', 'twins have such a comment');
is(functions_with("($has_twin) <> ('float8[]'::regtype = ANY (proargtypes::oid[]) AND prokind = 'f' AND NOT proretset AND proisstrict AND proname !~ '^kldiv_' AND proname NOT IN ('histogram', 'bin_label', 'histogram_rebin', 'histogram_quantiles'))"), '',
	'all strict functions over arrays have one');
is(functions_with("$supports AND obj_description(f.oid, 'pg_proc') !~ '^planner support of '"), '', 'have such a comment');

# What else is neither called by users nor behind the type serves aggregates, and says so
my $serves = "(proname ~ '^kldiv_' AND prokind = 'f' AND NOT ($supports) AND NOT $is_twin)";
my $adds = "$serves AND proname ~ '_(transition|combine|add|add_value|move_in|move_in_value|move_out|move_out_value)\$'";
my $carries = "$serves AND proname ~ '_(serialize|deserialize)\$'";
my $ends = "$serves AND proname ~ '_final\$'";
is(functions_with("$serves AND NOT ($adds) AND NOT ($carries) AND NOT ($ends)"), '', 'functions that serve these add, carry or end');
is(functions_with("$serves AND coalesce(obj_description(f.oid, 'pg_proc'), '') !~ '^implementation of kldiv aggregates: '"), '', 'and have such a comment');
is(functions_with("$serves AND NOT EXISTS (SELECT FROM pg_aggregate AS a WHERE f.oid IN (aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn, aggmtransfn, aggminvtransfn, aggmfinalfn))"), '',
	'each does serve one');

# the client's encoding is a setting
my $queries = "proname IN ('cohort_report', 'column_edges', 'column_histograms')";
is(functions_with("provolatile <> 'i' AND NOT ($queries)"), "histogram_recv(internal)\nhistogram_send(histogram)", 'all are immutable, but for what depends on the client');
is(functions_with("proparallel <> 's' AND NOT ($queries)"), '', 'all are parallel safe');
is(functions_with("$queries AND (provolatile <> 'v' OR proparallel <> 'u')"), '', 'but for those that run queries, so that these may be parallel');
my $compares_many = "proname IN ('divergence_matrix', 'divergence_pairs')";
my $has_options = "proname IN ('divergence_contributions', 'divergence_critical_value', 'detectable_divergence', 'entropy_estimate', 'sequential_test', 'p_adjust', 'homogeneity_test', 'independence_test', 'goodness_of_fit_test', 'sample_wasserstein_distance', 'sample_energy_distance', 'sample_ks_statistic', 'differential_entropy', 'generalized_jsd')";
my $knows_null = "($compares_many OR $has_options OR $queries OR proname IN ('bin_label', 'width_bin_label', 'log_bin_label', 'histogram_top', 'histogram_keep', 'logprobs_to_histogram'))";
is(functions_with("NOT proisstrict AND prokind = 'f' AND NOT ($adds) AND NOT ($knows_null)"), '', 'all are strict, unless NULL is a bin, a state or not given');
is(functions_with("proisstrict AND (prokind = 'a' OR $adds OR $knows_null)"), '', 'when none is');
my $is_number = "proname IN ('chi_square_p_value', 'chi_square_critical_value', 'divergence_critical_value', 'detectable_divergence') OR prokind = 'w'";
my $is_cheap = "$adds OR $carries OR $is_number OR proname ~ '(^|_)bin_label\$'";
my $is_closed = "(proname ~ '^(gaussian|vae|poisson|sampled)_' AND proargtypes[0] = 'float8'::regtype)";
is(functions_with("procost <> 100 AND prokind = 'f' AND NOT ($is_cheap) AND NOT ($is_closed) AND NOT ($compares_many) AND NOT ($queries)"), '', 'all have a cost of 100');
is(functions_with("procost <> 5 AND $is_closed"), '', 'but of 5 if they are formulas of a few numbers');
is(functions_with("procost < 10000 AND ($compares_many OR $queries)"), '', 'but of more if they compare many');
is(functions_with("procost <> 1 AND ($is_cheap)"), '', 'but of 1 if they add, are for raw rows or of a few numbers');
is(functions_with('proleakproof'), '', 'none is leakproof');
is(functions_with('prosecdef'), '', 'none is a security definer');
is(functions_with("prokind = 'f' AND prolang <> (SELECT oid FROM pg_language WHERE lanname = 'c')"), '', 'all are in C');
is(functions_with("prokind = 'f' AND (coalesce(prosrc, '') !~ '^kldiv_' OR coalesce(probin, '') !~ 'kldiv\$')"), '', 'of our library');
my $returns_rows = "proname IN ('histogram_bins', 'histogram_bars', 'divergence_contributions', 'divergence_pairs', 'divergence_measures', 'standardized_residuals') OR $queries";
is(functions_with("proretset <> ($returns_rows) OR prorows <> CASE WHEN NOT proretset THEN 0 WHEN $compares_many THEN 1000 WHEN proname = 'histogram_bars' AND pronargs = 3 THEN 100 WHEN proname = 'divergence_measures' THEN 15 WHEN $queries THEN 20 ELSE 50 END"), '',
	'those that return rows say how many');
is(functions_with("provariadic <> 0 AND proname NOT IN ('histograms_agg', 'kldiv_column_facts', 'kldiv_columns_add') OR proconfig IS NOT NULL OR proacl IS NOT NULL"), '',
	'none has anything unusual');
is(functions_with("(coalesce(cardinality(proargnames), 0) < pronargs OR '' = ANY (proargnames)) AND f.oid NOT IN $behind"), '', 'all arguments have names');
is(functions_with("coalesce(obj_description(f.oid, 'pg_proc'), '') = ''"), '', 'all have comments');
is(psql_ok("SELECT prosrc FROM $functions AND prokind = 'f' AND prosrc !~ '^kldiv_histogram_(add|move_in|move_out)_value\$' GROUP BY prosrc HAVING count(*) > 1"), '',
	'no two are the same C function, unless a weight is all the difference');
is(psql_ok("SELECT classid::regclass::text, count(*) FROM pg_depend WHERE deptype = 'e' AND classid <> 'pg_proc'::regclass"
		  # PostgreSQL 17 and later count the type of its arrays
		  . " AND NOT (classid = 'pg_type'::regclass AND objid IN (SELECT typarray FROM pg_type))"
		  . " AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'kldiv') GROUP BY 1 ORDER BY 1"),
	"pg_cast|4\npg_opclass|2\npg_operator|12\npg_opfamily|2\npg_type|3", 'and there is nothing else but a type with casts and operators, and types of rows');
isnt(value_of("coalesce(obj_description(oid, 'pg_extension'), '') FROM pg_extension WHERE extname = 'kldiv'"), '',
	'the extension has a comment');
is(value_of("count(*) FROM pg_depend WHERE classid = 'pg_extension'::regclass AND deptype = 'n'"
		  . " AND objid = (SELECT oid FROM pg_extension WHERE extname = 'kldiv') AND refclassid <> 'pg_namespace'::regclass"), 0,
	'it depends on no other extension');

# So do the operators, by what the planner is told of them
sub operators_with
{
	my ($condition) = @_;

	return psql_ok("SELECT o.oid::regoperator FROM pg_operator AS o JOIN pg_depend AS d ON d.classid = 'pg_operator'::regclass AND d.objid = o.oid AND d.deptype = 'e'"
		  . " WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'kldiv') AND (($condition) IS NOT FALSE) ORDER BY 1::text");
}
is(operators_with("coalesce(obj_description(o.oid, 'pg_operator'), '') = '' OR obj_description(oprcode, 'pg_proc') NOT LIKE 'implementation of an operator: %'"), '', 'operators have comments');
is(operators_with("(oprcom <> 0) <> (oprname NOT IN ('-', '/', '->')) OR oprcom <> 0 AND NOT EXISTS (SELECT FROM pg_operator AS c WHERE c.oid = o.oprcom AND c.oprcom = o.oid AND c.oprcode <> 0)"), '',
	'and commutators, unless the sides differ');
is(operators_with("oprresult = 'boolean'::regtype AND (oprnegate = 0 OR oprrest = 0 OR oprjoin = 0 OR NOT EXISTS (SELECT FROM pg_operator AS n WHERE n.oid = o.oprnegate AND n.oprnegate = o.oid AND n.oprcode <> 0))"), '',
	'comparisons have negators and estimates');
is(operators_with("(oprcanhash AND oprcanmerge) <> (oprname = '=')"), '', 'equality hashes and merges');

# The aggregates fit together, as opr_sanity wants of PostgreSQL's own
my $aggregates = "$functions AND prokind = 'a'" =~ s/pg_proc AS f/pg_proc AS f JOIN pg_aggregate AS a ON a.aggfnoid = f.oid LEFT JOIN pg_proc AS t ON t.oid = aggtransfn/r
  =~ s/JOIN pg_depend/LEFT JOIN pg_proc AS c ON c.oid = aggcombinefn LEFT JOIN pg_proc AS z ON z.oid = aggfinalfn LEFT JOIN pg_proc AS s ON s.oid = aggserialfn LEFT JOIN pg_proc AS u ON u.oid = aggdeserialfn JOIN pg_depend/r;

sub aggregates_with
{
	my ($condition) = @_;

	return psql_ok("SELECT f.oid::regprocedure FROM " . $aggregates =~ s/\b(proname|prokind)\b/f.$1/gr . " AND (($condition) IS NOT FALSE) ORDER BY 1::text");
}
is(scalar(split /\n/, aggregates_with('true')), 38, 'there are aggregates');
my $makes_histograms = "f.prorettype = 'histogram'::regtype";
is(aggregates_with("aggkind <> 'n' OR aggnumdirectargs <> 0 OR aggsortop <> 0 OR aggfinalextra OR agginitval IS NOT NULL"), '', 'all are plain ones');
is(aggregates_with("(aggmtransfn <> 0) <> ($makes_histograms OR f.proargnames[1] = 'outcome')"), '', 'those that make histograms, or look at outcomes, know moving frames');
is(aggregates_with("aggmtransfn <> 0 AND f.proname NOT IN ('avg', 'text_histogram_agg') AND (aggmtranstype <> aggtranstype OR aggmfinalfn <> aggfinalfn OR aggmfinalextra OR aggminitval IS NOT NULL OR aggmtransspace <> aggtransspace OR"
		  . " (SELECT count(*) FROM pg_proc AS m WHERE m.oid IN (aggmtransfn, aggminvtransfn) AND m.proargtypes = t.proargtypes AND m.prorettype = t.prorettype AND NOT m.proisstrict) <> 2)"), '',
	'by functions of the same shape, but those whose state is a value');
is(psql_ok("SELECT m.aggmtransfn = s.aggmtransfn AND m.aggminvtransfn = s.aggminvtransfn AND m.aggmtranstype = s.aggmtranstype FROM pg_aggregate AS m, pg_aggregate AS s WHERE m.aggfnoid = 'avg(histogram)'::regprocedure AND s.aggfnoid = 'sum(histogram)'::regprocedure"), 't', 'by which it is a sum');
is(aggregates_with("aggfinalmodify <> 'r' OR aggmfinalmodify <> 'r'"), '', 'whose final functions leave the state as it is');
is(aggregates_with("t.prorettype <> aggtranstype OR t.pronargs <> f.pronargs + 1 OR t.proretset OR t.proargtypes[0] <> aggtranstype OR"
		  . " t.proargtypes::text <> aggtranstype::oid || ' ' || f.proargtypes::text"), '', 'transitions take the state and the arguments');
is(aggregates_with("t.proargnames[2:] <> f.proargnames"), '', 'by the same names');
is(aggregates_with("z.prorettype <> f.prorettype OR z.pronargs <> 1 OR z.proargtypes[0] <> aggtranstype OR NOT z.proisstrict"), '', 'final functions take the state');
is(aggregates_with("z.prosrc <> 'kldiv_' || CASE WHEN f.proname = 'avg' THEN 'average' WHEN f.proname = 'text_histogram_agg' THEN 'text_histogram' WHEN f.proname = 'binned_histogram_agg' THEN 'binned' WHEN f.proname = 'histograms_agg' THEN 'columns' WHEN f.proname = 'kldiv_column_facts' THEN 'columns_facts' WHEN f.proname = 'kldiv_quantile_edges' THEN 'edges' WHEN $makes_histograms THEN 'histogram' ELSE f.proname END || '_final' OR z.proname <> z.prosrc"), '', 'and are those of the measure');
is(aggregates_with("c.prorettype <> aggtranstype OR c.pronargs <> 2 OR c.proargtypes[0] <> aggtranstype OR c.proargtypes[1] <> aggtranstype OR c.proisstrict"), '',
	'combinations take two states');
is(aggregates_with("aggtranstype NOT IN ('internal'::regtype, 'float8[]'::regtype) AND (f.proname, aggtranstype) NOT IN (('avg', 'bytea'::regtype), ('text_histogram_agg', 'histogram'::regtype))"), '', 'states are arrays or internal, or values that Citus can send');
is(aggregates_with("(aggtranstype = 'internal'::regtype) <> (aggserialfn <> 0 AND aggdeserialfn <> 0) OR (aggserialfn <> 0) <> (aggdeserialfn <> 0)"), '',
	'those that are internal can be sent');
is(aggregates_with("aggserialfn <> 0 AND (s.prorettype <> 'bytea'::regtype OR s.pronargs <> 1 OR s.proargtypes[0] <> 'internal'::regtype OR NOT s.proisstrict OR"
		  . " u.prorettype <> 'internal'::regtype OR u.pronargs <> 2 OR u.proargtypes[0] <> 'bytea'::regtype OR u.proargtypes[1] <> 'internal'::regtype OR NOT u.proisstrict)"), '',
	'and received');
is(aggregates_with("aggtransspace <= 0 OR aggtransspace > CASE aggtranstype WHEN 'float8[]'::regtype THEN 512 ELSE 100000 END"), '', 'all say how much space they take');
is(aggregates_with("f.proparallel <> 's' OR f.provolatile <> 'i' OR f.proisstrict OR f.prosecdef OR f.proleakproof"), '', 'all are parallel safe and immutable');
is(psql_ok("SELECT f.oid::regprocedure FROM $functions AND prokind = 'f' AND 'internal'::regtype = prorettype AND NOT 'internal'::regtype = ANY (proargtypes::oid[])"), '',
	'nothing makes internal values out of others');
is(psql_ok("SELECT f.proname FROM $functions AND prokind = 'a' GROUP BY 1 HAVING count(DISTINCT pronargs) > 1"), 'histogram_agg', 'no name has two arities, but for weights');

# A user without privileges, but for making objects in this database
psql_ok(<<'END');
DROP EXTENSION kldiv;
DROP ROLE IF EXISTS kldiv_plain;
CREATE ROLE kldiv_plain;
GRANT CREATE ON DATABASE kldiv_catalog TO kldiv_plain;
END
my $as_plain = 'SET SESSION AUTHORIZATION kldiv_plain;';
psql_ok("$as_plain CREATE SCHEMA one; CREATE SCHEMA two; CREATE EXTENSION kldiv SCHEMA one");
is(value_of("extowner::regrole FROM pg_extension WHERE extname = 'kldiv'"), 'kldiv_plain', 'a plain role can install it');
is(psql_ok("$as_plain SELECT one.total_variation(ARRAY[1,3], ARRAY[1,1])"), '0.25', 'into a schema of its own');
psql_ok('ALTER EXTENSION kldiv SET SCHEMA two');
is(psql_ok("$as_plain SELECT two.total_variation(ARRAY[1,3], ARRAY[1,1])"), '0.25', 'from where it can be moved');
is(psql_ok("$as_plain SELECT two.total_variation(p, 1), two.renyi(p, p, 3) FROM (VALUES (1), (3)) AS rows (p)"), '0.25|0', 'with its aggregates');
psql_ok("$as_plain DROP EXTENSION kldiv; DROP SCHEMA one; DROP SCHEMA two");

# Schemas of somebody who would like to be called instead
my $trap = <<'END';
DO $$
DECLARE
	name text;
BEGIN
	FOREACH name IN ARRAY '{abs,sqrt,float8,sum,ln,array_length}'::text[] LOOP
		EXECUTE format('CREATE FUNCTION hostile.%I(float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS %L', name, 'SELECT -666.0::float8');
	END LOOP;
	-- what aggregates are made of: none of these would be taken for ours, whose types are others
	FOREACH name IN ARRAY '{kldiv_entropy_transition,kldiv_relative_transition,kldiv_rows_combine,kldiv_kl_divergence_final,kldiv_entropy_final}'::text[] LOOP
		EXECUTE format('CREATE FUNCTION hostile.%I(VARIADIC "any") RETURNS float8 LANGUAGE internal AS %L', name, 'pg_num_nulls');
		EXECUTE format('CREATE FUNCTION hostile.%I(anyarray, float8, float8) RETURNS anyarray LANGUAGE sql IMMUTABLE AS %L', name, 'SELECT $1');
		EXECUTE format('CREATE FUNCTION hostile.%I(anyarray) RETURNS float8 LANGUAGE sql IMMUTABLE AS %L', name, 'SELECT -666.0::float8');
	END LOOP;
	FOREACH name IN ARRAY '{+,-,*,/,<,>,=}'::text[] LOOP
		EXECUTE format('CREATE FUNCTION hostile.%I(a float8, b float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS %L', name, 'SELECT -666.0::float8');
		EXECUTE format('CREATE OPERATOR hostile.%s (FUNCTION = hostile.%I, LEFTARG = float8, RIGHTARG = float8)', name, name);
	END LOOP;
	CREATE DOMAIN hostile.float8 AS text;
	CREATE DOMAIN hostile."boolean" AS text;
	CREATE DOMAIN hostile.bytea AS text;
	CREATE DOMAIN hostile.jsonb AS text;
	CREATE DOMAIN hostile."integer" AS text;
	CREATE DOMAIN hostile.anyelement AS text;
	CREATE DOMAIN hostile.internal AS text;
END $$;
END
psql_ok("CREATE SCHEMA hostile; $trap CREATE EXTENSION kldiv SCHEMA public");
is(functions_with("proargtypes::text ~ ('hostile.float8'::regtype::oid)::text OR prorettype = 'hostile.boolean'::regtype"),
	'', 'hostile types are not used');
my $of_rows = 'SELECT round(kl_divergence(p, 1)::numeric, 4), total_variation(p, 1), round(entropy(p)::numeric, 4), renyi(p, p, 2) FROM (VALUES (1), (3)) AS rows (p)';
is(psql_ok("SET search_path = public; $of_rows"), '0.1308|0.25|0.5623|0', 'aggregates work beside hostile functions');
is(psql_ok("SET search_path = hostile, pg_catalog, public; $of_rows"), '0.1308|0.25|0.5623|0', 'and in front of them');
is(psql_ok('SET search_path = hostile, pg_catalog, public;'
		  . 'SELECT total_variation(ARRAY[1,3], ARRAY[1,1]), psi(ARRAY[1,1], ARRAY[1,1]), softmax(ARRAY[7,7]), is_distribution(ARRAY[1])'),
	'0.25|0|{0.5,0.5}|t', 'nor hostile functions and operators');
psql_ok('DROP EXTENSION kldiv');
my $fits = "SELECT a.aggfnoid::regprocedure FROM pg_aggregate AS a JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = a.aggfnoid AND d.deptype = 'e'"
  . " JOIN pg_proc AS f ON f.oid IN (aggtransfn, aggfinalfn, aggcombinefn) WHERE f.prosrc !~ '^kldiv_' OR f.probin !~ 'kldiv'";
for my $way ('CREATE EXTENSION kldiv SCHEMA hostile', "CREATE EXTENSION kldiv SCHEMA hostile VERSION '0.4.0'; ALTER EXTENSION kldiv UPDATE")
{
	psql_ok("SET search_path = hostile; $way");
	is(psql_ok('SELECT hostile.total_variation(ARRAY[1,3], ARRAY[1,1])'), '0.25', "even in a hostile schema: $way");
	is(psql_ok('SELECT hostile.total_variation(p, 1), hostile.kl_divergence(p, p) FROM (VALUES (1), (3)) AS rows (p)'), '0.25|0', 'with its aggregates');
	is(psql_ok($fits), '', 'made of our functions');
	is(functions_with("'hostile.float8'::regtype::oid = ANY (proargtypes::oid[] || prorettype) OR 'hostile.internal'::regtype::oid = ANY (proargtypes::oid[] || prorettype)"
			. " OR 'hostile.bytea'::regtype::oid = ANY (proargtypes::oid[] || prorettype)"), '', 'of our types');
	psql_ok('DROP EXTENSION kldiv');
}
psql_ok(q{CREATE FUNCTION hostile.entropy(p float8[], base float8) RETURNS float8 LANGUAGE sql AS 'SELECT -1.0::float8'});
like((psql('CREATE EXTENSION kldiv SCHEMA hostile'))[2], qr/ERROR:  42723: /, 'a function in the way is an error, never used or replaced');
psql_ok('DROP SCHEMA hostile CASCADE');

# Others that are called histogram: a table, whose type is in the way, and TimescaleDB's aggregate, which is not
psql_ok('CREATE SCHEMA taken; CREATE TABLE taken.histogram (a int)');
like((psql('CREATE EXTENSION kldiv SCHEMA taken'))[2], qr/ERROR:  42710: type "histogram" already exists/, 'a table of the name is in the way');
psql_ok(<<'END');
CREATE EXTENSION kldiv SCHEMA public;
CREATE FUNCTION count_in(state int[], value float8, min float8, max float8, buckets int) RETURNS int[] LANGUAGE sql IMMUTABLE AS 'SELECT state || buckets';
CREATE AGGREGATE histogram(float8, float8, float8, int) (SFUNC = count_in, STYPE = int[], INITCOND = '{}');
END
is(psql_ok(q{SET search_path = taken, public; SELECT jsd(histogram_agg(x), '{"3": 1}') = ln(2), '{"a": 1}'::public.histogram FROM generate_series(1, 2) AS x}),
	't|{"a": 1}', 'in another schema it is not');
is(psql_ok("SELECT histogram(x, 0, 10, 5), histogram_agg(x) + histogram(ARRAY['2'], ARRAY[1]) FROM generate_series(1, 2) AS x"),
	'{5,5}|{"1": 1, "2": 2}', 'an aggregate of four arguments works beside ours');
is(psql_ok(q{CREATE SCHEMA elsewhere; ALTER EXTENSION kldiv SET SCHEMA elsewhere; SELECT h OPERATOR(elsewhere.+) h, elsewhere.entropy(h)}
		  . q{ FROM (SELECT DISTINCT h FROM unnest('{"{\"a\": 1}","{\"a\": 1}"}'::elsewhere.histogram[]) AS h ORDER BY h) AS s}),
	'{"a": 2}|0', 'outside of the path operators are to be qualified, sorting needs none');
psql_ok('ALTER EXTENSION kldiv SET SCHEMA public; DROP SCHEMA taken CASCADE; DROP AGGREGATE histogram(float8, float8, float8, int); DROP SCHEMA elsewhere');

# Dump and restore, with our functions wherever functions can be
psql_ok(<<'END');
CREATE TABLE pairs (
	p float8[] CHECK (is_distribution(p)),
	q float8[],
	r real[] DEFAULT '{1,3}',
	drift float8 GENERATED ALWAYS AS (jsd(p, q, base => 2)) STORED,
	CHECK (psi(p, q) < 100)
);
INSERT INTO pairs (p, q) VALUES ('{0.25,0.75}', '{1,1}'), ('{1,0}', '{0,5}'), ('{0.5,0.5}', NULL);
CREATE INDEX pairs_entropy ON pairs (entropy(p, 2)) WHERE total_variation(p, q) < 1;
CREATE INDEX pairs_reals ON pairs (softmax_entropy(r), jsd(r, '{1,2}'));
CREATE MATERIALIZED VIEW shares AS SELECT p, to_distribution(q) AS q, kl_divergence(p, q) AS kl FROM pairs;
CREATE VIEW rows_too AS SELECT kl_divergence(pair[1], pair[2]) AS kl, js_distance(pair[1], pair[2]) OVER () FROM (SELECT ARRAY[p[1], p[2]] AS pair FROM pairs) AS s GROUP BY pair;
CREATE VIEW ranked AS SELECT *, renyi(p, q, alpha => 2) AS renyi FROM shares ORDER BY kl NULLS LAST;
END
my $contents = "SELECT (SELECT array_agg(t::text ORDER BY t::text) FROM pairs AS t),"
  . " (SELECT array_agg(t::text ORDER BY t::text) FROM ranked AS t), (SELECT array_agg(t::text ORDER BY t::text) FROM rows_too AS t),"
  . " (SELECT array_agg(indexdef) FROM pg_indexes WHERE tablename = 'pairs'),"
  . " (SELECT array_agg(pg_get_constraintdef(oid) ORDER BY conname) FROM pg_constraint WHERE conrelid = 'pairs'::regclass)";
my $before = psql_ok($contents);
my $dump = File::Temp->new;
is(system('pg_dump', '-Fc', '-f', $dump->filename, 'kldiv_catalog'), 0, 'a database can be dumped');
create_database('kldiv_restored', without_extension => 1);
is(system('pg_restore', '--exit-on-error', '-d', 'kldiv_restored', $dump->filename), 0, 'and restored');
is(psql_ok($contents), $before, 'with the same contents');
like(psql_ok(q{SET enable_seqscan = off; EXPLAIN SELECT * FROM pairs WHERE softmax_entropy(r) > 3}), qr/Index Cond: .*kldiv_softmax_entropy_real\(r, /, 'and an index over real[] that is used');

# The end
like((psql('DROP EXTENSION kldiv'))[2], qr/ERROR:  2BP01: /, 'it cannot be dropped while in use');
psql_ok('DROP EXTENSION kldiv CASCADE');
is(value_of(q{count(*) FROM pg_proc WHERE probin ~ 'kldiv' OR prosrc ~ '^kldiv_'}), 0, 'but with CASCADE, leaving nothing');
is(psql_ok("SELECT attname FROM pg_attribute WHERE attrelid = 'pairs'::regclass AND attnum > 0 AND NOT attisdropped"),
	"p\nq\nr", 'except for the columns of others');

$ENV{PGDATABASE} = 'kldiv_catalog';
psql_ok('DROP OWNED BY kldiv_plain; DROP ROLE kldiv_plain');

done_testing();
