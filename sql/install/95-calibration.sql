--
-- Predicted probabilities beside what happened
--

-- Not STRICT: a row with a NULL is none.  The state is a float8[], so that partial aggregates travel as they are.

CREATE FUNCTION kldiv_calibration_transition(state float8[], outcome boolean, predicted float8, bins integer)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_calibration_transition'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_calibration_transition(float8[], boolean, float8, integer) IS
'implementation of kldiv aggregates: adds a row';

CREATE FUNCTION kldiv_calibration_move_out(state float8[], outcome boolean, predicted float8, bins integer)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_calibration_move_out'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_calibration_move_out(float8[], boolean, float8, integer) IS
'implementation of kldiv aggregates: takes a row out of a moving frame';

CREATE FUNCTION kldiv_log_loss_transition(state float8[], outcome boolean, predicted float8)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_log_loss_transition'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_log_loss_transition(float8[], boolean, float8) IS
'implementation of kldiv aggregates: adds a row';

CREATE FUNCTION kldiv_log_loss_move_out(state float8[], outcome boolean, predicted float8)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_log_loss_move_out'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_log_loss_move_out(float8[], boolean, float8) IS
'implementation of kldiv aggregates: takes a row out of a moving frame';

CREATE FUNCTION kldiv_calibration_combine(state float8[], other float8[])
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_calibration_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_calibration_combine(float8[], float8[]) IS
'implementation of kldiv aggregates: adds a state';

CREATE FUNCTION kldiv_expected_calibration_error_final(state float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_expected_calibration_error_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_expected_calibration_error_final(float8[]) IS
'implementation of kldiv aggregates: the value';

CREATE FUNCTION kldiv_calibration_divergence_final(state float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_calibration_divergence_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_calibration_divergence_final(float8[]) IS
'implementation of kldiv aggregates: the value';

CREATE FUNCTION kldiv_log_loss_final(state float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_log_loss_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_log_loss_final(float8[]) IS
'implementation of kldiv aggregates: the value';

CREATE AGGREGATE expected_calibration_error(outcome boolean, predicted float8, bins integer) (
	SFUNC = kldiv_calibration_transition, STYPE = float8[], SSPACE = 512,
	FINALFUNC = kldiv_expected_calibration_error_final, COMBINEFUNC = kldiv_calibration_combine,
	MSFUNC = kldiv_calibration_transition, MINVFUNC = kldiv_calibration_move_out, MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kldiv_expected_calibration_error_final, PARALLEL = SAFE
);

COMMENT ON AGGREGATE expected_calibration_error(boolean, float8, integer) IS
'mean distance of what happened from what was predicted, over bins of equal width of the predictions: sum n_b/N |mean outcome - mean predicted|; from 0 to 1; rows with a NULL are skipped';

CREATE AGGREGATE calibration_divergence(outcome boolean, predicted float8, bins integer) (
	SFUNC = kldiv_calibration_transition, STYPE = float8[], SSPACE = 512,
	FINALFUNC = kldiv_calibration_divergence_final, COMBINEFUNC = kldiv_calibration_combine,
	MSFUNC = kldiv_calibration_transition, MINVFUNC = kldiv_calibration_move_out, MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kldiv_calibration_divergence_final, PARALLEL = SAFE
);

COMMENT ON AGGREGATE calibration_divergence(boolean, float8, integer) IS
'Kullback-Leibler divergence of what happened from what was predicted, over bins of equal width of the predictions: sum n_b/N D(mean outcome||mean predicted) in nats; Infinity if what was impossible happened; rows with a NULL are skipped';

CREATE AGGREGATE log_loss(outcome boolean, predicted float8) (
	SFUNC = kldiv_log_loss_transition, STYPE = float8[], SSPACE = 128,
	FINALFUNC = kldiv_log_loss_final, COMBINEFUNC = kldiv_calibration_combine,
	MSFUNC = kldiv_log_loss_transition, MINVFUNC = kldiv_log_loss_move_out, MSTYPE = float8[], MSSPACE = 128,
	MFINALFUNC = kldiv_log_loss_final, PARALLEL = SAFE
);

COMMENT ON AGGREGATE log_loss(boolean, float8) IS
'mean of -ln of the probability that was predicted for what happened, in nats; Infinity if that was 0 in any row; rows with a NULL are skipped';
