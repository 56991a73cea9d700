# Fuzzing of what reads bytes from outside, under the sanitizers: PARSER_RUNS inputs for each
# parser, from seeds.  With clang's libFuzzer, or with a small driver of our own.

PARSER_RUNS = 300000
PARSER_SOURCES = src/formats/histogram_text.c src/formats/histogram_wire.c src/formats/label_sort.c src/math/pair/slabs.c
FUZZ_FLAGS = $(filter-out -fvisibility=hidden,$(PURE_FLAGS)) -O1 -fno-sanitize-recover=all
HAS_LIBFUZZER = $(shell mkdir -p build/fuzz && echo 'int LLVMFuzzerTestOneInput(void); int LLVMFuzzerTestOneInput(void) { return 0; }' \
	| clang -fsanitize=fuzzer,address,undefined -x c - -o build/fuzz/try 2>/dev/null && echo yes)

build/fuzz/%_parser: test/fuzz/%_parser.c test/fuzz/standalone.c $(PARSER_SOURCES) $(SOURCE_HEADERS)
	@mkdir -p $(@D)
	$(if $(HAS_LIBFUZZER),clang -fsanitize=fuzzer$(COMMA)address$(COMMA)undefined,$(CC) -fsanitize=address$(COMMA)undefined) \
		$(FUZZ_FLAGS) $< $(if $(HAS_LIBFUZZER),,test/fuzz/standalone.c) $(PARSER_SOURCES) -o $@ -lm

# What libFuzzer finds it keeps in a copy of the seeds
.PHONY: fuzz-parsers
fuzz-parsers: build/fuzz/text_parser build/fuzz/bytes_parser
	@number=0; failed=0; for parser in text bytes; do \
		number=$$((number + 1)); rm -rf build/fuzz/$$parser; cp -r test/fuzz/seeds/$$parser build/fuzz/; \
		if $(if $(HAS_LIBFUZZER),build/fuzz/$${parser}_parser -seed=1 -runs=$(PARSER_RUNS) -max_len=4096 -print_final_stats=1 \
				-artifact_prefix=build/fuzz/ build/fuzz/$$parser, \
				build/fuzz/$${parser}_parser $$(($(PARSER_RUNS) / 100)) test/fuzz/seeds/$$parser/*) >build/fuzz/log 2>&1; \
		then tail -n 2 build/fuzz/log | sed 's/^/# /'; echo "ok $$number - the $$parser parser takes any bytes"; \
		else cat build/fuzz/log; failed=1; echo "not ok $$number - the $$parser parser takes any bytes"; fi; \
	done; echo "1..$$number"; exit $$failed
