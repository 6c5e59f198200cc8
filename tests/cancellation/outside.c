/*
 * What comes from outside, for tests/cancellation: the button, a byte on the console, and a look at the wheel. The same on boards and on
 * Linux, whose console receives nothing.
 */
#include "xsAll.h"

#include "executor.h"
#include "interrupt-port.h"
#include "tick.h"
#include "wheel.h"

extern void console_received(uint8_t byte) __attribute__((weak));

/* press(): a falling edge of the button */
void xs_test_outside_press(txMachine *the)
{
	(void)the;
	int32_t line = stator_port_pin_watch((uint32_t)stator_port_pin("button"), STATOR_EDGE_FALLING);
	stator_interrupts_came(&stator_interrupt_lists, stator_port_vector_count() + (uint32_t)line, 1);
}

/* type(byte): false where the console receives nothing */
void xs_test_outside_type(txMachine *the)
{
	uint8_t byte = (uint8_t)fxToInteger(the, mxArgv(0));
	mxResult->kind = XS_BOOLEAN_KIND;
	mxResult->value.boolean = console_received != NULL;
	if (console_received)
		console_received(byte);
}

static txInteger set_of(const stator_timers *timers)
{
	txInteger set = 0;
	for (uint32_t number = 0; number < timers->count; number++)
		if (stator_timers_get(timers, number)->state == STATOR_TIMER_SET)
			set++;
	return set;
}

/* timersSet(): how many timers the wheels hold, the clock's and the program's */
void xs_test_outside_timers_set(txMachine *the)
{
	const stator_executor *executor = the->context;
	const stator_wheel *wheel = executor->timers;
	const stator_ticks *ticks = executor->ticks;
	mxResult->kind = XS_INTEGER_KIND;
	mxResult->value.integer = (wheel ? set_of(wheel->timers) : 0) + (ticks ? set_of(&ticks->timers) : 0);
}
