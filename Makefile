# kldiv: information theory for PostgreSQL
#
#   make demo            install what is missing, build, show what kldiv does
#   make test            the same, then run every test
#   make && make install && make installcheck    the classical way, on a running server

EXTENSION = kldiv
MODULE_big = kldiv
PGFILEDESC = "kldiv - information theory over arrays, rows and histograms"

# A version's script is made of its topics, in the order of their numbers.  Steps from older versions are beside it;
# the older versions themselves are for tests only: make install FORMER_VERSIONS=yes
KLDIV_VERSION := $(shell sed -n "s/^default_version = '\(.*\)'/\1/p" kldiv.control)
TOPICS = $(sort $(wildcard $(srcdir)/sql/install/*.sql))
UPDATES = $(patsubst $(srcdir)/sql/updates/%,%,$(wildcard $(srcdir)/sql/updates/*.sql))
DATA = $(patsubst $(srcdir)/%,%,$(if $(FORMER_VERSIONS),$(wildcard $(srcdir)/test/upgrade/*.sql)))
VERSION_SCRIPT = build/kldiv--$(KLDIV_VERSION).sql
DATA_built = $(VERSION_SCRIPT) $(UPDATES:%=build/%)
PG_CPPFLAGS = -Isrc -DKLDIV_VERSION='"$(KLDIV_VERSION)"' -DKLDIV_OPENMP_LIBRARY='"kldiv_openmp$(DLSUFFIX)"'

# A room is a folder of src.  Those of numbers and formats know no PostgreSQL; of these, the loops over
# elements are built once for each instruction set.
VECTOR_SOURCES = src/math/pair/totals src/math/pair/align src/math/pair/sums src/math/many/panels
PURE_SOURCES = $(filter-out $(VECTOR_SOURCES),$(patsubst %.c,%,$(wildcard src/math/*.c src/math/*/*.c src/formats/*.c)))
POSTGRES_SOURCES = $(filter-out src/parallel/openmp,$(patsubst %.c,%,$(wildcard src/*.c \
	$(foreach room,input parallel arrays rows histogram many report,src/$(room)/*.c))))
SOURCE_HEADERS = $(wildcard src/*.h src/*/*.h src/*/*/*.h)
PURE_OBJECTS = $(PURE_SOURCES:%=%.o)
POSTGRES_OBJECTS = $(POSTGRES_SOURCES:%=%.o)

REGRESS = $(patsubst $(srcdir)/sql/%.sql,%,$(sort $(wildcard $(srcdir)/sql/*.sql)))
REGRESS_OPTS = --load-extension=kldiv --encoding=UTF8 --no-locale
EXTRA_CLEAN = build kldiv_openmp$(DLSUFFIX)

# Our functions are too large to be inlined into queries, and bitcode would be
# compiled with other rounding rules than the library.
override with_llvm = no

# One build of the vector loops per instruction set, chosen at run time.
PG_CONFIG ?= pg_config
CC_MACROS := $(shell $(or $(CC),cc) -dM -E -x c /dev/null 2>/dev/null)
ifneq ($(filter __x86_64__ __i386__,$(CC_MACROS)),)
INSTRUCTION_SETS = sse2 avx2 avx512
INSTRUCTION_SET_DEFINE = -DKLDIV_X86
else
INSTRUCTION_SETS = portable
endif
# SSE2 arithmetic on i386 too: the x87's extra digits would change results
ifneq ($(filter __i386__,$(CC_MACROS)),)
X86_BASE = -msse2 -mfpmath=sse
endif
FLAGS_sse2 = $(X86_BASE)
FLAGS_avx2 = $(X86_BASE) -mavx2 -mfma
FLAGS_avx512 = $(X86_BASE) -mavx512f -mavx512dq -mavx512vl -mavx512bw -mfma -mprefer-vector-width=512
VECTOR_OBJECTS = $(foreach set,$(INSTRUCTION_SETS),$(VECTOR_SOURCES:%=%.$(set).o))

# Threads are in a library of their own, which is loaded when there is work for them.  It needs
# gcc's runtime, whatever compiles the rest: LLVM's aborts the server if it cannot create a thread.
# make OPENMP=no builds without.
OPENMP_CC = $(if $(findstring clang,$(shell $(CC) --version 2>/dev/null)),gcc,$(CC))
OPENMP ?= $(shell echo 'int main(void) { return 0; }' | $(OPENMP_CC) -fopenmp -x c - -o /dev/null >/dev/null 2>&1 && echo yes)
ifeq ($(OPENMP),yes)
MODULES = kldiv_openmp
endif
# dlopen() is in a library of its own before glibc 2.34.  Our functions are for nobody else: another
# extension's may have the same names.
ifneq ($(filter linux%,$(shell uname -s | tr A-Z a-z)),)
SHLIB_LINK = -ldl -Wl,--version-script=src/exports.map
endif

OBJS = $(POSTGRES_OBJECTS) $(PURE_OBJECTS) $(VECTOR_OBJECTS)

# Without a server's development files there is only `make demo` and `make test`, which get them.
PGXS := $(shell $(PG_CONFIG) --pgxs 2>/dev/null)
ifneq ($(wildcard $(PGXS)),)
include $(PGXS)
else
all install:
	@echo "$(PG_CONFIG) finds no PostgreSQL development files: install postgresql-server-dev-NN" >&2; exit 1
endif

# What is pure sees no PostgreSQL header, and its arithmetic must stay as
# written: no contraction, no reassociation.  Never -ffast-math.
# A server with assertions gets ours too
PG_CONFIG_H = $(shell $(PG_CONFIG) --includedir-server 2>/dev/null)/pg_config.h
ASSERTIONS := $(if $(shell grep -s '^.define USE_ASSERT_CHECKING 1' $(PG_CONFIG_H)),-DKLDIV_ASSERTIONS)
PURE_FLAGS = -std=gnu99 -fPIC -fvisibility=hidden -g -Wall -Wextra -ffp-contract=off -fno-math-errno \
	-fno-trapping-math $(X86_BASE) $(INSTRUCTION_SET_DEFINE) $(ASSERTIONS) -Isrc $(COPT)
# The server's flags are often those of gcc
ifneq ($(findstring clang,$(shell $(CC) --version 2>/dev/null)),)
COMPILER_FLAGS = -Wno-ignored-optimization-argument -Wno-unknown-warning-option -Wno-ignored-attributes
endif

# PostgreSQL's own headers compare signs, and its interfaces have parameters to spare
$(POSTGRES_OBJECTS): override CFLAGS += -Wall -Wextra -Wno-unused-parameter -Wno-sign-compare $(X86_BASE) $(COMPILER_FLAGS)
$(POSTGRES_OBJECTS): $(SOURCE_HEADERS)

# Vectorised copies of a few numbers that were just written would stall
$(PURE_OBJECTS): %.o: %.c $(SOURCE_HEADERS)
	$(CC) $(PURE_FLAGS) -O2 -fno-tree-vectorize -c $< -o $@

kldiv_openmp$(DLSUFFIX): src/parallel/openmp.c $(SOURCE_HEADERS)
	$(OPENMP_CC) -std=gnu99 -O2 -fPIC -fvisibility=hidden -g -Wall -Wextra -fopenmp -pthread -Isrc $(COPT) $(LDFLAGS) -shared $< -o $@

define VECTOR_RULE
$(VECTOR_SOURCES:%=%.$(1).o): %.$(1).o: %.c $$(SOURCE_HEADERS)
	$$(CC) $$(PURE_FLAGS) -O3 -fopenmp-simd $$(FLAGS_$(1)) -DINSTRUCTION_SET=$(1) -c $$< -o $$@
endef
$(foreach set,$(INSTRUCTION_SETS),$(eval $(call VECTOR_RULE,$(set))))

# The folder, since a topic may go
$(VERSION_SCRIPT): $(TOPICS) $(srcdir)/sql/install Makefile
	@mkdir -p $(@D)
	awk 'FNR == 1 && NR > 1 { print "" } { print }' $(TOPICS) >$@.new && mv $@.new $@

# A step takes whole topics that are new by a line "-- include sql/install/NN-topic.sql"
$(UPDATES:%=build/%): build/%: sql/updates/% $(TOPICS) Makefile
	@mkdir -p $(@D)
	awk -v tree='$(srcdir)' '/^-- include / { while ((getline line <(tree "/" $$3)) > 0) print line; next } { print }' $< >$@.new && mv $@.new $@

src/kldiv.o: kldiv.control
$(MODULE_big)$(DLSUFFIX): src/exports.map

include test/unit/unit.mk
include test/fuzz/parsers.mk
include test/proof.mk

.PHONY: demo test bench format print-regress
demo:
	@demo/run
test:
	@test/run
bench:
	@bench/run
format:
	@test/format
print-regress:
	@echo $(REGRESS)
