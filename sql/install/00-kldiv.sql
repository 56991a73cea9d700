--
-- kldiv: information theory over arrays, rows and histograms
--
-- All objects of this version, by topic.  p is what was observed, q the
-- reference; 2.718281828459045 is e: nats.
--

-- complain if script is sourced in psql, rather than via CREATE EXTENSION
\echo Use "CREATE EXTENSION kldiv" to load this file. \quit
