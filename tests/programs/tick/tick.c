/* CMSDK timer 1 of the MPS2 boards, periodic; its handler is the one that ticks. */
#include "xsAll.h"

#include "core.h"
#include "machine.h"
#include "tick.h"
#include "vectors.h"

#define TIMER1_CTRL REG(0x40001000)
#define TIMER1_VALUE REG(0x40001004)
#define TIMER1_RELOAD REG(0x40001008)
#define TIMER1_INTCLEAR REG(0x4000100C)

enum { VECTOR_TIMER1 = 9, CTRL_ENABLE = 1, CTRL_INTERRUPT = 8 };

static stator_tick_wheel *teeth;
static volatile uint32_t count;

static void handler(uint32_t vector)
{
	(void)vector;
	TIMER1_INTCLEAR = 1;
	count++;
	stator_tick(teeth, 1);
}

void xs_tick_beat(txMachine *the)
{
	teeth = stator_tick_find("teeth");
	if (!teeth)
		mxTypeError("tick: there is no timer \"teeth\"");
	vector_attach(VECTOR_TIMER1, handler);
	core_enable_vector(VECTOR_TIMER1);
	TIMER1_RELOAD = (uint32_t)fxToInteger(the, mxArgv(0));
	TIMER1_VALUE = TIMER1_RELOAD;
	TIMER1_CTRL = CTRL_ENABLE | CTRL_INTERRUPT;
}

void xs_tick_beats(txMachine *the)
{
	mxResult->kind = XS_INTEGER_KIND;
	mxResult->value.integer = (txInteger)count;
}
