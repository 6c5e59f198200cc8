/* What images link in place of probe.c (probe.h). */
#include "probe.h"

void stator_probe_begin(struct sxMachine *the)
{
	(void)the;
}

void stator_probe_pool(struct sxMachine *the, const char *task, uint32_t slots)
{
	(void)the;
	(void)task;
	(void)slots;
}

void stator_probe_slot(struct sxMachine *the, uint32_t slot)
{
	(void)the;
	(void)slot;
}

void stator_probe_started(struct sxMachine *the)
{
	(void)the;
}

void stator_probe_ended(struct sxMachine *the)
{
	(void)the;
}
