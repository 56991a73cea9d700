# What is too long, or needs too much of the machine, to be part of `make test`.
# Each target says in its script what it needs; none touches an existing cluster.

.PHONY: test-matrix test-arm64 test-valgrind test-concurrency test-life test-citus fuzz
test-matrix:
	@test/matrix $(LEGS)
test-arm64:
	@test/matrix arm64

# Random weights against an exact oracle, for so many seconds
SECONDS = 600
SEED = 1
fuzz: all
	@test/with-cluster perl test/fuzz/run $(SECONDS) $(SEED)

test-valgrind:
	@test/valgrind
