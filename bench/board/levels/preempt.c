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
static uint32_t reload, shortest, spread, state, longest_wait, shortest_wait, arrivals, stamp, statement = UINT32_MAX;
static bool second;

static void handler(uint32_t vector)
{
	(void)vector;
	TIMER1_CTRL = CTRL_ENABLE; /* once: what is shorter than this handler would else leave time for nothing but it */
	TIMER1_INTCLEAR = 1;
	stator_wake(executor, waiting);
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

/* arrived(id), twice: see preempt.native.d.ts */
void xs_bench_arrived(txMachine *the)
{
	uint32_t wait = reload - TIMER1_VALUE;
	executor = the->context;
	waiting = fxToInteger(the, mxArgv(0));
	second = !second;
	if (!second) {
		if (!shortest)
			return;
		if (wait - stamp < statement)
			statement = wait - stamp;
		run_timer();
		return;
	}
	stamp = wait;
	if (!shortest)
		return; /* the first poll, at start-up */
	if (wait > longest_wait)
		longest_wait = wait;
	if (wait < shortest_wait)
		shortest_wait = wait;
	arrivals++;
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

/* result(which) */
void xs_bench_result(txMachine *the)
{
	const uint32_t results[] = { longest_wait, shortest_wait, arrivals, statement };
	mxResult->kind = XS_INTEGER_KIND;
	mxResult->value.integer = (txInteger)results[fxToInteger(the, mxArgv(0)) & 3];
}
