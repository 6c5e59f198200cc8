/*
 * vectors.h: handlers chosen at run time. The chip's vector table lies in flash; each of its entries that the chip file
 * has no handler for is `vector_entry`, which finds the handler here. A program that attaches none pays no RAM.
 */
#ifndef STATOR_VECTORS_H
#define STATOR_VECTORS_H

#include <stdint.h>

/* Runs as the interrupt's handler, at its priority. `vector`: the number at the interrupt controller, from 0. ISR. */
typedef void (*vector_handler)(uint32_t vector);

/*
 * Makes `handler` the handler of a vector; null takes it away. 0, -EINVAL when the chip has no such vector or the chip
 * file handles it itself, -EBUSY when another handler is attached, -ENOMEM. Neither enables the vector nor sets its
 * priority. INIT: the first call takes the table, one pointer a vector, from the machine's block for good.
 */
int vector_attach(uint32_t vector, vector_handler handler);

/* The entry of the vector table. An interrupt that nobody has attached is a fault, and reported as one. */
void vector_entry(void);

#endif
