/* SHA-256 and Ed25519 (native/abi/digest.h) on any bytes: a digest does not depend on the pieces, and a check says the same twice. What they have to say is tests/native/digest.test.ts's. */
#include "digest.h"
#include "fuzz-input.h"

static void digest_of(const uint8_t *bytes, uint32_t count, uint32_t piece, uint8_t result[SHA256_BYTES])
{
	sha256 digest;
	sha256_start(&digest);
	for (uint32_t at = 0; at < count; at += piece)
		sha256_add(&digest, bytes + at, count - at < piece ? count - at : piece);
	sha256_take(&digest, result);
}

static void check_signature(fuzz_input *input)
{
	uint32_t signature_bytes = ED25519_SIGNATURE_BYTES, key_bytes = ED25519_KEY_BYTES, count = UINT32_MAX;
	uint8_t *signature = fuzz_bytes(input, &signature_bytes), *key = fuzz_bytes(input, &key_bytes), *message = fuzz_bytes(input, &count);
	if (signature_bytes == ED25519_SIGNATURE_BYTES && key_bytes == ED25519_KEY_BYTES)
		MUST(ed25519_check(signature, key, message, count) == ed25519_check(signature, key, message, count));
	free(signature);
	free(key);
	free(message);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	fuzz_input input = { bytes, bytes + size };
	uint32_t what = fuzz_byte(&input), count = UINT32_MAX;
	if (what % 16 == 0) {
		check_signature(&input);
		return 0;
	}
	uint8_t *message = fuzz_bytes(&input, &count), whole[SHA256_BYTES], pieces[SHA256_BYTES];
	digest_of(message, count, count ? count : 1, whole);
	digest_of(message, count, what, pieces);
	MUST(!memcmp(whole, pieces, sizeof whole));
	free(message);
	return 0;
}
