# kldiv: information theory for PostgreSQL
#
#   make demo            install what is missing, build, show what kldiv does
#   make test            the same, then run every test
#   make && make install && make installcheck    the classical way, on a running server
#
# PG_CONFIG chooses the server, in every call.  Outside of the tree: make -f TREE/Makefile

EXTENSION = kldiv
MODULE_big = kldiv
PGFILEDESC = "kldiv - information theory over arrays, rows and histograms"

# The tree, with a slash at the end; nothing where we build in it
MAKEFILE_NAME := $(firstword $(MAKEFILE_LIST))
TREE := $(patsubst ./,,$(or $(VPATH:%=%/),$(dir $(MAKEFILE_NAME))))

# A version's script is made of its topics, in the order of their numbers.  Steps from older versions are beside it;
# the older versions themselves are for tests only: make install FORMER_VERSIONS=yes
KLDIV_VERSION := $(shell sed -n "s/^default_version = '\(.*\)'/\1/p" $(TREE)kldiv.control)
TOPICS = $(sort $(wildcard $(TREE)sql/install/*.sql))
UPDATES = $(notdir $(wildcard $(TREE)sql/updates/*.sql))
DATA = $(if $(FORMER_VERSIONS),$(patsubst $(TREE)%,%,$(wildcard $(TREE)test/upgrade/*.sql)))
VERSION_SCRIPT = build/kldiv--$(KLDIV_VERSION).sql
REAL_ARRAYS = build/real_arrays.sql
DATA_built = $(VERSION_SCRIPT) $(UPDATES:%=build/%)
PG_CPPFLAGS = -I$(TREE)src -DKLDIV_VERSION='"$(KLDIV_VERSION)"' -DKLDIV_OPENMP_LIBRARY='"kldiv_openmp$(DLSUFFIX)"'

# A room is a folder of src.  Those of numbers and formats know no PostgreSQL; of these, the loops over
# elements are built once for each instruction set.
sources = $(patsubst $(TREE)%.c,%,$(wildcard $(1:%=$(TREE)src/%)))
VECTOR_SOURCES = src/math/pair/totals src/math/pair/align src/math/pair/sums src/math/many/panels src/math/many/filter_loops \
	src/math/logits/logit_loops src/math/joint/joint_loops
PURE_SOURCES := $(filter-out $(VECTOR_SOURCES),$(call sources,math/*.c math/*/*.c formats/*.c))
POSTGRES_SOURCES := $(filter-out src/parallel/openmp,$(call sources,*.c input/*.c parallel/*.c arrays/*.c rows/*.c \
	histogram/*.c many/*.c report/*.c statistics/*.c models/*.c logits/*.c ordered/*.c joint/*.c calibration/*.c columns/*.c))
SOURCE_HEADERS := $(wildcard $(TREE)src/*.h $(TREE)src/*/*.h $(TREE)src/*/*/*.h)
PURE_OBJECTS = $(PURE_SOURCES:%=%.o)
POSTGRES_OBJECTS = $(POSTGRES_SOURCES:%=%.o)

REGRESS = $(sort $(patsubst $(TREE)sql/%.sql,%,$(wildcard $(TREE)sql/*.sql)))
REGRESS_OPTS = --load-extension=kldiv --encoding=UTF8 --no-locale
EXTRA_CLEAN = build kldiv_openmp$(DLSUFFIX) $(OBJS:.o=.d)

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
# gcc's runtime, whatever compiles the rest: LLVM's aborts the server if it cannot create a thread,
# and spins.  So gcc's own folder comes before those of the server's LDFLAGS, where LLVM may have put
# a libgomp.so of its own.  make OPENMP=no builds without threads.
OPENMP_CC = $(if $(findstring clang,$(shell $(CC) --version 2>/dev/null)),gcc,$(CC))
OPENMP_FOLDER = $(dir $(shell $(OPENMP_CC) -print-file-name=libgomp.so 2>/dev/null))
OPENMP_LINK = -fopenmp -pthread -L$(OPENMP_FOLDER)
OPENMP ?= $(shell echo 'int main(void) { return 0; }' | $(OPENMP_CC) $(OPENMP_LINK) -x c - -o /dev/null >/dev/null 2>&1 && echo yes)
ifeq ($(OPENMP),yes)
MODULES = kldiv_openmp
endif
# dlopen() is in a library of its own before glibc 2.34.  Our functions are for nobody else: another
# extension's may have the same names.
ifneq ($(filter linux%,$(shell uname -s | tr A-Z a-z)),)
SHLIB_LINK = -ldl -Wl,--version-script=$(TREE)src/exports.map
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

# Arithmetic must stay as written: no contraction, no reassociation.  With these flags results would
# change, and gcc 12 and clang 14 would switch denormal numbers off for the whole server at the link.
RELAXED_FLAGS = -Ofast -ffast-math -funsafe-math-optimizations -fassociative-math -freciprocal-math -ffinite-math-only \
	-fno-signed-zeros -fcx-limited-range -mdaz-ftz
RELAXED := $(strip $(foreach flag,$(RELAXED_FLAGS),$(foreach variable,CC CFLAGS CPPFLAGS COPT PROFILE LDFLAGS LDFLAGS_SL SHLIB_LINK \
	PG_CFLAGS PG_CPPFLAGS PG_LDFLAGS,$(if $(filter $(flag),$($(variable))),$(flag) in $(variable)))))
ifneq ($(RELAXED),)
ifneq ($(MAKECMDGOALS),clean)
$(error kldiv cannot be built with $(RELAXED): it would change results, and the arithmetic of the whole server; take it out)
endif
endif

# What is pure sees no PostgreSQL header.  A server with assertions gets ours too; hardening is as the server's.
PG_CONFIG_H = $(shell $(PG_CONFIG) --includedir-server 2>/dev/null)/pg_config.h
ASSERTIONS := $(if $(shell grep -s '^.define USE_ASSERT_CHECKING 1' $(PG_CONFIG_H)),-DKLDIV_ASSERTIONS)
COMMA = ,
HARDENING = $(filter -fstack-protector% -fstack-clash-protection -fcf-protection% -fzero-call-used-regs% -mbranch-protection% \
	-ffile-prefix-map=% -fdebug-prefix-map=% -fmacro-prefix-map=% -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=% -Wp$(COMMA)-D_FORTIFY_SOURCE=% \
	-Wp$(COMMA)-U_FORTIFY_SOURCE%,$(CPPFLAGS) $(CFLAGS))
PURE_FLAGS = -std=gnu99 -fPIC -fvisibility=hidden -g -Wall -Wextra -ffp-contract=off -fno-math-errno \
	-fno-trapping-math $(X86_BASE) $(INSTRUCTION_SET_DEFINE) $(ASSERTIONS) $(HARDENING) -I$(TREE)src $(COPT)
# A few lanes that are set to 0 should not become a call or a loop of the processor's, as gcc likes to have it
VECTOR_OPTIMIZATION = -O3 -fopenmp-simd -fno-tree-loop-distribute-patterns
# The server's flags are often those of gcc
ifneq ($(findstring clang,$(shell $(CC) --version 2>/dev/null)),)
VECTOR_OPTIMIZATION = -O3 -fopenmp-simd
COMPILER_FLAGS = -Wno-ignored-optimization-argument -Wno-unknown-warning-option -Wno-ignored-attributes
endif

# The compiler writes down which headers an object depends on
DEPENDENCIES = -MMD -MP

# PostgreSQL's own headers compare signs, and its interfaces have parameters to spare
POSTGRES_FLAGS = -Wall -Wextra -Wno-unused-parameter -Wno-sign-compare $(X86_BASE) $(COMPILER_FLAGS)
$(POSTGRES_OBJECTS): %.o: %.c
	$(CC) $(CFLAGS) $(POSTGRES_FLAGS) $(CPPFLAGS) $(DEPENDENCIES) -c $< -o $@

# Objects are those of a server and of a way to build: with another one they are made anew
BUILT_FOR := $(shell $(PG_CONFIG) --version --includedir-server --pkglibdir 2>/dev/null) $(CC) $(CFLAGS) $(COPT) $(INSTRUCTION_SETS) $(DEPENDENCIES)
ifeq ($(filter clean demo test format print-regress,$(MAKECMDGOALS)),)
ifneq ($(TREE),)
ifneq ($(wildcard $(TREE)$(MODULE_big)$(DLSUFFIX) $(TREE)build),)
$(error $(TREE) has been built in, and make would take what is there: make clean in it first)
endif
endif
$(shell mkdir -p build $(sort $(dir $(OBJS))) && { echo '$(BUILT_FOR)' | cmp -s - build/built_for || echo '$(BUILT_FOR)' >build/built_for; })
endif
$(OBJS) kldiv_openmp$(DLSUFFIX): build/built_for
build/built_for:

# Vectorised copies of a few numbers that were just written would stall
$(PURE_OBJECTS): %.o: %.c
	$(CC) $(PURE_FLAGS) $(DEPENDENCIES) -O2 -fno-tree-vectorize -c $< -o $@

kldiv_openmp$(DLSUFFIX): src/parallel/openmp.c $(SOURCE_HEADERS)
	$(OPENMP_CC) -std=gnu99 -O2 -fPIC -fvisibility=hidden -g -Wall -Wextra $(HARDENING) -I$(TREE)src $(COPT) -shared $< -o $@ $(OPENMP_LINK) $(LDFLAGS)
	@if readelf -d $@ 2>/dev/null | grep -q 'NEEDED.*libomp'; then rm -f $@; \
		echo "kldiv_openmp was linked with LLVM's OpenMP instead of gcc's: see LDFLAGS, or make OPENMP=no" >&2; exit 1; fi

define VECTOR_RULE
$(VECTOR_SOURCES:%=%.$(1).o): %.$(1).o: %.c
	$$(CC) $$(PURE_FLAGS) $$(DEPENDENCIES) $$(VECTOR_OPTIMIZATION) $$(FLAGS_$(1)) -DINSTRUCTION_SET=$(1) -c $$< -o $$@
endef
$(foreach set,$(INSTRUCTION_SETS),$(eval $(call VECTOR_RULE,$(set))))
-include $(wildcard $(OBJS:.o=.d))

# The folder, since a topic may go
$(REAL_ARRAYS): $(TREE)sql/install/real_arrays.awk $(TOPICS) $(TREE)sql/install $(MAKEFILE_NAME)
	@mkdir -p $(@D)
	awk -f $< $(TOPICS) >$@.new && mv $@.new $@

$(VERSION_SCRIPT): $(TOPICS) $(REAL_ARRAYS)
	awk 'FNR == 1 && NR > 1 { print "" } { print }' $^ >$@.new && mv $@.new $@

# A step takes whole topics that are new by a line "-- include sql/install/NN-topic.sql", and what is built by "-- include build/..."
$(UPDATES:%=build/%): build/%: sql/updates/% $(TOPICS) $(REAL_ARRAYS)
	awk -v tree='$(TREE)' '/^-- include / { file = $$3 ~ /^build\// ? $$3 : tree $$3; while ((getline line <file) > 0) print line; next } { print }' \
		$< >$@.new && mv $@.new $@

src/kldiv.o: kldiv.control
$(MODULE_big)$(DLSUFFIX): src/exports.map

include $(TREE)test/unit/unit.mk
include $(TREE)test/fuzz/parsers.mk
include $(TREE)test/proof.mk

.PHONY: demo test bench format print-regress
demo:
	@$(TREE)demo/run
test:
	@$(TREE)test/run
bench:
	@$(TREE)bench/run
format:
	@$(TREE)test/format
print-regress:
	@echo $(REGRESS)
