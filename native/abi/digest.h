/* digest.h: SHA-256 (FIPS 180-4) of what comes piece by piece, and an Ed25519 signature (RFC 8032) of a short message. No allocation. */
#ifndef STATOR_DIGEST_H
#define STATOR_DIGEST_H

#include <stdbool.h>
#include <stdint.h>

enum { SHA256_BYTES = 32, SHA256_BLOCK = 64, ED25519_SIGNATURE_BYTES = 64, ED25519_KEY_BYTES = 32 };

typedef struct {
	uint32_t state[8];
	uint64_t length; /* bytes so far */
	uint8_t block[SHA256_BLOCK];
} sha256;

void sha256_start(sha256 *digest);
void sha256_add(sha256 *digest, const uint8_t *bytes, uint32_t count);
/* Ends it: only sha256_start may follow. */
void sha256_take(sha256 *digest, uint8_t result[SHA256_BYTES]);

/* Whether the signature is the key's for the message. About 2 KB of C stack. */
bool ed25519_check(const uint8_t signature[ED25519_SIGNATURE_BYTES], const uint8_t key[ED25519_KEY_BYTES], const uint8_t *message,
	uint32_t count);

#endif
