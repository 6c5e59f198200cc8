/*
 * A handler that puts a number into a shared channel in each of its interrupts, and now and then into a signal and a pipe: CMSDK timer 1 of
 * the MPS2 boards, every so many of its cycles. It counts what went in and what was refused, by itself, and sends a refused number again next time.
 */
#include "xsAll.h"

#include "core.h"
#include "ring.h"
#include "vectors.h"

#define TIMER1_CTRL REG(0x40001000)
#define TIMER1_VALUE REG(0x40001004)
#define TIMER1_RELOAD REG(0x40001008)
#define TIMER1_INTCLEAR REG(0x4000100C)

enum { VECTOR_TIMER1 = 9, CTRL_ENABLE = 1, CTRL_INTERRUPT = 8, PIECE = 5, EVERY = 16 };

static stator_channel *channel;
static stator_signal *signal_;
static stator_pipe *pipe_;
static volatile uint32_t sent, refused, bytes, cut, times;

static void handler(uint32_t vector)
{
	(void)vector;
	TIMER1_INTCLEAR = 1;
	if (sent == times) {
		TIMER1_CTRL = 0;
		return;
	}
	uint32_t next = sent + 1;
	if (next % EVERY == 0) {
		stator_signal_set(signal_, &next);
		uint8_t piece[PIECE];
		for (uint32_t i = 0; i < PIECE; i++)
			piece[i] = (uint8_t)(bytes + i);
		uint32_t moved = stator_pipe_try_write(pipe_, piece, PIECE);
		bytes += moved;
		cut += moved < PIECE;
	}
	if (stator_channel_try_send(channel, &next))
		sent = next;
	else
		refused++;
}

/* storm(times, cycles): INIT, after the channel, the signal and the pipe are open */
void xs_test_shared_storm(txMachine *the)
{
	channel = stator_channel_find("numbers");
	signal_ = stator_signal_find("latest");
	pipe_ = stator_pipe_find("bytes");
	times = (uint32_t)fxToInteger(the, mxArgv(0));
	vector_attach(VECTOR_TIMER1, handler);
	core_enable_vector(VECTOR_TIMER1);
	TIMER1_RELOAD = (uint32_t)fxToInteger(the, mxArgv(1));
	TIMER1_VALUE = TIMER1_RELOAD;
	TIMER1_CTRL = CTRL_ENABLE | CTRL_INTERRUPT;
}

/* counted(which): 0 numbers sent, 1 numbers refused, 2 bytes, 3 writes that were cut short */
void xs_test_shared_counted(txMachine *the)
{
	const uint32_t counts[] = { sent, refused, bytes, cut };
	mxResult->kind = XS_INTEGER_KIND;
	mxResult->value.integer = (txInteger)counts[fxToInteger(the, mxArgv(0)) & 3];
}
