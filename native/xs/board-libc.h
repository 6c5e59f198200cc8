/* board-libc.h: the calendar, the time of day and the random numbers of a board (native/cortex-m/libc.c), as the engine calls them; a replay's, too. */
#ifndef STATOR_BOARD_LIBC_H
#define STATOR_BOARD_LIBC_H

#include <sys/time.h>
#include <time.h>

int stator_gettimeofday(struct timeval *time, void *zone);
struct tm *stator_localtime(const time_t *seconds, struct tm *parts);
time_t stator_mktime(struct tm *parts);
#define c_gettimeofday stator_gettimeofday
#define c_localtime(seconds) stator_localtime((seconds), &(struct tm){ 0 }) /* the caller's own: a level may come in between */
#define c_mktime stator_mktime

int stator_rand(void);
void stator_srand(unsigned seed);
#define c_rand stator_rand
#define c_srand stator_srand

#endif
