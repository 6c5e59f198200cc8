/*
 * stator-libc.h where the host stands for a board: the calendar, the time of day and the random numbers are the board's (native/cortex-m/libc.c),
 * so that they come out the same.
 */
#ifndef STATOR_LIBC_H
#define STATOR_LIBC_H

#include <sys/time.h>
#include <time.h>

int stator_gettimeofday(struct timeval *time, void *zone);
struct tm *stator_localtime(const time_t *seconds, struct tm *parts);
time_t stator_mktime(struct tm *parts);
#define c_timeval struct timeval
#define c_gettimeofday stator_gettimeofday
#define c_localtime(seconds) stator_localtime((seconds), &(struct tm){ 0 })
#define c_mktime stator_mktime

int stator_rand(void);
void stator_srand(unsigned seed);
#define c_rand stator_rand
#define c_srand stator_srand

#endif
