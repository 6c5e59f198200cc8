/* What a replay says: where it parted from the record, and what it was when it comes to its end. On stderr: stdout is the program's console. */
#include "replay.h"

#include "interrupt-port.h"
#include "machine.h"
#include "port.h"

#include <linux/io_uring.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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

/* The operations of native/linux, and whether their length is one of bytes. */
static const struct {
	const char *name;
	bool sized;
} operations[] = {
	[IORING_OP_READV] = { "a read into several buffers", false }, [IORING_OP_WRITEV] = { "a write from several buffers", false },
	[IORING_OP_FSYNC] = { "a sync", false }, [IORING_OP_READ_FIXED] = { "a read", true }, [IORING_OP_WRITE_FIXED] = { "a write", true },
	[IORING_OP_POLL_ADD] = { "a poll of a descriptor", false }, [IORING_OP_SYNC_FILE_RANGE] = { "a sync of a range", true },
	[IORING_OP_SENDMSG] = { "a send of a message", false }, [IORING_OP_RECVMSG] = { "a receive of a message", false },
	[IORING_OP_TIMEOUT] = { "a timeout", false }, [IORING_OP_ACCEPT] = { "an accept", false }, [IORING_OP_CONNECT] = { "a connect", false },
	[IORING_OP_FALLOCATE] = { "an allocation", false }, [IORING_OP_CLOSE] = { "a close", false }, [IORING_OP_FILES_UPDATE] = { "a hand-over to the ring", false },
	[IORING_OP_STATX] = { "a stat", false }, [IORING_OP_READ] = { "a read", true }, [IORING_OP_WRITE] = { "a write", true }, [IORING_OP_SEND] = { "a send", true },
	[IORING_OP_RECV] = { "a receive", true }, [IORING_OP_OPENAT2] = { "an open", false }, [IORING_OP_SHUTDOWN] = { "a shutdown", false },
	[IORING_OP_RENAMEAT] = { "a rename", false }, [IORING_OP_UNLINKAT] = { "an unlink", false }, [IORING_OP_MKDIRAT] = { "a directory", false },
	[IORING_OP_SYMLINKAT] = { "a symbolic link", false }, [IORING_OP_SOCKET] = { "a socket", false },
	[56] = { "a bind", false }, [57] = { "a listen", false }, /* not in liburing 2.3 */
};

const char *replay_request_text(const stator_record_request *request)
{
	static char texts[2][TEXT];
	static uint32_t turn;
	char *text = texts[turn++ & 1];
	bool known = request->opcode < sizeof operations / sizeof *operations && operations[request->opcode].name;
	int used = known ? snprintf(text, TEXT, "%s", operations[request->opcode].name) : snprintf(text, TEXT, "the kernel's operation %u", (unsigned)request->opcode);
	if (request->file >= 0) /* else a path, or a new socket */
		used += snprintf(text + used, TEXT - (size_t)used, ", descriptor %d", (int)request->file);
	if (known && operations[request->opcode].sized)
		used += snprintf(text + used, TEXT - (size_t)used, ", %u bytes", (unsigned)request->length);
	snprintf(text + used, TEXT - (size_t)used, " (operation %u)", (unsigned)request->number);
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
	case STATOR_RECORD_COMPLETION:
		if (entry->completion.whose < STATOR_RECORD_OPERATIONS)
			return "a completion that is no operation's";
		snprintf(text, sizeof text, "the completion of operation %u, with %d", (unsigned)(entry->completion.whose - STATOR_RECORD_OPERATIONS), (int)entry->completion.result);
		break;
	case STATOR_RECORD_LANDED:
		snprintf(text, sizeof text, "%u bytes that the kernel has put into memory", (unsigned)entry->size);
		break;
	case STATOR_RECORD_ASKED:
		return replay_request_text(&entry->request);
	case STATOR_RECORD_KERNEL:
		snprintf(text, sizeof text, "the kernel's answer %lld", (long long)entry->value);
		break;
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

/* Which task is being polled, in words. */
static const char *polled(void)
{
	static char text[32];
	if (stator_main_executor.current < 0)
		return "no task";
	snprintf(text, sizeof text, "the task in slot %d", (int)stator_main_executor.current);
	return text;
}

void replay_begin(int argc, char **argv)
{
	const char *why;
	if (argc != 2) {
		fprintf(stderr, "usage: %s <record>\n", argv[0]);
		exit(2);
	}
	if (!replay_open(argv[1], &why)) {
		fprintf(stderr, "stator-replay: %s: %s\n", argv[1], why);
		exit(1);
	}
}

/* Linked into traced programs only. */
__attribute__((weak)) void stator_trace_dump(void);

void replay_parts(const replay_entry *entry, const char *asked)
{
	fflush(stdout);
	fprintf(stderr, "stator-replay: the program parts from the record at step %u\n", (unsigned)replay_step());
	fprintf(stderr, "  recorded: step %u: %s\n", (unsigned)entry->step, entry_text(entry));
	fprintf(stderr, "  asked:    step %u: %s\n", (unsigned)replay_step(), asked);
	fprintf(stderr, "  as recorded up to step %u\n", (unsigned)replay_agreed());
	fprintf(stderr, "  polled: %s\n", polled());
	fflush(stderr);
	dup2(STDERR_FILENO, STDOUT_FILENO); /* what is said of the program, and not by it */
	stator_machine_where(NULL);
	fflush(stdout);
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
	if (stator_trace_dump)
		stator_trace_dump();
	fflush(stdout);
	exit(status);
}
