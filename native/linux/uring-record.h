/*
 * uring-record.h: the ring of a program that is recorded or replayed (native/abi/record.h): what it asks the kernel for, and what the kernel
 * has completed, with the bytes that have come with it. Compiled into no other program.
 */
#ifndef STATOR_URING_RECORD_H
#define STATOR_URING_RECORD_H

#include "uring-state.h"

/* The kernel is about to be asked. HOT */
void uring_record_asks(const uring_operation *operation, const struct io_uring_sqe *sqe);

/* … to end an operation early. */
void uring_record_cancels(const uring_operation *operation);

/* uring_reap. HOT */
uint32_t uring_record_reap(void);

#endif
