/*
 * Where the compiler has no libFuzzer: runs a fuzz target on its seeds and on
 * mutations of them, the same in every run.
 *
 *   program RUNS FILE...
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_BYTES 4096

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t state = 1;

/* G. Marsaglia, Xorshift RNGs (2003) */
static size_t
draw(size_t below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (size_t) (state >> 16) % below;
}

static size_t
mutate(uint8_t *bytes, size_t size)
{
	static const uint8_t favourites[] = "{}\",:\\u0e-.1 \n\377\0d8";

	for (size_t n = 1 + draw(6); n > 0; n--)
	{
		size_t		at = draw(size + 1);
		size_t		length = 1 + draw(16);

		switch (draw(5))
		{
			case 0:				/* cut */
				length = length < size - at ? length : size - at;
				memmove(bytes + at, bytes + at + length, size - at - length);
				size -= length;
				break;
			case 1:				/* repeat */
				if (at + length > size || size + length > MOST_BYTES)
					break;
				memmove(bytes + at + length, bytes + at, size - at);
				size += length;
				break;
			case 2:				/* flip a bit */
				if (at < size)
					bytes[at] ^= (uint8_t) (1 << draw(8));
				break;
			default:			/* write something of interest */
				if (at < size)
					bytes[at] = favourites[draw(sizeof(favourites))];
		}
	}
	return size;
}

int
main(int argc, char **argv)
{
	long		runs = argc > 2 ? atol(argv[1]) : 0;
	static uint8_t seed[MOST_BYTES];
	static uint8_t bytes[MOST_BYTES];

	for (long run = 0; run < runs; run++)
	{
		FILE	   *file = fopen(argv[2 + run % (argc - 2)], "rb");
		size_t		size = file == NULL ? 0 : fread(seed, 1, MOST_BYTES, file);

		if (file == NULL)
			return 1;
		fclose(file);
		for (int i = 0; i < 100; i++)
		{
			memcpy(bytes, seed, size);
			LLVMFuzzerTestOneInput(bytes, i == 0 ? size : mutate(bytes, size));
		}
	}
	printf("# %ld inputs\n", runs * 100);
	return 0;
}
