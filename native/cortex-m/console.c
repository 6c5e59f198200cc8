/*
 * The console: a ring for each direction between the program and the UART's interrupt. Writing queues and returns;
 * only a full ring makes the writer wait for the UART. With interrupts masked (a fault) bytes are sent by hand.
 */
#include "chip.h"
#include "core.h"
#include "interrupt-line.h"
#include "port.h"

enum { SEND_RING = 512, RECEIVE_RING = 64 }; /* powers of two */

static uint8_t send_ring[SEND_RING], receive_ring[RECEIVE_RING];
static volatile uint32_t send_head, send_tail, receive_head, receive_tail; /* heads are written by the producer */
static volatile bool stalled; /* the ring was full, the receive interrupt is off */

/* Moves bytes from the ring to the UART until it is busy. Masked, or in the UART's interrupt. */
static void pump(void)
{
	while (send_tail != send_head && chip_console_send(send_ring[send_tail % SEND_RING]))
		send_tail++;
	chip_console_send_interrupt(send_tail != send_head);
}

static void pump_masked(void)
{
	uint32_t state = core_mask();
	pump();
	core_unmask(state);
}

static void put(uint8_t byte)
{
	while (send_head - send_tail == SEND_RING)
		pump_masked();
	send_ring[send_head % SEND_RING] = byte;
	send_head++;
}

void stator_port_write(const char *text, size_t size)
{
	for (; size; size--, text++) {
		if (*text == '\n')
			put('\r');
		put((uint8_t)*text);
	}
	pump_masked();
}

void stator_port_flush(void)
{
	while (send_tail != send_head)
		pump_masked();
}

void console_sendable(void)
{
	pump();
}

bool console_has_room(void)
{
	if (receive_head - receive_tail < RECEIVE_RING)
		return true;
	stalled = true;
	chip_console_receive_interrupt(false);
	return false;
}

void console_received(uint8_t byte)
{
	receive_ring[receive_head % RECEIVE_RING] = byte;
	receive_head++;
	if (interrupt_line)
		interrupt_line(STATOR_LINE_CONSOLE);
}

int stator_port_read(void)
{
	if (receive_tail == receive_head)
		return -1;
	int byte = receive_ring[receive_tail % RECEIVE_RING];
	receive_tail++;
	if (stalled) {
		stalled = false;
		chip_console_receive_interrupt(true);
	}
	return byte;
}
