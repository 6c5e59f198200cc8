/*
 * SHA-256 after FIPS 180-4, small before fast: the message schedule is kept as a ring of sixteen words. It is here because the library
 * that checks signatures (signature.c) has no SHA-2, and the boot loader's format wants this one.
 */
#include "digest.h"

#include <string.h>

static const uint32_t rounds[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
	0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
	0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
	0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
	0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
	0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotated(uint32_t word, unsigned by)
{
	return word >> by | word << (32 - by);
}

static uint32_t big_endian(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void compress(uint32_t state[8], const uint8_t *block)
{
	uint32_t schedule[16], v[8];
	memcpy(v, state, sizeof v);
	for (unsigned t = 0; t < 64; t++) {
		uint32_t *word = &schedule[t % 16];
		if (t < 16)
			*word = big_endian(block + 4 * t);
		else {
			uint32_t early = schedule[(t + 1) % 16], late = schedule[(t + 14) % 16];
			*word += (rotated(early, 7) ^ rotated(early, 18) ^ early >> 3) + schedule[(t + 9) % 16] + (rotated(late, 17) ^ rotated(late, 19) ^ late >> 10);
		}
		uint32_t one = v[7] + (rotated(v[4], 6) ^ rotated(v[4], 11) ^ rotated(v[4], 25)) + ((v[4] & v[5]) ^ (~v[4] & v[6])) + rounds[t] + *word;
		uint32_t two = (rotated(v[0], 2) ^ rotated(v[0], 13) ^ rotated(v[0], 22)) + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
		memmove(v + 1, v, 7 * sizeof v[0]);
		v[4] += one;
		v[0] = one + two;
	}
	for (unsigned i = 0; i < 8; i++)
		state[i] += v[i];
}

void sha256_start(sha256 *digest)
{
	static const uint32_t initial[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
	memcpy(digest->state, initial, sizeof initial);
	digest->length = 0;
}

void sha256_add(sha256 *digest, const uint8_t *bytes, uint32_t count)
{
	while (count) {
		uint32_t at = digest->length % SHA256_BLOCK;
		uint32_t piece = count < SHA256_BLOCK - at ? count : SHA256_BLOCK - at;
		if (piece == SHA256_BLOCK)
			compress(digest->state, bytes);
		else {
			memcpy(digest->block + at, bytes, piece);
			if (at + piece == SHA256_BLOCK)
				compress(digest->state, digest->block);
		}
		digest->length += piece;
		bytes += piece;
		count -= piece;
	}
}

void sha256_take(sha256 *digest, uint8_t result[SHA256_BYTES])
{
	uint64_t bits = digest->length * 8;
	uint32_t at = digest->length % SHA256_BLOCK;
	digest->block[at++] = 0x80;
	if (at > SHA256_BLOCK - 8) {
		memset(digest->block + at, 0, SHA256_BLOCK - at);
		compress(digest->state, digest->block);
		at = 0;
	}
	memset(digest->block + at, 0, SHA256_BLOCK - at);
	for (unsigned i = 0; i < 8; i++)
		digest->block[SHA256_BLOCK - 1 - i] = (uint8_t)(bits >> 8 * i);
	compress(digest->state, digest->block);
	for (unsigned i = 0; i < SHA256_BYTES; i++)
		result[i] = (uint8_t)(digest->state[i / 4] >> (24 - 8 * (i % 4)));
}
