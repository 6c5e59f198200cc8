/* crc32.h: CRC-32 as in zip files, bit by bit: for what is printed once. Begin with CRC32_BEGIN; the sum is the complement of what is left. */
#ifndef STATOR_CRC32_H
#define STATOR_CRC32_H

#include <stddef.h>
#include <stdint.h>

#define CRC32_BEGIN 0xFFFFFFFFu

static inline uint32_t crc32_add(uint32_t sum, const void *data, size_t size)
{
	for (const uint8_t *at = data; size; size--, at++) {
		sum ^= *at;
		for (int bit = 0; bit < 8; bit++)
			sum = sum >> 1 ^ (sum & 1 ? 0xEDB88320u : 0);
	}
	return sum;
}

#endif
