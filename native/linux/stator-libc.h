/* stator-libc.h for hosts: the C library as it is, but that no level comes in between (libc.c); memory is ours (native/xs/pool.c). */
#ifndef STATOR_LIBC_H
#define STATOR_LIBC_H

#include <stddef.h>
#include <time.h>

struct tm *linux_localtime(const time_t *seconds, struct tm *parts);
time_t linux_mktime(struct tm *parts);
int linux_rand(void);
void linux_qsort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *));

#define c_localtime(seconds) linux_localtime((seconds), &(struct tm){ 0 }) /* the caller's own: other threads have machines, too */
#define c_mktime linux_mktime
#define c_rand linux_rand
#define c_qsort linux_qsort

#endif
