/*
 * The console: a ring for each direction between the program and the UART's interrupt. Writing queues and returns;
 * only a full ring makes the writer wait for the UART. With interrupts masked (a fault) bytes are sent by hand.
 *
 * What one call writes comes out as one piece, whoever preempts whom: a writer that has preempted another in the middle
 * finishes what that one had begun, and then writes its own. The other finds that it is done. So nobody waits for
 * somebody less urgent, and nothing is masked for longer than one byte.
 */
#include "chip.h"
#include "core.h"
#include "interrupt-line.h"
#include "port.h"
#include "record-hooks.h"

enum { SEND_RING = 512, RECEIVE_RING = 64 }; /* powers of two */

static uint8_t send_ring[SEND_RING], receive_ring[RECEIVE_RING];
static volatile uint32_t send_head, send_tail, receive_head, receive_tail; /* heads are written by the producer */
static volatile bool stalled; /* the ring was full, the receive interrupt is off */

/* A call of stator_port_write: on the C stack of who calls. */
typedef struct writer {
	struct writer *preempted; /* who was writing when this one came */
	const stator_text *text, *end;
	size_t at;     /* in the present text */
	bool returned; /* a '\r' stands before the '\n' that is next */
	bool raw;      /* a '\n' is a byte like all others */
} writer;

static writer *volatile writing;

/* Moves bytes from the ring to the UART until it is busy. Any context, also the UART's interrupt. */
static void pump(void)
{
	bool more = true;
	while (more) {
		uint32_t state = core_mask();
		more = send_tail != send_head && chip_console_send(send_ring[send_tail % SEND_RING]);
		if (more)
			send_tail++;
		else
			chip_console_send_interrupt(send_tail != send_head);
		core_unmask(state);
	}
}

/* Queues the next byte, if there is room. False: there was none left. Masked. */
static bool step(writer *w)
{
	while (w->text != w->end && w->at == w->text->size) {
		w->text++;
		w->at = 0;
	}
	if (w->text == w->end)
		return false;
	if (send_head - send_tail == SEND_RING)
		return true;
	char byte = w->text->text[w->at];
	if (byte == '\n' && !w->returned && !w->raw) {
		w->returned = true;
		byte = '\r';
	} else {
		w->returned = false;
		w->at++;
	}
	send_ring[send_head % SEND_RING] = (uint8_t)byte;
	send_head++;
	return true;
}

/* Writes a call's texts to the end, those of who was preempted first. As deep as levels are nested. */
static void finish(writer *w)
{
	if (w->preempted)
		finish(w->preempted);
	for (bool more = true; more;) {
		if (send_head - send_tail == SEND_RING)
			pump();
		uint32_t state = core_mask();
		more = step(w);
		core_unmask(state);
	}
}

static void write_texts(const stator_text *texts, uint32_t count, bool raw)
{
	/* Who comes between these two lines has left again when the second is reached. */
	writer own = { .preempted = writing, .text = texts, .end = texts + count, .raw = raw };
	writing = &own;
	finish(&own);
	writing = own.preempted;
	pump();
}

void stator_port_write_texts(const stator_text *texts, uint32_t count)
{
	write_texts(texts, count, false);
}

void stator_port_write(const char *text, size_t size)
{
	const stator_text whole = { text, size };
	write_texts(&whole, 1, false);
}

void stator_port_write_raw(const char *bytes, size_t size)
{
	const stator_text whole = { bytes, size };
	write_texts(&whole, 1, true);
}

void console_forget_writers(void)
{
	writing = NULL;
}

void stator_port_flush(void)
{
	while (send_tail != send_head)
		pump();
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

static int receive(void)
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

int stator_port_read(void)
{
	return hook_outside(STATOR_RECORD_READ, receive());
}
