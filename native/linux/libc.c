/* Functions of the C library behind which a lock or memory of the library's own stands, for the engine: no level comes in between (hold.h). */
#include "stator-libc.h"

#include "hold.h"

#include <stdlib.h>

struct tm *linux_localtime(const time_t *seconds, struct tm *parts)
{
	linux_hold();
	struct tm *given = localtime_r(seconds, parts);
	linux_release();
	return given;
}

time_t linux_mktime(struct tm *parts)
{
	linux_hold();
	time_t given = mktime(parts);
	linux_release();
	return given;
}

int linux_rand(void)
{
	linux_hold();
	int given = rand();
	linux_release();
	return given;
}

void linux_qsort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	linux_hold();
	qsort(items, count, size, compare);
	linux_release();
}
