/* chip.h: what a chip folder (chips/<chip>/) gives to the core: clocks, a console, a light, a measuring counter. */
#ifndef STATOR_CHIP_H
#define STATOR_CHIP_H

#include <stdbool.h>
#include <stdint.h>

/* The clock of SysTick, Hz; 0: the chip has none. */
extern const uint32_t chip_systick_hz;

/* Clocks, pins and the console's UART, its receive interrupt on. Before anything else; interrupts masked. */
void chip_init(void);

/* Sends a byte when the UART takes one; false when it is busy. */
bool chip_console_send(uint8_t byte);

/* Whether the UART interrupts when it takes the next byte. */
void chip_console_send_interrupt(bool on);

/* Whether the UART interrupts when it has received a byte. Off while the ring is full, so that the byte waits in the UART
   (and the sender, where the line has flow control). */
void chip_console_receive_interrupt(bool on);

void chip_led(bool on);

/* A free-running counter (32 bits) and its Hz; 0 Hz: none. */
uint32_t chip_cycles(void);
extern const uint32_t chip_cycles_hz;

/* The chip's part of the vector table, and how many entries it has. Those without a handler of the chip's are
   vector_entry (vectors.h). */
extern void (*const chip_vectors[])(void);
extern const uint32_t chip_vector_count;

/* In a fault: what was being written stays as it is, since the fault may have come from there. */
void console_forget_writers(void);

/* The chip's interrupt handlers call these. ISR. */
void button_pressed(void);
void console_sendable(void);
bool console_has_room(void); /* false: the receive interrupt is off now, leave the byte where it is */
void console_received(uint8_t byte);

#endif
