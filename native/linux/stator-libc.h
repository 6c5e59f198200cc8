/* stator-libc.h for hosts: the C library as it is; only memory is ours (native/xs/pool.c). */
#ifndef STATOR_LIBC_H
#define STATOR_LIBC_H
#endif
