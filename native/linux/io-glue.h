/* io-glue.h: arguments of the native functions behind `stator/io`, shared by the three files of them. */
#ifndef STATOR_IO_GLUE_H
#define STATOR_IO_GLUE_H

#include "uring.h"

struct sxMachine;

/* -1 where the argument is left out: a position in a file, or a length. */
int64_t io_wide(struct sxMachine *the, int index);

/* The operation whose number is argument 0. TypeError when there is none. */
uring_operation *io_operation(struct sxMachine *the);

/* … and it has storage: for paths, addresses, vectors and times. */
uring_operation *io_stored(struct sxMachine *the);

/* Argument `index` is a Uint8Array of ioBuffer, the next two an offset and a length in it (left out: 0, the rest). TypeError for another
   array, which the engine would move; RangeError where it is too short. */
char *io_bytes(struct sxMachine *the, int index, uint32_t *size);

/* The elements of an array of such Uint8Arrays, as vectors. RangeError for more than URING_VECTORS. */
uint32_t io_vectors(struct sxMachine *the, int index, struct iovec *vectors);

/* Argument `index` is a path, a string or an object with `bytes` and `length` (src/io/path.ts), into storage `which`. 0, or a status. */
int io_path(struct sxMachine *the, int index, uring_operation *operation, int which);

/* Begins an operation for the task that is being polled; the native function's result is its state. TypeError outside of a task. */
void io_initiate(struct sxMachine *the, uring_operation *operation);

enum { IO_WAITS = 6 };

/* Arguments from IO_WAITS on: a waker, then perhaps a timer and its milliseconds. Where they are given, an operation that has just been begun
   is queued, and the timer set: the task waits in any case, and looks when it is woken. */
void io_wait(struct sxMachine *the, uring_operation *operation);

/* The descriptor, unless it is a place in another executor's table: TypeError. */
int32_t io_own_file(struct sxMachine *the, int32_t file);

/* Descriptor of argument `index`, into an entry. */
void io_file(struct sxMachine *the, int index, struct io_uring_sqe *sqe);

#endif
