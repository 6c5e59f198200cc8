/*
 * Polls with interrupts masked (feature A10): a task runs undisturbed until it yields. Interrupts that come meanwhile are
 * latched by the controller, one for each vector, and taken between two polls. Linked only into programs that ask for it.
 */
#include "xsAll.h"

#include "masked-poll.h"
#include "port.h"

static uint32_t state;
static bool polling;

void stator_enter_poll(txMachine *the, txSlot *generator, txInteger count)
{
	state = stator_port_lock();
	polling = true;
	fxRunID(the, generator, count);
	stator_leave_poll();
}

void stator_leave_poll(void)
{
	if (!polling)
		return;
	polling = false;
	stator_port_unlock(state);
}
