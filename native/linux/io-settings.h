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

#endif
