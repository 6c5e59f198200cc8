/*
 * The interrupt of preempt_instr_max: CMSDK timer 1 of the MPS2 boards, which goes on counting when it has run out, so that
 * what it counts is the time since the interrupt. The handler wakes the level's task; nothing else.
 */
#include "xsAll.h"

#include "core.h"
#include "executor.h"
#include "vectors.h"

#define TIMER1_CTRL REG(0x40001000)
#define TIMER1_VALUE REG(0x40001004)
#define TIMER1_RELOAD REG(0x40001008)
#define TIMER1_INTCLEAR REG(0x4000100C)

enum { VECTOR_TIMER1 = 9, CTRL_ENABLE = 1, CTRL_INTERRUPT = 8 };

static stator_executor *executor;
static stator_task_id waiting;
static uint32_t reload, shortest, spread, state, longest_wait, shortest_wait, arrivals;

static void handler(uint32_t vector)
{
	(void)vector;
	TIMER1_INTCLEAR = 1;
	stator_wake(executor, waiting);
}

/* waitForTimer(id) */
void xs_bench_wait_for_timer(txMachine *the)
{
	executor = the->context;
	waiting = fxToInteger(the, mxArgv(0));
}

static void run_timer(void)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	reload = shortest + state % spread;
	TIMER1_CTRL = 0;
	TIMER1_RELOAD = reload;
	TIMER1_VALUE = reload;
	TIMER1_CTRL = CTRL_ENABLE | CTRL_INTERRUPT;
}

/* arrived() */
void xs_bench_arrived(txMachine *the)
{
	(void)the;
	uint32_t wait = reload - TIMER1_VALUE;
	if (!shortest)
		return; /* the first poll, at start-up */
	if (wait > longest_wait)
		longest_wait = wait;
	if (wait < shortest_wait)
		shortest_wait = wait;
	arrivals++;
	run_timer();
}

/* startTimer(shortest, spread) */
void xs_bench_start_timer(txMachine *the)
{
	TIMER1_CTRL = 0;
	state = 20260101;
	shortest = (uint32_t)fxToInteger(the, mxArgv(0));
	spread = (uint32_t)fxToInteger(the, mxArgv(1));
	longest_wait = arrivals = 0;
	shortest_wait = UINT32_MAX;
	vector_attach(VECTOR_TIMER1, handler);
	core_enable_vector(VECTOR_TIMER1);
	run_timer();
}

/* stopTimer() */
void xs_bench_stop_timer(txMachine *the)
{
	(void)the;
	core_disable_vector(VECTOR_TIMER1);
	TIMER1_CTRL = 0;
}

static void return_integer(txMachine *the, uint32_t value)
{
	mxResult->kind = XS_INTEGER_KIND;
	mxResult->value.integer = (txInteger)value;
}

void xs_bench_worst(txMachine *the)
{
	return_integer(the, longest_wait);
}

void xs_bench_best(txMachine *the)
{
	return_integer(the, shortest_wait);
}

void xs_bench_count(txMachine *the)
{
	return_integer(the, arrivals);
}
