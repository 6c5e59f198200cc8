/*
 * What the engine asks of the C library and what is not the same on another day, or another machine: calendar, time zone, random numbers.
 * Linked in between (--wrap) in programs that are recorded or replayed: each is a value of the record.
 */
#include "record-hooks.h"

#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

int __real_gettimeofday(struct timeval *time, void *zone);
int __wrap_gettimeofday(struct timeval *time, void *zone);
struct tm *__real_localtime_r(const time_t *seconds, struct tm *parts);
struct tm *__wrap_localtime_r(const time_t *seconds, struct tm *parts);
time_t __real_mktime(struct tm *parts);
time_t __wrap_mktime(struct tm *parts);
int __real_rand(void);
int __wrap_rand(void);

enum { MICROSECONDS = 1000000 };

int __wrap_gettimeofday(struct timeval *time, void *zone)
{
	int64_t now = 0;
	if (!STATOR_REPLAYED && !__real_gettimeofday(time, zone))
		now = (int64_t)time->tv_sec * MICROSECONDS + time->tv_usec;
	now = stator_outside(STATOR_RECORD_KERNEL, now);
	*time = (struct timeval){ now / MICROSECONDS, now % MICROSECONDS };
	return 0;
}

/* Seconds to years: as it is written into the record, without the name of the zone. */
static void parts_outside(struct tm *parts)
{
	int numbers[] = { parts->tm_sec, parts->tm_min, parts->tm_hour, parts->tm_mday, parts->tm_mon, parts->tm_year, parts->tm_wday, parts->tm_yday, parts->tm_isdst };
	stator_outside_bytes(numbers, sizeof numbers);
	*parts = (struct tm){
		.tm_sec = numbers[0], .tm_min = numbers[1], .tm_hour = numbers[2], .tm_mday = numbers[3], .tm_mon = numbers[4], .tm_year = numbers[5],
		.tm_wday = numbers[6], .tm_yday = numbers[7], .tm_isdst = numbers[8],
	};
}

struct tm *__wrap_localtime_r(const time_t *seconds, struct tm *parts)
{
	if (!STATOR_REPLAYED && !__real_localtime_r(seconds, parts))
		*parts = (struct tm){ 0 };
	stator_outside(STATOR_RECORD_KERNEL, 0);
	parts_outside(parts);
	return parts;
}

time_t __wrap_mktime(struct tm *parts)
{
	time_t made = STATOR_REPLAYED ? 0 : __real_mktime(parts);
	made = (time_t)stator_outside(STATOR_RECORD_KERNEL, made);
	parts_outside(parts);
	return made;
}

int __wrap_rand(void)
{
	return (int)stator_outside(STATOR_RECORD_KERNEL, STATOR_REPLAYED ? 0 : __real_rand());
}
