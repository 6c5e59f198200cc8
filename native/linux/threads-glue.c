/*
 * The native functions behind `stator/threads` (threads.js): argument conversion around dispatch.h and threads.h, and what is wrong with a
 * declaration, in words. Linked only into programs that have threads.
 */
#include "xsAll.h"
#include "xsmc.h"

#include "dispatch.h"
#include "executor-here.h"
#include "format.h"
#include "heap.h"
#include "machine.h"
#include "native-call.h"
#include "port.h"
#include "stator-cycles.h"
#include "threads.h"

#include <errno.h>

#define HERE stator_threads_here((stator_machine *)the->context)

static void return_number(txMachine *the, double value)
{
	txInteger integer = (txInteger)value;
	if (value >= INT32_MIN && value <= INT32_MAX && (double)integer == value && (value || !signbit(value)))
		return_integer(the, integer);
	else {
		mxResult->kind = XS_NUMBER_KIND;
		mxResult->value.number = value;
	}
}

static work *work_arg(txMachine *the, int index)
{
	work *found = dispatch_find((uint32_t)integer_arg(the, index));
	if (!found)
		mxTypeError("work: there is none of that number");
	return found;
}

/* The executor has a seat from its first declaration on. INIT */
static void take_seat(txMachine *the)
{
	static __thread bool taken;
	if (!taken && dispatch_seat(HERE, EXECUTOR, -1, stator_heap_keep_shared))
		mxRangeError("threads: no memory left");
	taken = true;
}

/* threadNumber(): the executor that runs this */
void xs_stator_thread_number(txMachine *the)
{
	return_integer(the, (txInteger)HERE);
}

/* threadsOpen(count): INIT */
void xs_stator_threads_open(txMachine *the)
{
	int32_t count = integer_arg(the, 0);
	if (count > (int32_t)stator_thread_count)
		mxRangeError("run: %d threads, and the build has counted %u: write the number where run or WorkDispatcher is called", (int)count,
			(unsigned)stator_thread_count);
	take_seat(the);
}

/* threadStart(number, dispatcher): INIT. True: a machine of its own runs there now. */
void xs_stator_thread_start(txMachine *the)
{
	uint32_t number = (uint32_t)integer_arg(the, 0);
	stator_machine *machine = &stator_machines[stator_machine_count - stator_thread_count + number - 1];
	if (dispatch_seat(number, &machine->executor, integer_arg(the, 1), stator_heap_keep_shared))
		mxRangeError("run: no memory left for another thread");
	stator_threads_start(number);
	return_boolean(the, true);
}

/* threadReady() */
void xs_stator_thread_ready(txMachine *the)
{
	(void)the;
	stator_threads_ready();
}

/* threadLeave(): does not return */
void xs_stator_thread_leave(txMachine *the)
{
	dispatch_leave(HERE);
	fxExitToHost(the);
}

/* threadsStop() */
void xs_stator_threads_stop(txMachine *the)
{
	(void)the;
	dispatch_quit_all();
	stator_threads_stop();
}

/* threadsLeft() */
void xs_stator_threads_left(txMachine *the)
{
	return_integer(the, (txInteger)stator_threads_left());
}

/* threadStat(executor, which): in the order of hal.ts's THREAD_ */
void xs_stator_thread_stat(txMachine *the)
{
	uint32_t executor = (uint32_t)integer_arg(the, 0), which = (uint32_t)integer_arg(the, 1);
	if (which < 3)
		return_number(the, dispatch_stat(executor, which));
	else
		return_number(the, which == 3 ? stator_threads_awake(executor) : which == 4 ? stator_cycles_hz() : -EINVAL);
}

/* What a negative number of dispatch.h says of a declaration. */
static void check_declared(txMachine *the, int number, const char *what, const char *name)
{
	if (number == -EINVAL)
		mxRangeError("%s \"%.40s\": other machines of the program declare something else in this place, or with another size: declare the same, in the same order, in every one",
			what, name);
	if (number == -ENOSPC)
		mxRangeError("%s \"%.40s\": a program has at most %u tasks that cross threads and %u dispatchers", what, name, (unsigned)DISPATCH_TASKS, (unsigned)DISPATCH_QUEUES);
	if (number < 0)
		mxRangeError("%s \"%.40s\": no memory left", what, name);
}

/* taskShare(name, slots): its number. INIT */
void xs_stator_task_share(txMachine *the)
{
	txString name = fxToString(the, mxArgv(0));
	if (c_strlen(name) >= DISPATCH_NAME)
		mxRangeError("shared task \"%.40s\": its name has at most %u bytes", name, (unsigned)DISPATCH_NAME - 1);
	take_seat(the);
	int number = dispatch_task(HERE, name, (uint32_t)integer_arg(the, 1));
	check_declared(the, number, "shared task", name);
	return_integer(the, number);
}

/* dispatcherNew(capacity): its number. INIT */
void xs_stator_dispatcher_new(txMachine *the)
{
	take_seat(the);
	int number = dispatch_queue_new(HERE, (uint32_t)integer_arg(the, 0), stator_heap_keep_shared);
	check_declared(the, number, "dispatcher", "");
	return_integer(the, number);
}

/* dispatcherQuit(dispatcher) */
void xs_stator_dispatcher_quit(txMachine *the)
{
	dispatch_quit((uint32_t)integer_arg(the, 0));
}

/* dispatcherWaitNew(): INIT */
void xs_stator_dispatcher_wait_new(txMachine *the)
{
	int number = dispatch_wait_new();
	if (number < 0)
		mxRangeError("WorkDispatcher: too many waits were made; make them at start-up and keep them");
	return_integer(the, number);
}

/* dispatcherWaitPoll(wait, dispatcher, what, most, waker): how many it is, or -1 while it is more. HOT */
void xs_stator_dispatcher_wait_poll(txMachine *the)
{
	uint32_t now;
	int status = dispatch_wait_poll((uint32_t)integer_arg(the, 0), (uint32_t)integer_arg(the, 1), (uint32_t)integer_arg(the, 2), (uint32_t)integer_arg(the, 3),
		EXECUTOR, integer_arg(the, 4), &now);
	return_integer(the, status == STATOR_READY ? (txInteger)now : -1);
}

/* dispatcherWaitLeave(wait) */
void xs_stator_dispatcher_wait_leave(txMachine *the)
{
	dispatch_wait_leave((uint32_t)integer_arg(the, 0));
}

/* workNew(task, bytes, tag): its number. INIT */
void xs_stator_work_new(txMachine *the)
{
	take_seat(the);
	int number = dispatch_work(HERE, (uint32_t)integer_arg(the, 0), (uint32_t)integer_arg(the, 1), (uint32_t)integer_arg(the, 2), stator_heap_keep_shared);
	if (number < 0)
		mxRangeError("Work: no memory left for one with %d bytes", (int)integer_arg(the, 1));
	return_integer(the, number);
}

/* workAlloc(dispatcher, task): of the dispatcher's pool; -ENOBUFS, -ECANCELED. HOT */
void xs_stator_work_alloc(txMachine *the)
{
	return_integer(the, dispatch_alloc((uint32_t)integer_arg(the, 0), HERE, (uint32_t)integer_arg(the, 1)));
}

/* workArgument(work, index, value): sets it. False: it is under way. HOT */
void xs_stator_work_argument(txMachine *the)
{
	work *work = work_arg(the, 0);
	uint32_t index = (uint32_t)integer_arg(the, 1);
	if (index >= DISPATCH_ARGUMENTS)
		mxRangeError("work: a task gets at most %u arguments", (unsigned)DISPATCH_ARGUMENTS);
	bool free = dispatch_is_idle(work);
	if (free)
		work->arguments[index] = fxToNumber(the, mxArgv(2));
	return_boolean(the, free);
}

/* workArgumentOf(work, index): HOT */
void xs_stator_work_argument_of(txMachine *the)
{
	return_number(the, work_arg(the, 0)->arguments[(uint32_t)integer_arg(the, 1) % DISPATCH_ARGUMENTS]);
}

/* workSubmit(work, dispatcher, priority): HOT */
void xs_stator_work_submit(txMachine *the)
{
	return_integer(the, dispatch_submit(work_arg(the, 0), (uint32_t)integer_arg(the, 1), (uint32_t)integer_arg(the, 2)));
}

/* workAttach(work, executor, priority): HOT */
void xs_stator_work_attach(txMachine *the)
{
	return_integer(the, dispatch_attach(work_arg(the, 0), (uint32_t)integer_arg(the, 1), (uint32_t)integer_arg(the, 2)));
}

/* workNext(executor, waker): what comes next. Idle is an executor that has no other task ready. HOT */
void xs_stator_work_next(txMachine *the)
{
	(void)mxArgv(0); /* this machine has one executor */
	return_integer(the, dispatch_next(HERE, integer_arg(the, 1), stator_ready_any(&EXECUTOR->ready)));
}

/* workBegan(work, id) */
void xs_stator_work_began(txMachine *the)
{
	dispatch_began(work_arg(the, 0), integer_arg(the, 1));
}

/* workRefuse(work) */
void xs_stator_work_refuse(txMachine *the)
{
	return_boolean(the, dispatch_refuse(work_arg(the, 0)));
}

/* workEnd(work, status, value): HOT */
void xs_stator_work_end(txMachine *the)
{
	work *work = work_arg(the, 0);
	int32_t status = integer_arg(the, 1);
	txSlot *slot = mxArgv(2);
	double value;
	switch (slot->kind) {
	case XS_INTEGER_KIND:
		value = slot->value.integer;
		break;
	case XS_NUMBER_KIND:
		value = slot->value.number;
		break;
	case XS_BOOLEAN_KIND:
		value = slot->value.boolean;
		break;
	default:
		if (status == 0 && slot->kind != XS_UNDEFINED_KIND) {
			stator_snprintf(work->text, sizeof work->text, "TypeError: the task's value is no number: only numbers come back from another thread, and bytes by workOutput");
			status = WORK_THREW;
		}
		dispatch_end(work, status, NULL);
		return;
	}
	dispatch_end(work, status, status == 0 ? &value : NULL);
}

/* workFail(work, error): its text goes to the owner */
void xs_stator_work_fail(txMachine *the)
{
	work *work = work_arg(the, 0);
	c_strcpy(work->text, "(it cannot be shown as a string)");
	mxTry(the) {
		mxPushSlot(mxArgv(1));
		stator_snprintf(work->text, sizeof work->text, "%s", fxToString(the, the->stack));
		mxPop();
	}
	mxCatch(the) {
		mxException.kind = XS_UNDEFINED_KIND;
	}
	dispatch_end(work, WORK_THREW, NULL);
}

/* workWhat(work): its task, its priority from bit 8, what it was asked from bit 16. HOT */
void xs_stator_work_what(txMachine *the)
{
	return_integer(the, (txInteger)dispatch_what(work_arg(the, 0)));
}

/* workRunsAs(work): an id of the executor that runs it; -1 */
void xs_stator_work_runs_as(txMachine *the)
{
	return_integer(the, work_arg(the, 0)->runs_as);
}

/* workStatus(work): of work that came back */
void xs_stator_work_status(txMachine *the)
{
	return_integer(the, work_arg(the, 0)->status);
}

/* workValue(work): of work that came back */
void xs_stator_work_value(txMachine *the)
{
	const work *work = work_arg(the, 0);
	if (work->has_value)
		return_number(the, work->value);
}

/* workText(work): the exception that it came back with. Allocates */
void xs_stator_work_text(txMachine *the)
{
	fxString(the, mxResult, work_arg(the, 0)->text);
}

/* workAsk(work, asked): 0, -ESRCH */
void xs_stator_work_ask(txMachine *the)
{
	return_integer(the, dispatch_ask(work_arg(the, 0), (uint32_t)integer_arg(the, 1)));
}

/* How many bytes from `from` of a buffer and from `place` of the work's on there are in both; the buffer's address. */
static uint32_t both(txMachine *the, work *work, void **address, bool writable)
{
	txUnsigned size = 0;
	uint32_t from = (uint32_t)integer_arg(the, 2), count = (uint32_t)integer_arg(the, 3);
	_xsmcGetBuffer(the, mxArgv(1), address, &size, writable);
	if (from > size)
		mxRangeError("work: there is no byte %u in an array of %u", (unsigned)from, (unsigned)size);
	*address = (uint8_t *)*address + from;
	uint32_t rest = size - from;
	if (count > rest)
		count = rest;
	return count < work->byte_count ? count : work->byte_count;
}

/* workStore(work, from, offset, count): bytes into it: how many. Its owner's while it is not under way, then its task's. HOT */
void xs_stator_work_store(txMachine *the)
{
	void *address;
	work *work = work_arg(the, 0);
	uint32_t count = both(the, work, &address, false);
	c_memcpy(work->bytes, address, count);
	return_integer(the, (txInteger)count);
}

/* workFetch(work, into, offset, count): bytes out of it: how many. HOT */
void xs_stator_work_fetch(txMachine *the)
{
	void *address;
	work *work = work_arg(the, 0);
	uint32_t count = both(the, work, &address, true);
	c_memcpy(address, work->bytes, count);
	return_integer(the, (txInteger)count);
}
