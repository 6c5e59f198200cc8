/* fuzz-input.h: an input of libFuzzer's as what a target asks for, one after another; at its end all is 0. A target ends the program when something is not as it must be. */
#ifndef FUZZ_INPUT_H
#define FUZZ_INPUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
	const uint8_t *at, *end;
} fuzz_input;

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static inline bool fuzz_more(const fuzz_input *input)
{
	return input->at < input->end;
}

static inline uint32_t fuzz_byte(fuzz_input *input)
{
	return fuzz_more(input) ? *input->at++ : 0;
}

static inline uint32_t fuzz_word(fuzz_input *input)
{
	uint32_t word = 0;
	for (int i = 0; i < 4; i++)
		word = word << 8 | fuzz_byte(input);
	return word;
}

/* At most so many bytes, in memory of exactly their size: the sanitizer sees one too far. The caller frees them. */
static inline uint8_t *fuzz_bytes(fuzz_input *input, uint32_t *count)
{
	size_t left = (size_t)(input->end - input->at);
	if (*count > left)
		*count = (uint32_t)left;
	uint8_t *bytes = malloc(*count);
	if (*count)
		memcpy(bytes, input->at, *count);
	input->at += *count;
	return bytes;
}

#define MUST(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

#endif
