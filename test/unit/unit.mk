# Unit tests of the kernels: plain C programs, no PostgreSQL.

UNIT_SOURCES = $(wildcard test/unit/*.c)
UNIT_FLAGS = -std=gnu99 -g -Wall -Wextra -ffp-contract=off $(X86_BASE) $(INSTRUCTION_SET_DEFINE) -Isrc -Itest/unit

UNIT_OBJECTS = $(UNIT_SOURCES:test/unit/%.c=build/unit/%.o)

$(UNIT_OBJECTS): build/unit/%.o: test/unit/%.c build/built_for
	@mkdir -p $(@D)
	$(CC) $(UNIT_FLAGS) $(DEPENDENCIES) -O2 -c $< -o $@

build/unit/kernel_tests: $(UNIT_OBJECTS) $(PURE_OBJECTS) $(VECTOR_OBJECTS)
	$(CC) $(UNIT_FLAGS) $^ -o $@ -lm

# Everything once more with the sanitizers and assertions, in their own directory
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -DKLDIV_ASSERTIONS
SANITIZED_PURE = $(PURE_SOURCES:%=build/sanitized/%.o)
SANITIZED_UNIT = $(UNIT_OBJECTS:build/%=build/sanitized/%)
SANITIZED_OBJECTS = $(SANITIZED_UNIT) $(SANITIZED_PURE) $(foreach set,$(INSTRUCTION_SETS),$(VECTOR_SOURCES:%=build/sanitized/%.$(set).o))

$(SANITIZED_UNIT): build/sanitized/unit/%.o: test/unit/%.c build/built_for
	@mkdir -p $(@D)
	$(CC) $(UNIT_FLAGS) $(DEPENDENCIES) -O1 $(SANITIZE) -c $< -o $@

$(SANITIZED_PURE): build/sanitized/%.o: %.c build/built_for
	@mkdir -p $(@D)
	$(CC) $(PURE_FLAGS) $(DEPENDENCIES) -O1 $(SANITIZE) -c $< -o $@

define SANITIZED_RULE
$(VECTOR_SOURCES:%=build/sanitized/%.$(1).o): build/sanitized/%.$(1).o: %.c build/built_for
	@mkdir -p $$(@D)
	$$(CC) $$(PURE_FLAGS) $$(DEPENDENCIES) -O1 -fopenmp-simd $$(SANITIZE) $$(FLAGS_$(1)) -DINSTRUCTION_SET=$(1) -c $$< -o $$@
endef
$(foreach set,$(INSTRUCTION_SETS),$(eval $(call SANITIZED_RULE,$(set))))

build/sanitized/kernel_tests: $(SANITIZED_OBJECTS)
	$(CC) $(UNIT_FLAGS) $(SANITIZE) $^ -o $@ -lm

-include $(wildcard $(UNIT_OBJECTS:.o=.d) $(SANITIZED_OBJECTS:.o=.d))

.PHONY: unit unit-sanitized
unit: build/unit/kernel_tests
	build/unit/kernel_tests test/unit/exact_values.txt test/unit/bits.txt test/unit/statistics_values.txt test/unit/models_values.txt test/unit/logit_values.txt test/unit/ordered_values.txt test/unit/cohorts_values.txt test/unit/joint_values.txt
unit-sanitized: build/sanitized/kernel_tests
	build/sanitized/kernel_tests test/unit/exact_values.txt test/unit/bits.txt test/unit/statistics_values.txt test/unit/models_values.txt test/unit/logit_values.txt test/unit/ordered_values.txt test/unit/cohorts_values.txt test/unit/joint_values.txt

# Not a test: what the kernels' speed is, beside plain loops
INPUT_SOURCES = $(wildcard test/unit/inputs*.c)

build/unit/kernel_bench: bench/kernels.c $(INPUT_SOURCES) $(wildcard test/unit/inputs*.h) $(PURE_OBJECTS) $(VECTOR_OBJECTS)
	@mkdir -p $(@D)
	$(CC) $(UNIT_FLAGS) -O2 bench/kernels.c $(INPUT_SOURCES) $(PURE_OBJECTS) $(VECTOR_OBJECTS) -o $@ -lm

build/unit/error_rates: bench/error_rates.c $(PURE_OBJECTS) $(VECTOR_OBJECTS)
	@mkdir -p $(@D)
	$(CC) $(UNIT_FLAGS) -O2 bench/error_rates.c $(PURE_OBJECTS) $(VECTOR_OBJECTS) -o $@ -lm

build/unit/matrix_bench: bench/matrix.c $(PURE_OBJECTS) $(VECTOR_OBJECTS)
	@mkdir -p $(@D)
	$(CC) $(UNIT_FLAGS) -O2 bench/matrix.c $(PURE_OBJECTS) $(VECTOR_OBJECTS) -o $@ -lm

build/unit/roofline_bench: bench/roofline.c $(PURE_OBJECTS) $(VECTOR_OBJECTS)
	@mkdir -p $(@D)
	$(CC) $(UNIT_FLAGS) -O2 bench/roofline.c $(PURE_OBJECTS) $(VECTOR_OBJECTS) -o $@ -lm

build/unit/logit_bench: bench/logits.c $(PURE_OBJECTS) $(VECTOR_OBJECTS)
	@mkdir -p $(@D)
	$(CC) $(UNIT_FLAGS) -O2 bench/logits.c $(PURE_OBJECTS) $(VECTOR_OBJECTS) -o $@ -lm
