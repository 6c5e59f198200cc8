/* stator-thread.h for boards: one core, no threads; who preempts whom sets what is global back (native/xs/levels.c). */
#ifndef STATOR_THREAD_H
#define STATOR_THREAD_H

#define STATOR_THREAD_LOCAL

#endif
