/* stator-libc.h for hosts: the C library as it is; only memory is ours (native/xs/pool.c). */
#ifndef STATOR_LIBC_H
#define STATOR_LIBC_H

#include <time.h>

#define c_localtime(seconds) localtime_r((seconds), &(struct tm){ 0 }) /* the caller's own: other threads have machines, too */

#endif
