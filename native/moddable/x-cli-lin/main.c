/*
 * The command line on Linux (mcconfig -p x-cli-lin) has no program around the machine: this is it. Makes the machine, imports the module
 * "main", and serves the loop until no task is left.
 */
#include "xsmc.h"
#include "mc.xs.h"

#include "host.h"

#include <stdio.h>
#include <stdlib.h>

void fxAbort(xsMachine *the, int status)
{
	(void)the;
	fprintf(stderr, "stator: the engine ended, status %d\n", status);
	exit(64 + status);
}

static int import_main(xsMachine *machine)
{
	volatile int status = 0;
	xsBeginHost(machine);
	{
		xsTry {
			xsAwaitImport("main", XS_IMPORT_NAMESPACE);
		}
		xsCatch {
			fprintf(stderr, "stator: %s\n", xsmcToString(xsException));
			status = 1;
		}
	}
	xsEndHost(machine);
	return status;
}

int main(void)
{
	stator_host_ticks(); /* the clock begins */
	xsMachine *machine = xsPrepareMachine(NULL, xsPreparation(), "stator", NULL, NULL);
	int status = machine ? import_main(machine) : 2;
	if (status)
		return status;
	while (stator_host.begun && !stator_host.ended)
		stator_host_serve();
	stator_host_summary();
	return stator_host.status;
}
