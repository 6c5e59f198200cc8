/*
 * stator-libc.h where the host stands for a board: the calendar, the time of day and the random numbers are the board's (native/cortex-m/libc.c),
 * so that they come out the same.
 */
#ifndef STATOR_LIBC_H
#define STATOR_LIBC_H

#include "board-libc.h"

#define c_timeval struct timeval

#endif
