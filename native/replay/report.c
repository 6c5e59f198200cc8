/* What a replay says: where it parted from the record, and what it was when it comes to its end. On stderr: stdout is the program's console. */
#include "replay.h"

#include "interrupt-port.h"
#include "machine.h"
#include "port.h"
#include "replay-port.h"

#include <stdio.h>
#include <stdlib.h>

enum { STATUS_PARTED = 3, TEXT = 160 }; /* the status: tools/record/command.ts knows it */

/* A source of interrupts, in words. */
static const char *source_text(uint32_t source)
{
	static char text[TEXT];
	uint32_t line = source - replay_head.vectors;
	static const char *const edges[] = { "rising", "falling", "either" };
	const char *name = source < replay_head.vectors ? stator_port_vector_name(source) : NULL;
	if (source < replay_head.vectors)
		snprintf(text, sizeof text, "interrupt %u (%s)", (unsigned)source, name ? name : "it has no name");
	else if (line == STATOR_LINE_CONSOLE)
		snprintf(text, sizeof text, "interrupt of the console");
	else
		snprintf(text, sizeof text, "interrupt of the pin at line %u, %s edge", (unsigned)(line - STATOR_LINE_PINS) / STATOR_EDGES,
			edges[(line - STATOR_LINE_PINS) % STATOR_EDGES]);
	return text;
}

static const char *entry_text(const replay_entry *entry)
{
	static char text[2 * TEXT];
	switch (entry->kind) {
	case STATOR_RECORD_NOW:
		snprintf(text, sizeof text, "the clock, which went on by %lld ms", (long long)entry->value);
		break;
	case STATOR_RECORD_READ:
		snprintf(text, sizeof text, "byte %lld of the console", (long long)entry->value - 1);
		break;
	case STATOR_RECORD_PORT:
		snprintf(text, sizeof text, "the platform's answer %lld, about a pin or a vector", (long long)entry->value);
		break;
	case STATOR_RECORD_COUNTER:
		snprintf(text, sizeof text, "a counter, %lld", (long long)entry->value);
		break;
	case STATOR_RECORD_NATIVE:
		snprintf(text, sizeof text, "a native function's value, %lld", (long long)entry->value);
		break;
	case STATOR_RECORD_INTERRUPT:
		snprintf(text, sizeof text, "%s, %u times", source_text(entry->source), (unsigned)entry->times);
		break;
	case STATOR_RECORD_ALARM:
		return "the clock's alarm";
	case STATOR_RECORD_TIME:
		return "an event of the trace";
	case STATOR_RECORD_END:
		snprintf(text, sizeof text, "the end of the program, with status %lld", (long long)entry->value);
		break;
	case STATOR_RECORD_CUT:
		return "the end of its time";
	default:
		return "nothing more";
	}
	return text;
}

void replay_parts(const replay_entry *entry, const char *asked)
{
	fflush(stdout);
	fprintf(stderr, "stator-replay: the program parts from the record at step %u\n", (unsigned)replay_step());
	fprintf(stderr, "  recorded: step %u: %s\n", (unsigned)entry->step, entry_text(entry));
	fprintf(stderr, "  asked:    step %u: %s\n", (unsigned)replay_step(), asked);
	fprintf(stderr, "  as recorded up to step %u\n", (unsigned)replay_agreed());
	fprintf(stderr, "  polled: %s\n", replay_polled());
	fflush(stderr);
	replay_console = stderr;
	stator_machine_where(NULL);
	fflush(stderr);
	exit(STATUS_PARTED);
}

void replay_ends(const char *why, int status)
{
	const stator_executor *executor = &stator_main_executor;
	fflush(stdout);
	fprintf(stderr, "stator-replay: %s: step %u of %u, %u ms", why, (unsigned)replay_step(), (unsigned)replay_head.steps, (unsigned)replay_now());
	if (replay_ended()) /* polls are counted when a round is over */
		fprintf(stderr, "; polls %u, wakes %u, sleeps %u", (unsigned)executor->polls, (unsigned)executor->ready.wakes, (unsigned)executor->sleeps);
	fputc('\n', stderr);
	replay_leave(status);
}
