/*
 * The native functions behind hal/cortex-m and hal/linux: argument conversion around native/abi/ready.h and
 * executor.h, and the one piece of the executor that runs in C, the round.
 *
 * Costs are dominated by the call from TypeScript (about 120 instructions on a Cortex-M3).
 */
#include "xsAll.h"

#include "accounting.h"
#include "atomic.h"
#include "call-frame.h"
#include "executor-here.h"
#include "format.h"
#include "heap.h"
#include "levels.h"
#include "machine.h"
#include "masked-poll.h"
#include "native-call.h"
#include "port.h"
#include "position.h"
#include "probe.h"
#include "stator-memory.h"

/* wake(id): HOT */
void xs_stator_wake(txMachine *the)
{
	stator_here_wake(integer_arg(the, 0));
}

/*
 * The method `poll` of a frame that is an instance: its class's own. That is found by its name from the front, and the compiler writes it first.
 * The name is the program's, one number in all its machines. Out of line, as the refusal is: the round keeps its registers for functions.
 */
static __attribute__((noinline)) const txSlot *poll_method(txMachine *the, const txSlot *frame)
{
	static txID known = XS_NO_ID;
	txID name = __atomic_load_n(&known, __ATOMIC_RELAXED); /* threads may find it at once, and find the same */
	if (name == XS_NO_ID)
		__atomic_store_n(&known, name = fxFindName(the, "poll"), __ATOMIC_RELAXED);
	const txSlot *property = frame->value.instance.prototype;
	if (property)
		property = property->next;
	while (property && property->ID != name)
		property = property->next;
	return property;
}

static __attribute__((noinline, cold)) void no_poll(txMachine *the, uint32_t slot)
{
	mxTypeError("round: no poll function in slot %u", (unsigned)slot);
}

enum { CALL_SLOTS = 7 };

/*
 * Puts the call of what a slot is polled by on the stack, as mxPushUndefined or mxPushReference, mxPushSlot, mxCall and mxPushInteger do. Each of these
 * looks whether there is room, which the round does once: 110 instructions less for a poll on a Cortex-M3.
 * The table is the executor's own array, which only grows at its end: the item of an index is the one at that place.
 */
static inline void push_poll(txMachine *the, const txSlot *array, uint32_t slot, txInteger id)
{
	if (slot >= array->value.array.length)
		no_poll(the, slot);
	const txSlot *item = array->value.array.address + slot;
	if (item->kind != XS_REFERENCE_KIND)
		no_poll(the, slot);
	txSlot *turn = item->value.reference;
	txSlot *stack = push_kind(the->stack, XS_UNDEFINED_KIND); /* this */
	if (__builtin_expect(!(turn->flag & XS_CAN_CALL_FLAG), 0)) {
		stack->kind = XS_REFERENCE_KIND;
		stack->value.reference = turn;
		const txSlot *method = poll_method(the, turn);
		if (!method || method->kind != XS_REFERENCE_KIND)
			no_poll(the, slot);
		turn = method->value.reference;
	}
	stack = push_kind(stack, XS_REFERENCE_KIND);
	stack->value.reference = turn;
	stack = push_frame(stack);
	stack = push_kind(stack, XS_INTEGER_KIND);
	stack->value.integer = id;
	the->stack = stack;
}

/* Timers that are due fire. Gives the due bits that are left: for the caller to see to, before any task. Timers that have become
   due since, while the wheel was turned, stay due for the next round. */
static inline uint32_t gather(stator_executor *executor, const txSlot *polls)
{
	stator_port_round(executor);
	uint32_t due = __atomic_load_n(&executor->due, __ATOMIC_RELAXED);
	if (due & STATOR_DUE_TIMERS) {
		atomic_and(&executor->due, ~(uint32_t)STATOR_DUE_TIMERS);
		if (executor->turn_timers)
			executor->turn_timers(executor);
		if (executor->turn_ticks)
			executor->turn_ticks(executor);
		stator_memory_ahead(executor, polls);
		due = __atomic_load_n(&executor->due, __ATOMIC_RELAXED);
	}
	return due & ~(uint32_t)STATOR_DUE_TIMERS;
}

/*
 * round(polls, settle, budget, sleeps), from TypeScript and, for a level, from its interrupt handler: HOT. Fires the timers that are due; they are polled in this round. Returns due bits alone
 * when something else is due, so that the caller sees to it before tasks; otherwise polls up to `budget` tasks of the round under way and returns (polls << STATOR_DUE_BITS).
 * One round follows another in the same call while tasks are ready, nothing is due and no task has ended: a caller that looks between rounds would find nothing.
 * When nothing is ready it sleeps in the same call, if `sleeps`: what was made for a round serves the task that an interrupt wakes.
 * settle(slot, outcome, error) is called for a poll that did not return PENDING or YIELD (outcome: what it returned) or that
 * threw (outcome 2); after the latter it may return true, and the task is polled again. One jump record for the whole round, not one a poll: that is what makes a `try` affordable.
 */
uint32_t stator_round(txMachine *the, txSlot *const polls, txSlot *const settle, const uint32_t budget, const bool sleeps)
{
	enum { THREW = 2 };
	stator_executor *executor = EXECUTOR;
	/* Counted in the executor, so that a task may look (stat): where it began, where it must end, what it was when nothing was ready. */
	const uint32_t begun = executor->polls, limit = begun + budget;
	volatile uint32_t first = begun;
	volatile bool threw = false, again = false, ended = false;
	uint32_t due = gather(executor, polls);
	if (due) {
		atomic_and(&executor->due, ~due);
		return due;
	}
	mxOverflow(-CALL_SLOTS);
	const txSlot *const array = polls->value.reference->next; /* stays where it is; its items move */
	stator_ready_begin(&executor->ready);
	if (executor->exception) /* a level has just been entered: it was at rest */
		charge_nobody(executor);
	else
		charge_other(executor);
	executor->current = -1;
	do {
		if (threw) {
			threw = false;
			ended = true;
			int32_t slot = executor->current;
			charge_poll(executor, (uint32_t)slot);
			hook_trace(executor, STATOR_TRACE_POLL_END, (uint32_t)slot);
			mxPushUndefined();
			mxPushSlot(settle);
			mxCall();
			mxPushInteger(slot);
			mxPushInteger(THREW);
			mxPush(mxException);
			mxException.kind = XS_UNDEFINED_KIND;
			mxRunCount(3);
			again = the->stack->kind == XS_BOOLEAN_KIND && the->stack->value.boolean;
			mxPop();
			if (again)
				charge_again(executor, (uint32_t)slot);
			charge_other(executor);
		}
		mxTry(the) {
			for (;;) {
				int32_t slot = executor->current;
				if (again)
					again = false;
				else {
					if (executor->polls == limit)
						break;
					slot = stator_ready_next(&executor->ready);
					if (slot < 0) {
						executor->current = -1;
						if (ended)
							break;
						if (executor->polls == first) { /* nothing was ready */
							if (!sleeps)
								break;
							charge_other(executor);
							hook_trace(executor, STATOR_TRACE_IDLE_ENTER, 0);
							stator_port_idle(executor);
							hook_trace(executor, STATOR_TRACE_IDLE_LEAVE, 0);
							charge_nobody(executor);
						}
						if (gather(executor, polls))
							break;
						first = executor->polls;
						stator_ready_begin(&executor->ready);
						charge_other(executor);
						continue;
					}
					executor->polls++;
					executor->current = slot;
					hook_trace(executor, STATOR_TRACE_POLL_BEGIN, (uint32_t)slot);
				}
				push_poll(the, array, (uint32_t)slot, stator_ready_id(&executor->ready, (uint32_t)slot));
				stator_enter_poll(the, C_NULL, 1);
				charge_poll(executor, (uint32_t)slot);
				hook_trace(executor, STATOR_TRACE_POLL_END, (uint32_t)slot);
				txSlot *outcome = the->stack;
				if (outcome->kind == XS_INTEGER_KIND) {
					if (outcome->value.integer == STATOR_PENDING) {
						mxPop();
						continue;
					}
					if (outcome->value.integer == STATOR_YIELD) {
						stator_ready_again(&executor->ready, (uint32_t)slot);
						mxPop();
						continue;
					}
				}
				executor->current = -1; /* what settle throws is not the task's */
				ended = true;
				txInteger status = outcome->kind == XS_INTEGER_KIND ? outcome->value.integer : STATOR_READY;
				mxPop();
				mxPushUndefined();
				mxPushSlot(settle);
				mxCall();
				mxPushInteger(slot);
				mxPushInteger(status);
				mxRunCount(2);
				mxPop();
				charge_other(executor);
			}
		}
		mxCatch(the) {
			if (stator_leave_poll)
				stator_leave_poll(the);
			if (executor->current < 0) {
				if (!the->firstJump) /* at a level nobody is left to catch it */
					fxAbort(the, XS_UNHANDLED_EXCEPTION_EXIT);
				fxJump(the);
			}
			threw = true;
		}
	} while (threw);
	executor->current = -1;
	return (executor->polls - begun) << STATOR_DUE_BITS;
}

/* round(polls, settle, budget, sleeps) */
void xs_stator_round(txMachine *the)
{
	if (mxArgc < 2 || mxArgv(0)->kind != XS_REFERENCE_KIND || !mxArgv(0)->value.reference->next || mxArgv(0)->value.reference->next->kind != XS_ARRAY_KIND)
		mxTypeError("round: polls is no array");
	const bool sleeps = mxArgc > 3 && mxArgv(3)->kind == XS_BOOLEAN_KIND && mxArgv(3)->value.boolean;
	return_integer(the, (txInteger)stator_round(the, mxArgv(0), mxArgv(1), (uint32_t)integer_arg(the, 2), sleeps));
}

/* now(): ticks as a 32-bit integer that wraps. */
void xs_stator_now(txMachine *the)
{
	return_integer(the, (txInteger)stator_port_now());
}

/* alarm(which, at) */
void xs_stator_alarm(txMachine *the)
{
	stator_alarm_set(EXECUTOR, (uint32_t)integer_arg(the, 0), (uint32_t)integer_arg(the, 1));
}

/* alarmClear(which) */
void xs_stator_alarm_clear(txMachine *the)
{
	stator_alarm_clear(EXECUTOR, (uint32_t)integer_arg(the, 0));
}

/* Room for so many accounts, by doubling. False: no memory. */
static bool grow_accounts(stator_accounts *accounts, uint32_t wanted)
{
	if (!STATOR_ACCOUNTS || wanted <= accounts->room)
		return true;
	uint32_t slots = 1;
	while (slots < wanted)
		slots *= 2;
	stator_account *fresh = stator_heap_keep(slots * sizeof *fresh);
	if (!fresh)
		return false;
	if (accounts->room)
		c_memcpy(fresh, accounts->slots, accounts->room * sizeof *fresh);
	accounts->slots = fresh;
	accounts->room = slots;
	return true;
}

/* grow(slots, task): INIT. Makes room for so many task slots, by doubling. Returns 0, or -ENOMEM. */
void xs_stator_grow(txMachine *the)
{
	stator_executor *executor = EXECUTOR;
	uint32_t wanted = (uint32_t)integer_arg(the, 0), slots = 32;
	stator_probe_pool(the, mxArgc > 1 ? fxToString(the, mxArgv(1)) : "", wanted);
	return_integer(the, 0);
	stator_memory_tasks(the, wanted);
	if (wanted > STATOR_SLOTS_MAX || !grow_accounts(&executor->accounts, wanted)) {
		return_integer(the, -ENOMEM);
		return;
	}
	if (wanted <= executor->ready.slots)
		return;
	while (slots < wanted)
		slots *= 2;
	void *memory = stator_heap_keep(stator_ready_size(slots));
	if (!memory) {
		return_integer(the, -ENOMEM);
		return;
	}
	stator_ready old = executor->ready;
	stator_ready_init(&executor->ready, slots, memory, old.slots ? &old : NULL);
}

/* id(slot): the slot's present id */
void xs_stator_id(txMachine *the)
{
	return_integer(the, stator_ready_id(&EXECUTOR->ready, (uint32_t)integer_arg(the, 0)));
}

/* retire(slot): ends the slot's tenancy, returns its next id */
void xs_stator_retire(txMachine *the)
{
	stator_executor *executor = EXECUTOR;
	uint32_t slot = (uint32_t)integer_arg(the, 0);
	charge_end(executor, slot);
	hook_trace(executor, STATOR_TRACE_EXIT, slot);
	return_integer(the, stator_ready_retire(&executor->ready, slot));
}

/* polling(): the slot that is being polled; -1: none */
void xs_stator_polling(txMachine *the)
{
	return_integer(the, EXECUTOR->current);
}

/* level(slot, level, afterWake): a deadline so many ticks after each wake, when it is given */
void xs_stator_level(txMachine *the)
{
	uint32_t slot = (uint32_t)integer_arg(the, 0);
	stator_ready_level(&EXECUTOR->ready, slot, (uint32_t)integer_arg(the, 1));
	if (mxArgc > 2 && mxArgv(2)->kind != XS_UNDEFINED_KIND) {
		uint32_t ticks = (uint32_t)integer_arg(the, 2);
		if (stator_order_deadline(&EXECUTOR->ready, slot, STATOR_DEADLINE_AFTER_WAKE, &ticks) == STATOR_NO_DEADLINES)
			mxTypeError("task: the option deadline needs the policy \"deadline\": say \"policy\": \"deadline\" under \"stator\" in the manifest, or in the level's entry");
	}
	stator_probe_slot(the, slot);
}

/* jobs(): runs what promises have queued until now; whether these have queued more. One batch a call: jobs that queue the next for ever
   do not keep the loop from its tasks. */
void xs_stator_jobs(txMachine *the)
{
	fxRunPromiseJobs(the);
	return_boolean(the, mxPendingJobs.value.reference->next != C_NULL);
}

static stator_text text_of(const char *text)
{
	return (stator_text){ text, c_strlen(text) };
}

/* print(text): one line on the console */
void xs_stator_print(txMachine *the)
{
	const stator_text texts[] = { text_of(fxToString(the, mxArgv(0))), { "\n", 1 } };
	hook_told_texts(texts, 2);
	stator_port_write_texts(texts, 2);
}

/* log(text, value): one line on the console behind the time since start, [seconds.milliseconds]; the value may be left out */
void xs_stator_log(txMachine *the)
{
	char stamp[24], value[16] = "";
	uint32_t now = stator_port_now();
	stator_snprintf(stamp, sizeof stamp, "[%5u.%03u] ", (unsigned)(now / 1000), (unsigned)(now % 1000));
	if (mxArgc > 1 && mxArgv(1)->kind != XS_UNDEFINED_KIND)
		stator_snprintf(value, sizeof value, " %d", (int)integer_arg(the, 1));
	const stator_text texts[] = { text_of(stamp), text_of(fxToString(the, mxArgv(0))), text_of(value), { "\n", 1 } };
	hook_told_texts(texts, 4);
	stator_port_write_texts(texts, 4);
}

/* led(on) */
void xs_stator_led(txMachine *the)
{
	bool on = integer_arg(the, 0) != 0;
	hook_told(&on, 1);
	stator_port_led(on);
}

/* write(byte): to the console */
void xs_stator_write(txMachine *the)
{
	char byte = (char)integer_arg(the, 0);
	hook_told(&byte, 1);
	stator_port_write(&byte, 1);
}

/* read(): a byte from the console, or -1 */
void xs_stator_read(txMachine *the)
{
	return_integer(the, stator_port_read());
}

/* reportFailure(task, error): what a task ended with, and where that was thrown */
void xs_stator_report_failure(txMachine *the)
{
	txSlot exception = *mxArgv(1);
	txString task = fxToString(the, mxArgv(0));
	stator_print("stator: task \"%.60s\" ended with an exception that nobody waits for:", task);
	mxTry(the) {
		mxPushSlot(mxArgv(1));
		stator_print("  %s", fxToString(the, the->stack));
		mxPop();
	}
	mxCatch(the) { /* a symbol, or a toString that throws: the report must not end what the exception did not */
		stator_print("  (it cannot be shown as a string)");
		mxException.kind = XS_UNDEFINED_KIND;
	}
	stator_print_positions(the, &exception);
}

/*
 * started(polls, states, pools, handles): collects what start-up left behind and remembers the heap: growth is counted from
 * here. The tables are the executor's own arrays, which live as long as the machine: debuggers and traces find tasks by them.
 */
void xs_stator_started(txMachine *the)
{
	stator_executor *executor = EXECUTOR;
	if (executor->exception)
		mxTypeError("run: this module runs at a priority level: say where, by InterruptExecutor.at(vector, priority).run(task)");
	stator_machine_tables(the, mxArgv(0), mxArgv(1), mxArgv(2), mxArgv(3));
	fxCollectGarbage(the);
	stator_memory_rest(the);
	executor->start_slots = the->currentHeapCount;
	executor->start_bytes = the->currentChunksSize;
	executor->start_collections = executor->collections;
	stator_probe_started(the);
}

/* stat(which): counters, in the order of hal.ts's Stat */
void xs_stator_stat(txMachine *the)
{
	const stator_executor *executor = EXECUTOR;
	stator_pool_info pool = stator_pool_stat();
	int32_t values[] = {
		(int32_t)executor->polls,
		(int32_t)executor->ready.wakes,
		(int32_t)executor->sleeps,
		the->currentHeapCount - executor->start_slots,
		the->currentChunksSize - executor->start_bytes,
		(int32_t)(executor->collections - executor->start_collections),
		(int32_t)pool.calls,
		(int32_t)stator_port_ram_bytes() + (int32_t)stator_heap_used(),
		(int32_t)stator_port_flash_bytes(),
		(int32_t)stator_port_cycles_hz(),
	};
	uint32_t which = (uint32_t)integer_arg(the, 0);
	return_integer(the, hook_outside(STATOR_RECORD_COUNTER, which < sizeof values / sizeof *values ? values[which] : -EINVAL));
}

/* usage(slot, which): what a slot's tenant used, in the order of hal.ts's USAGE_; slot -1: the executor. -EINVAL: there is no such thing, or no accounts. */
void xs_stator_usage(txMachine *the)
{
	stator_accounts *accounts = &EXECUTOR->accounts;
	txInteger slot = integer_arg(the, 0), which = integer_arg(the, 1);
	double value = -EINVAL;
	if (!STATOR_ACCOUNTS)
		value = -EINVAL;
	else if (slot >= 0 && (uint32_t)slot < accounts->room) {
		const stator_account *account = accounts->slots + slot;
		double values[] = { (double)account->cycles, account->polls, account->longest };
		if (which >= 0 && which < 3)
			value = values[which];
	} else if (slot == -1) {
		charge_other(EXECUTOR);
		uint64_t tasks = accounts->ended;
		for (uint32_t i = 0; i < accounts->room; i++)
			tasks += accounts->slots[i].cycles;
		double values[] = { (double)(tasks + accounts->other), (double)tasks, stator_cycles_hz() };
		if (which >= 0 && which < 3)
			value = values[which];
	}
	mxResult->kind = XS_NUMBER_KIND;
	mxResult->value.number = hook_outside_number(STATOR_RECORD_COUNTER, value);
}

/* shift(ticks): moves the clock's origin, for tests of its wrap */
void xs_stator_shift(txMachine *the)
{
	stator_port_shift((uint32_t)integer_arg(the, 0));
}

/* cycles(): the measuring counter, 32 bits, wrapping */
void xs_stator_cycles(txMachine *the)
{
	return_integer(the, hook_outside(STATOR_RECORD_COUNTER, (int32_t)stator_port_cycles()));
}

/* collect(): a full collection, for tests */
void xs_stator_collect(txMachine *the)
{
	fxCollectGarbage(the);
}
