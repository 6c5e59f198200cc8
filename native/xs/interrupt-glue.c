/*
 * The native functions behind `src/io/interrupt.ts` (interrupt.js): argument conversion around native/abi/interrupts.h, and
 * what is wrong with a source, in words. Linked only into programs that wait for interrupts.
 */
#include "xsAll.h"

#include "executor-here.h"
#include "heap.h"
#include "interrupt-port.h"
#include "native-call.h"
#include "number-text.h"
#include "port.h"
#include "record-hooks.h"

#define LISTS (&stator_interrupt_lists)

static void make_lists(txMachine *the)
{
	if (!LISTS->lists && stator_interrupts_make())
		mxRangeError("interrupt: no memory left for the waker lists");
}

static inline stator_interrupt_entry *entry_of(txMachine *the, const txSlot *slot, uint32_t *number)
{
	*number = slot->kind == XS_INTEGER_KIND ? (uint32_t)slot->value.integer : (uint32_t)STATOR_NO_ENTRY;
	if (*number >= LISTS->count)
		mxTypeError("interrupt: no wait of that number");
	return &LISTS->entries[*number];
}

static stator_interrupt_entry *entry_arg(txMachine *the, uint32_t *number)
{
	return entry_of(the, mxArgv(0), number);
}

static uint32_t vector_by_name(txMachine *the, const char *name)
{
	for (uint32_t vector = 0; vector < stator_port_vector_count(); vector++) {
		const char *known = stator_port_vector_name(vector);
		if (known && !c_strcmp(known, name))
			return vector;
	}
	mxRangeError("interrupt: no vector is called \"%.40s\" here; the numbers are 0 to %u", name, (unsigned)stator_port_vector_count() - 1);
	return 0;
}

/* A vector, by its number or its name. */
static uint32_t vector_arg(txMachine *the, int index)
{
	txSlot *slot = mxArgc > index ? mxArgv(index) : C_NULL;
	if (slot && mxIsStringPrimitive(slot))
		return vector_by_name(the, slot->value.string);
	if (!slot || (slot->kind != XS_INTEGER_KIND && slot->kind != XS_NUMBER_KIND))
		mxTypeError("interrupt: a vector is a number or a name");
	txNumber number = fxToNumber(the, slot);
	if (!(number >= 0 && number < stator_port_vector_count() && number == c_floor(number))) {
		char text[NUMBER_TEXT_BYTES];
		mxRangeError("interrupt: there is no vector %s here, they are 0 to %u", number_text(the, number, text), (unsigned)stator_port_vector_count() - 1);
	}
	return (uint32_t)number;
}

/* How a vector is called in messages. */
static const char *called(uint32_t vector)
{
	const char *name = stator_port_vector_name(vector);
	return name ? name : "it has no name";
}

static void attach(txMachine *the, uint32_t vector)
{
	switch (hook_outside(STATOR_RECORD_PORT, stator_port_vector_attach(vector))) {
	case 0:
		break;
	case -EBUSY:
		mxTypeError("interrupt: vector %u (%s) has another handler", (unsigned)vector, called(vector));
		break;
	case -ENOMEM:
		mxRangeError("interrupt: no memory left for the table of handlers");
		break;
	default:
		mxTypeError("interrupt: vector %u (%s) is handled by the platform itself (console, pins, clock): wait for the device", (unsigned)vector, called(vector));
	}
}

/* interruptNew(vector): a wait's number. The vector, when it is given, is attached now. INIT */
void xs_stator_interrupt_new(txMachine *the)
{
	make_lists(the);
	if (mxArgc > 0 && mxArgv(0)->kind != XS_UNDEFINED_KIND)
		attach(the, vector_arg(the, 0));
	uint32_t number = stator_interrupts_new(LISTS, stator_heap_keep_shared);
	if (number == STATOR_NO_ENTRY)
		mxRangeError("interrupt: no memory left for another wait");
	return_integer(the, (txInteger)number);
}

/* interruptDelete(wait) */
void xs_stator_interrupt_delete(txMachine *the)
{
	uint32_t number;
	entry_arg(the, &number);
	stator_interrupts_delete(LISTS, number);
}

/* Whether a vector is the one that the wait is for already, without a search by name. */
static bool is_present(txSlot *slot, const stator_interrupt_entry *entry)
{
	if (entry->source >= stator_port_vector_count())
		return false;
	if (slot->kind == XS_INTEGER_KIND)
		return slot->value.integer == entry->source;
	const char *name = mxIsStringPrimitive(slot) ? stator_port_vector_name(entry->source) : C_NULL;
	return name && !c_strcmp(name, slot->value.string);
}

/* interruptStart(wait, vector, mode): "count", "next" or "hold"; hal.ts says what they mean. HOT */
void xs_stator_interrupt_start(txMachine *the)
{
	uint32_t number;
	stator_interrupt_entry *entry = entry_arg(the, &number);
	txSlot *mode = mxArgc > 2 ? mxArgv(2) : C_NULL;
	const char *text = mode && mxIsStringPrimitive(mode) ? mode->value.string : "count";
	if ((mode && mode->kind != XS_UNDEFINED_KIND && !mxIsStringPrimitive(mode)) || (c_strcmp(text, "count") && c_strcmp(text, "next") && c_strcmp(text, "hold")))
		mxRangeError("interrupt: a mode is \"count\", \"next\" or \"hold\"");
	uint32_t source = entry->source;
	if (mxArgc < 2 || !is_present(mxArgv(1), entry)) {
		source = vector_arg(the, 1);
		attach(the, source);
	}
	entry->hold = text[0] == 'h';
	stator_interrupts_begin(LISTS, number, source, text[0] == 'n');
}

/* interruptStartConsole(wait): for what the console receives. HOT */
void xs_stator_interrupt_start_console(txMachine *the)
{
	uint32_t number;
	entry_arg(the, &number);
	stator_interrupts_begin(LISTS, number, stator_port_vector_count() + STATOR_LINE_CONSOLE, false);
}

/* interruptStartEdge(wait, pin, direction): for the pin's next edge. HOT */
void xs_stator_interrupt_start_edge(txMachine *the)
{
	static const char *const names[] = { "rising", "falling", "both" };
	uint32_t number, edge = 0;
	entry_arg(the, &number);
	txSlot *direction = mxArgc > 2 ? mxArgv(2) : C_NULL;
	bool text = direction && mxIsStringPrimitive(direction);
	while (edge < STATOR_EDGES && !(text && !c_strcmp(names[edge], direction->value.string)))
		edge++;
	if (edge == STATOR_EDGES)
		mxRangeError("edge: a direction is \"rising\", \"falling\" or \"both\", got \"%.20s\"", text ? direction->value.string : "something else");
	int32_t line = hook_outside(STATOR_RECORD_PORT, stator_port_pin_watch((uint32_t)integer_arg(the, 1), edge));
	if (line == -EBUSY)
		mxTypeError("edge: another pin has this pin's interrupt line");
	if (line < 0)
		mxTypeError("edge: this pin cannot interrupt at that edge");
	stator_interrupts_begin(LISTS, number, stator_port_vector_count() + (uint32_t)line, true);
}

/* In each of its two callers: between the interrupt and the task every call counts. */
__attribute__((always_inline)) static inline void poll(txMachine *the, stator_interrupt_entry *entry, uint32_t number, stator_task_id waker)
{
	if (entry->source == STATOR_NO_SOURCE)
		mxTypeError("interrupt: the wait was not started");
	int outcome = stator_interrupts_look(LISTS, number, EXECUTOR, waker);
	/* Listed first: it may interrupt at once. */
	if (entry->state == STATOR_ENTRY_LISTED && entry->source < stator_port_vector_count())
		stator_port_vector_await(entry->source, entry->hold);
	return_integer(the, outcome);
}

/* interruptPoll(wait, waker): READY when interrupts came, else PENDING and the waker will be woken. HOT */
void xs_stator_interrupt_poll(txMachine *the)
{
	uint32_t number;
	stator_interrupt_entry *entry = entry_arg(the, &number);
	poll(the, entry, number, integer_arg(the, 1));
}

/* interruptPollOwn(waker): the same of the object whose method it is; its first property is the wait. HOT */
void xs_stator_interrupt_poll_own(txMachine *the)
{
	uint32_t number;
	const txSlot *wait = mxThis->kind == XS_REFERENCE_KIND ? mxThis->value.reference->next : C_NULL;
	stator_interrupt_entry *entry = entry_of(the, wait ? wait : mxThis, &number);
	poll(the, entry, number, integer_arg(the, 0));
}

/* interruptTake(wait): how many interrupts the last look found */
void xs_stator_interrupt_take(txMachine *the)
{
	uint32_t number;
	return_integer(the, (txInteger)entry_arg(the, &number)->came);
}

/* interruptClear(wait): gives up; any number of times */
void xs_stator_interrupt_clear(txMachine *the)
{
	uint32_t number;
	entry_arg(the, &number);
	stator_interrupts_clear(LISTS, number);
}

/* pend(vector): raises it by software */
void xs_stator_interrupt_pend(txMachine *the)
{
	stator_port_vector_pend(vector_arg(the, 0));
}

/* interruptPriority(vector, priority): 0 is the most urgent */
void xs_stator_interrupt_priority(txMachine *the)
{
	uint32_t vector = vector_arg(the, 0), priority = (uint32_t)integer_arg(the, 1);
	uint32_t count = (uint32_t)hook_outside(STATOR_RECORD_PORT, (int32_t)stator_port_vector_priority(vector, priority));
	if (priority >= count)
		mxRangeError("interrupt: a priority is 0 to %u here, got %d", (unsigned)count - 1, (int)priority);
}

/* interruptCount(vector): how often it came since start; wraps */
void xs_stator_interrupt_count(txMachine *the)
{
	make_lists(the);
	return_integer(the, (txInteger)LISTS->lists[vector_arg(the, 0)].count);
}

/* interruptWaiters(vector): how many wait, for tests; -1: everywhere */
void xs_stator_interrupt_waiters(txMachine *the)
{
	uint32_t waiters = 0;
	make_lists(the);
	if (mxArgv(0)->kind == XS_INTEGER_KIND && mxArgv(0)->value.integer == -1)
		for (uint32_t source = 0; source < LISTS->sources; source++)
			waiters += stator_interrupts_waiters(LISTS, source);
	else
		waiters = stator_interrupts_waiters(LISTS, vector_arg(the, 0));
	return_integer(the, (txInteger)waiters);
}

/* pinFind(name): a pin's number. INIT */
void xs_stator_pin_find(txMachine *the)
{
	txString name = fxToString(the, mxArgv(0));
	int32_t pin = hook_outside(STATOR_RECORD_PORT, stator_port_pin(name));
	if (pin < 0)
		mxRangeError("pin: this board has no pin \"%.20s\"", name);
	return_integer(the, pin);
}
