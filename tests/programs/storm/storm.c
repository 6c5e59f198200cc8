/*
 * Storms for the interrupt tests: CMSDK timer 1 of the MPS2 boards raises an interrupt every so many of its cycles (40 ns; an
 * instruction under -icount shift=6 is 64 ns), and what the hardware made is counted by the acknowledge function, by itself.
 */
#include "xsAll.h"

#include "core.h"
#include "interrupt-port.h"

#define TIMER1_CTRL REG(0x40001000)
#define TIMER1_VALUE REG(0x40001004)
#define TIMER1_RELOAD REG(0x40001008)
#define TIMER1_INTCLEAR REG(0x4000100C)

enum { VECTOR_TIMER1 = 9, CTRL_ENABLE = 1, CTRL_INTERRUPT = 8 };

static volatile uint32_t made, most;

static void acknowledge(uint32_t vector)
{
	(void)vector;
	TIMER1_INTCLEAR = 1;
	if (made < most && ++made == most)
		TIMER1_CTRL = 0;
}

static txInteger argument(txMachine *the, int index)
{
	return fxToInteger(the, mxArgv(index));
}

static void result(txMachine *the, uint32_t value)
{
	mxResult->kind = XS_INTEGER_KIND;
	mxResult->value.integer = (txInteger)value;
}

/* storm(times, cycles): so many interrupts, one every so many cycles of the timer */
void xs_test_storm(txMachine *the)
{
	stator_interrupt_acknowledge(VECTOR_TIMER1, acknowledge);
	TIMER1_CTRL = 0;
	made = 0;
	most = (uint32_t)argument(the, 0);
	TIMER1_RELOAD = (uint32_t)argument(the, 1) - 1;
	TIMER1_VALUE = TIMER1_RELOAD;
	TIMER1_CTRL = CTRL_ENABLE | CTRL_INTERRUPT;
}

/* strike(cycles): one interrupt, so many cycles from now */
void xs_test_strike(txMachine *the)
{
	stator_interrupt_acknowledge(VECTOR_TIMER1, acknowledge);
	TIMER1_CTRL = 0;
	made = 0;
	most = 1;
	TIMER1_RELOAD = 0xFFFFFFFF; /* long after it has been stopped */
	TIMER1_VALUE = (uint32_t)argument(the, 0);
	TIMER1_CTRL = CTRL_ENABLE | CTRL_INTERRUPT;
}

/* stormMade(): how many the hardware has made */
void xs_test_storm_made(txMachine *the)
{
	result(the, made);
}

/* serve(): takes the line down */
void xs_test_storm_serve(txMachine *the)
{
	TIMER1_INTCLEAR = 1;
	result(the, made);
}

/* raiseAndHold(cycles): an interrupt every so many cycles, whose line stays up until serve(): nothing acknowledges it */
void xs_test_storm_hold(txMachine *the)
{
	stator_interrupt_acknowledge(VECTOR_TIMER1, NULL);
	TIMER1_CTRL = 0;
	TIMER1_RELOAD = (uint32_t)argument(the, 0);
	TIMER1_VALUE = TIMER1_RELOAD;
	TIMER1_CTRL = CTRL_ENABLE | CTRL_INTERRUPT;
}
