/*
 * The interrupt of `isr_to_task_instr_max`: CMSDK timer 1 of the MPS2 boards. The handler notes the counter
 * and wakes; nothing else. For `await interrupt(…)` the handler is Stator's own, and only acknowledged here.
 */
#include "xsAll.h"

#include "core.h"
#include "interrupt-port.h"
#include "machine.h"
#include "port.h"
#include "vectors.h"

#define TIMER1_CTRL REG(0x40001000)
#define TIMER1_VALUE REG(0x40001004)
#define TIMER1_RELOAD REG(0x40001008)
#define TIMER1_INTCLEAR REG(0x4000100C)

enum { VECTOR_TIMER1 = 9, CTRL_ENABLE = 1, CTRL_INTERRUPT = 8 };

static volatile uint32_t stamp;
static stator_task_id waker;

static void handler(uint32_t vector)
{
	(void)vector;
	stamp = stator_port_cycles();
	TIMER1_CTRL = 0;
	TIMER1_INTCLEAR = 1;
	stator_wake(&stator_main_executor, waker);
}

/* arm(id, cycles): the interrupt comes so many cycles from now and wakes the task */
void xs_bench_arm(txMachine *the)
{
	vector_attach(VECTOR_TIMER1, handler);
	core_enable_vector(VECTOR_TIMER1);
	waker = fxToInteger(the, mxArgv(0));
	TIMER1_RELOAD = (uint32_t)fxToInteger(the, mxArgv(1));
	TIMER1_VALUE = TIMER1_RELOAD;
	TIMER1_CTRL = CTRL_ENABLE | CTRL_INTERRUPT;
}

/* sinceInterrupt(): cycles since the handler was entered */
void xs_bench_since(txMachine *the)
{
	mxResult->kind = XS_INTEGER_KIND;
	mxResult->value.integer = (txInteger)(stator_port_cycles() - stamp);
}

static void acknowledge(uint32_t vector)
{
	(void)vector;
	TIMER1_INTCLEAR = 1;
}

/* armTimer(cycles): the interrupt comes so many cycles from now, and the timer counts on from the same number */
void xs_bench_arm_timer(txMachine *the)
{
	stator_interrupt_acknowledge(VECTOR_TIMER1, acknowledge);
	TIMER1_CTRL = 0;
	TIMER1_RELOAD = (uint32_t)fxToInteger(the, mxArgv(0));
	TIMER1_VALUE = TIMER1_RELOAD;
	TIMER1_CTRL = CTRL_ENABLE | CTRL_INTERRUPT;
}

/* sinceTimer(): cycles since the interrupt was raised */
void xs_bench_since_timer(txMachine *the)
{
	mxResult->kind = XS_INTEGER_KIND;
	mxResult->value.integer = (txInteger)(TIMER1_RELOAD - TIMER1_VALUE);
}
