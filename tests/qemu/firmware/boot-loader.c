/*
 * What a boot loader of MCUboot's kind does with the image in the first area, and no more: looks at its header, compares its hash, takes stack and
 * start from its vector table and jumps, with interrupts off. The vector table that interrupts find is its own: handing on is the program's affair.
 */
#include "digest.h"

#include <string.h>

enum { MAGIC = 0x96f3b83d, TLV_MAGIC = 0x6907, TLV_SHA256 = 0x10 };

typedef struct {
	uint32_t magic, load;
	uint16_t header_bytes, protected_bytes;
	uint32_t image_bytes;
} header;

static uint16_t u16(const uint8_t *at)
{
	return (uint16_t)(at[0] | at[1] << 8);
}

/* Whether the trailers have the hash of what is before them. */
static int is_whole(const uint8_t *image, uint32_t bytes)
{
	static sha256 digest;
	uint8_t hash[SHA256_BYTES];
	const uint8_t *tlv = image + bytes;
	if (u16(tlv) != TLV_MAGIC)
		return 0;
	sha256_start(&digest);
	sha256_add(&digest, image, bytes);
	sha256_take(&digest, hash);
	for (const uint8_t *at = tlv + 4, *end = tlv + u16(tlv + 2); at < end; at += 4 + u16(at + 2))
		if (u16(at) == TLV_SHA256)
			return !memcmp(at + 4, hash, sizeof hash);
	return 0;
}

static void reset(void)
{
	__asm__ volatile("cpsid i");
	const uint8_t *image = (const uint8_t *)AREA;
	const header *head = (const header *)image;
	if (head->magic != MAGIC || !is_whole(image, head->header_bytes + head->image_bytes + head->protected_bytes))
		for (;;)
			;
	const uint32_t *vectors = (const uint32_t *)(image + head->header_bytes);
	__asm__ volatile("msr msp, %0\n\tbx %1" ::"r"(vectors[0]), "r"(vectors[1]));
}

static void lost(void)
{
	for (;;)
		;
}

extern char _loader_stack[];
__attribute__((section(".vectors"), used)) static void *const table[128] = { _loader_stack, (void *)reset, [2 ... 127] = (void *)lost };
