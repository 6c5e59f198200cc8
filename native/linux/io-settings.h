/* io-settings.h: the sizes of a program's ring (docs/SPEC.md, "Files and sockets"). io-settings.c is compiled once for each program. */
#ifndef STATOR_IO_SETTINGS_H
#define STATOR_IO_SETTINGS_H

#include <stdint.h>

typedef struct {
	uint32_t entries;        /* ioEntries: submission queue entries; 0: a pure-compute executor, without a ring */
	uint32_t files;          /* ioFiles: places for direct descriptors and registered files */
	uint32_t buffer_bytes;   /* ioBufferBytes: address space for buffers, taken as they are made */
	uint32_t provided;       /* ioProvided: buffers that the kernel chooses from, a power of two */
	uint32_t provided_bytes; /* ioProvidedBytes: the size of each */
} stator_io_settings_t;

extern const stator_io_settings_t stator_io_settings;

/* How executors do I/O in a program with threads: the option `io` of its `run` (src/threads/run.ts). */
enum { STATOR_IO_RING_PER_THREAD, STATOR_IO_COMPLETION_THREAD, STATOR_IO_NONE };

/* In the program's levels.c (tools/levels.ts), when it has threads; else it is not there. */
__attribute__((weak)) extern const uint32_t stator_thread_io;

static inline uint32_t stator_io_form(void)
{
	return &stator_thread_io ? stator_thread_io : STATOR_IO_RING_PER_THREAD;
}

#endif
