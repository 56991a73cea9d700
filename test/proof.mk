# What is too long, or needs too much of the machine, to be part of `make test`.
# Each target says in its script what it needs; none touches an existing cluster.

.PHONY: test-matrix test-arm64 test-valgrind test-concurrency test-life test-upgrade test-citus test-mutations error-rates fuzz unit-thread-sanitized
test-matrix:
	@test/matrix $(LEGS)
test-arm64:
	@test/matrix arm64

# Random weights against an exact oracle, for so many seconds
SECONDS = 600
SEED = 1
fuzz:
	@$(MAKE) -s all
	@test/with-cluster perl test/fuzz/run $(SECONDS) $(SEED)

# How often the tests of counts are wrong, by simulation; make -s error-rates >bench/ERROR_RATES.md
error-rates: build/unit/error_rates
	@build/unit/error_rates $(DRAWS)

test-valgrind:
	@test/valgrind $(TESTS)

# Replication, dump and restore, JIT; then an upgrade of the server by pg_upgrade, where one of test/matrix's Debians can be
UPGRADE = test/life/upgrade /usr/local/kldiv-server/bin/pg_config /usr/lib/postgresql/17/bin/pg_config
test-life: all test-upgrade
	@test/with-cluster prove -v test/t/life.pl test/t/catalog.pl test/t/upgrade.pl
test-upgrade:
	@test/matrix --command upgrade '$(UPGRADE)' || [ $$? -eq 77 ]

# Clients that check their answers, for so many seconds
CLIENTS = 50
test-concurrency: all
	@test/with-cluster test/concurrency $(if $(filter command line,$(origin SECONDS)),$(SECONDS),300) $(CLIENTS)

test-citus: all
	@test/with-cluster prove -v test/citus/citus.pl

# Breaks each promise of doc/guarantees.md once, to see its test fail
test-mutations:
	@test/mutate $(MUTATION)

# The kernels' tests under the thread sanitizer, for what uses threads outside the server.  gcc's libgomp is not built
# for it: use CC=clang and its OpenMP
unit-thread-sanitized:
	@rm -rf build/sanitized
	@$(MAKE) -s unit-sanitized SANITIZE='-fsanitize=thread -fno-omit-frame-pointer -DKLDIV_ASSERTIONS'; status=$$?; rm -rf build/sanitized; exit $$status
