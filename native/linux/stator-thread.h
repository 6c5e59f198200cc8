/* stator-thread.h for hosts: what is of one thread alone. Each executor on a thread has a machine of its own (threads.c). */
#ifndef STATOR_THREAD_H
#define STATOR_THREAD_H

#define STATOR_THREAD_LOCAL __thread

#endif
