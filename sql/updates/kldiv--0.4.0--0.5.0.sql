--
-- kldiv 0.4.0 to 0.5.0
--
-- What has changed in sql/install since 0.4.0.  The Makefile puts topics that
-- are new as a whole in the place of the lines that name them.
--

-- complain if script is sourced in psql, rather than via ALTER EXTENSION
\echo Use "ALTER EXTENSION kldiv UPDATE TO '0.5.0'" to load this file. \quit

-- include sql/install/70-divergence_measures.sql
-- include sql/install/80-statistics_chi_square.sql
-- include sql/install/82-statistics_thresholds.sql
-- include sql/install/84-statistics_entropy.sql
-- include sql/install/86-statistics_sequential.sql
-- include sql/install/88-statistics_p_adjust.sql
