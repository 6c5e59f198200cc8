/* What a board's record has and a host's has not (native/abi/record.h): interrupts that are there for everybody, and a sleep that only they end. */
#include "interrupts.h"
#include "interrupt-port.h"
#include "record-steps.h"
#include "record.h"

void record_interrupt(uint32_t source, uint32_t times)
{
	if (stator_interrupt_lists.lists && source < stator_interrupt_lists.sources)
		stator_interrupts_came(&stator_interrupt_lists, source, times);
}

void stator_record_idle(stator_executor *executor)
{
	stator_record_deliver();
	if (stator_work(executor))
		return;
	executor->sleeps++;
	record_step(STATOR_RECORD_SLEEP);
	do
		record_sleep();
	while (!stator_work(executor));
}
