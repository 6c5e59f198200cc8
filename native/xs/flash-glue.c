/*
 * The native functions behind `stator/image` (flash.js): argument conversion around native/abi/flash.h and native/abi/digest.h. Linked
 * only into programs that keep images.
 */
#include "xsAll.h"
#include "xsmc.h"

#include "digest.h"
#include "flash.h"
#include "heap.h"
#include "native-call.h"

#include <errno.h>

enum { DIGESTS_MAX = 8, PIECE = 256 };
static sha256 *digests[DIGESTS_MAX];
static uint32_t digest_count;

/* The bytes of argument `index` from argument `index + 1` to argument `index + 2`, which is not included. They hold still until the engine runs. */
static uint8_t *bytes_arg(txMachine *the, int index, uint32_t *count, bool writable)
{
	void *address = C_NULL;
	txUnsigned size = 0;
	uint32_t start = unsigned_arg(the, index + 1), end = unsigned_arg(the, index + 2);
	_xsmcGetBuffer(the, mxArgv(index), &address, &size, writable);
	if (start > end || end > size)
		mxRangeError("flash: there are no bytes %u to %u in an array of %u", (unsigned)start, (unsigned)end, (unsigned)size);
	*count = end - start;
	return (uint8_t *)address + start;
}

/* A whole array of at least so many bytes. */
static uint8_t *whole_arg(txMachine *the, int index, uint32_t least, bool writable)
{
	void *address = C_NULL;
	txUnsigned size = 0;
	_xsmcGetBuffer(the, mxArgv(index), &address, &size, writable);
	if (size < least)
		mxRangeError("flash: an array of %u bytes, where %u are needed", (unsigned)size, (unsigned)least);
	return address;
}

static sha256 *digest_arg(txMachine *the)
{
	uint32_t number = unsigned_arg(the, 0);
	if (number >= digest_count)
		mxTypeError("digest: there is none of that number");
	return digests[number];
}

/* flashOpen(file, bytes): INIT */
void xs_stator_flash_open(txMachine *the)
{
	return_integer(the, stator_flash_open(fxToString(the, mxArgv(0)), unsigned_arg(the, 1)));
}

/* flashBytes() */
void xs_stator_flash_bytes(txMachine *the)
{
	return_integer(the, (txInteger)stator_flash_bytes());
}

/* flashUnit() */
void xs_stator_flash_unit(txMachine *the)
{
	return_integer(the, (txInteger)stator_flash_unit());
}

/* A sector of a place that is not there begins and ends nowhere. */
static void return_sector(txMachine *the, uint32_t (*edge)(uint32_t area, uint32_t at))
{
	uint32_t area = unsigned_arg(the, 0), at = unsigned_arg(the, 1);
	return_integer(the, area < STATOR_FLASH_AREAS && at < stator_flash_bytes() ? (txInteger)edge(area, at) : -EINVAL);
}

/* flashSectorBegin(area, at) */
void xs_stator_flash_sector_begin(txMachine *the)
{
	return_sector(the, stator_flash_sector_begin);
}

/* flashSectorEnd(area, at) */
void xs_stator_flash_sector_end(txMachine *the)
{
	return_sector(the, stator_flash_sector_end);
}

/* flashRead(area, at, into, start, end) */
void xs_stator_flash_read(txMachine *the)
{
	uint32_t count;
	uint8_t *into = bytes_arg(the, 2, &count, true);
	return_integer(the, stator_flash_read(unsigned_arg(the, 0), unsigned_arg(the, 1), into, count));
}

/* flashProgram(area, at, from, start, end) */
void xs_stator_flash_program(txMachine *the)
{
	uint32_t count;
	const uint8_t *from = bytes_arg(the, 2, &count, false);
	return_integer(the, stator_flash_program(unsigned_arg(the, 0), unsigned_arg(the, 1), from, count));
}

/* flashErase(area, at) */
void xs_stator_flash_erase(txMachine *the)
{
	return_integer(the, stator_flash_erase(unsigned_arg(the, 0), unsigned_arg(the, 1)));
}

/* digestNew(): INIT */
void xs_stator_digest_new(txMachine *the)
{
	sha256 *digest = digest_count < DIGESTS_MAX ? stator_heap_keep_shared(sizeof *digest) : C_NULL;
	if (!digest)
		mxRangeError("digest: no memory for another, or %u are there", (unsigned)DIGESTS_MAX);
	digests[digest_count] = digest;
	return_integer(the, (txInteger)digest_count++);
}

/* digestStart(digest) */
void xs_stator_digest_start(txMachine *the)
{
	sha256_start(digest_arg(the));
}

/* digestBytes(digest, bytes, start, end) */
void xs_stator_digest_bytes(txMachine *the)
{
	uint32_t count;
	sha256 *digest = digest_arg(the);
	const uint8_t *bytes = bytes_arg(the, 1, &count, false);
	sha256_add(digest, bytes, count);
}

/* digestFlash(digest, area, start, end): a status of flashRead */
void xs_stator_digest_flash(txMachine *the)
{
	uint8_t piece[PIECE];
	sha256 *digest = digest_arg(the);
	uint32_t area = unsigned_arg(the, 1), at = unsigned_arg(the, 2), end = unsigned_arg(the, 3);
	int status = 0;
	while (!status && at < end) {
		uint32_t count = end - at < PIECE ? end - at : PIECE;
		status = stator_flash_read(area, at, piece, count);
		if (!status)
			sha256_add(digest, piece, count);
		at += count;
	}
	return_integer(the, status);
}

/* digestTake(digest, into) */
void xs_stator_digest_take(txMachine *the)
{
	sha256 *digest = digest_arg(the);
	sha256_take(digest, whole_arg(the, 1, SHA256_BYTES, true));
}

/* signatureCheck(signature, key, message) */
void xs_stator_signature_check(txMachine *the)
{
	void *message = C_NULL;
	txUnsigned count = 0;
	const uint8_t *signature = whole_arg(the, 0, ED25519_SIGNATURE_BYTES, false), *key = whole_arg(the, 1, ED25519_KEY_BYTES, false);
	_xsmcGetBuffer(the, mxArgv(2), &message, &count, false);
	return_boolean(the, ed25519_check(signature, key, message, count));
}
