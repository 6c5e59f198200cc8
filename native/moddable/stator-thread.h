/* stator-thread.h: one machine, in one task of the platform's: nothing is of a thread alone. */
#ifndef STATOR_THREAD_H
#define STATOR_THREAD_H

#define STATOR_THREAD_LOCAL

#endif
