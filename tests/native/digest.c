/*
 * SHA-256 and Ed25519 (native/abi/digest.h) on cases of the test's, one a line: "sha <hex> <piece>", fed in pieces of so many bytes, prints the
 * digest; "sig <signature> <key> <message>" prints 1 or 0. "-" is no bytes.
 */
#include "digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_BYTES = 1 << 20 };

/* The bytes of a word in hexadecimal digits, in memory of exactly that size: the sanitizer sees what goes beyond. */
static uint8_t *bytes_of(const char *word, uint32_t *count)
{
	*count = *word == '-' ? 0 : (uint32_t)strlen(word) / 2;
	uint8_t *bytes = malloc(*count ? *count : 1);
	for (uint32_t i = 0; i < *count; i++)
		sscanf(word + 2 * i, "%2hhx", bytes + i);
	return bytes;
}

static void sha(const char *word, const char *pieces)
{
	sha256 digest;
	uint8_t result[SHA256_BYTES];
	uint32_t count, piece = (uint32_t)atoi(pieces);
	uint8_t *bytes = bytes_of(word, &count);
	sha256_start(&digest);
	for (uint32_t at = 0; at < count; at += piece)
		sha256_add(&digest, bytes + at, count - at < piece ? count - at : piece);
	sha256_take(&digest, result);
	for (unsigned i = 0; i < SHA256_BYTES; i++)
		printf("%02x", result[i]);
	printf("\n");
	free(bytes);
}

static void sig(const char *first, const char *second, const char *third)
{
	uint32_t count, ignored;
	uint8_t *signature = bytes_of(first, &ignored), *key = bytes_of(second, &ignored), *message = bytes_of(third, &count);
	printf("%d\n", ed25519_check(signature, key, message, count));
	free(signature);
	free(key);
	free(message);
}

int main(void)
{
	char *line = malloc(LINE_MAX_BYTES);
	while (fgets(line, LINE_MAX_BYTES, stdin)) {
		const char *words[4] = { 0 };
		for (unsigned i = 0; i < 4; i++)
			words[i] = strtok(i ? NULL : line, " \n");
		if (!strcmp(words[0], "sha"))
			sha(words[1], words[2]);
		else
			sig(words[1], words[2], words[3]);
	}
	free(line);
	return 0;
}
