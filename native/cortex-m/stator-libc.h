/*
 * stator-libc.h for boards: what XS takes from the C library, less what would bring in malloc, files, locales and
 * time zones. Board time is UTC from a settable origin; snprintf is native/xs/format.c.
 */
#ifndef STATOR_LIBC_H
#define STATOR_LIBC_H

#include "format.h"

#include <sys/time.h>
#include <time.h>

#define c_snprintf stator_snprintf
#define c_vsnprintf stator_vsnprintf
#define vsnprintf stator_vsnprintf /* xsre.c calls it by this name */
#define c_printf(...) ((void)0)
#define c_fprintf(...) ((void)0)
#define c_vprintf(...) ((void)0)
#define c_vfprintf(...) ((void)0)

_Noreturn void stator_port_exit(int status);
#define c_exit stator_port_exit
#define c_signal(number, handler) ((void)0)

struct timezone_unused;
typedef struct timeval c_timeval;
int stator_gettimeofday(c_timeval *time, void *zone);
struct tm *stator_localtime(const time_t *seconds, struct tm *parts);
time_t stator_mktime(struct tm *parts);
#define c_timezone timezone_unused
#define c_gettimeofday stator_gettimeofday
#define c_localtime(seconds) stator_localtime((seconds), &(struct tm){ 0 }) /* the caller's own: a level may come in between */
#define c_mktime stator_mktime

int stator_rand(void);
void stator_srand(unsigned seed);
#define c_rand stator_rand
#define c_srand stator_srand

#endif
