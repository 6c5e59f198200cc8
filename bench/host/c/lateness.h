/* How late sleeps end, in microseconds: a histogram of 10 us a bucket, 1 s in all, and the latest. */
#ifndef LATENESS_H
#define LATENESS_H

#include <stdint.h>

enum { LATENESS_BUCKET_US = 10, LATENESS_BUCKETS = 100001 };

struct lateness {
	uint32_t buckets[LATENESS_BUCKETS];
	uint64_t count;
	uint64_t early;
	uint64_t max;
};

static inline void lateness_note(struct lateness *late, uint64_t us)
{
	uint64_t bucket = us / LATENESS_BUCKET_US;
	late->buckets[bucket < LATENESS_BUCKETS ? bucket : LATENESS_BUCKETS - 1]++;
	late->count++;
	if (us > late->max)
		late->max = us;
}

/* The upper end of the bucket that one of a hundred is beyond. */
static inline uint64_t lateness_p99(const struct lateness *late)
{
	uint64_t left = late->count / 100;
	int bucket = LATENESS_BUCKETS - 1;
	while (bucket > 0 && late->buckets[bucket] <= left)
		left -= late->buckets[bucket--];
	return ((uint64_t)bucket + 1) * LATENESS_BUCKET_US;
}

#endif
