/*
 * Polls with interrupts masked (feature A10): a task runs undisturbed until it yields. Interrupts that come meanwhile are
 * latched by the controller, one for each vector, and taken between two polls. Each executor chooses for itself: one that
 * masks keeps away whatever is more urgent, levels included, and one that does not is preempted by these. Linked only into
 * programs in which an executor asks for it; in these a poll of one that does not costs the look at its flag.
 */
#include "xsAll.h"

#include "machine.h"
#include "masked-poll.h"
#include "port.h"

static stator_poll_mask *mask_of(txMachine *the)
{
	return &stator_poll_masks[stator_machine_number((stator_machine *)the->context)];
}

void stator_enter_poll(txMachine *the, txSlot *generator, txInteger count)
{
	stator_poll_mask *mask = mask_of(the);
	if (!mask->masks) {
		fxRunID(the, generator, count);
		return;
	}
	mask->state = stator_port_lock();
	mask->polling = true;
	fxRunID(the, generator, count);
	stator_leave_poll(the);
}

void stator_leave_poll(txMachine *the)
{
	stator_poll_mask *mask = mask_of(the);
	if (!mask->polling)
		return;
	mask->polling = false;
	stator_port_unlock(mask->state);
}
