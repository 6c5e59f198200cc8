/*
 * The native functions behind channels (channel.js): what Send and Receive of src/sync do in TypeScript, in one call for each look at
 * the channel. Compiled tasks make these calls where they await `channel.send(…)` and `channel.receive()`; whoever polls by hand has the methods. Both
 * work on the same objects, whose properties are read here in their order (wait-objects.h); tests/linux/channel-looks.test.ts compares them step by step.
 *
 * Task context. Nothing allocates. Linked only into programs with channels.
 */
#include "wait-objects.h"

/* The properties of a Channel, in their order. */
typedef struct {
	txSlot *capacity, *length, *closed, *receivers, *senders, *ring, *head;
} channel_object;

static inline channel_object channel_object_of(txSlot *object)
{
	channel_object channel;
	channel.capacity = object->next;
	channel.length = channel.capacity->next;
	channel.closed = channel.length->next;
	channel.receivers = channel.closed->next;
	channel.senders = channel.receivers->next;
	channel.ring = channel.senders->next;
	channel.head = channel.ring->next;
	return channel;
}

/* The place of a value in the ring: an element of a dense array. */
static inline txSlot *ring_slot(txMachine *the, const channel_object *channel, txInteger index)
{
	txSlot *array = channel->ring->value.reference->next;
	if (array->kind != XS_ARRAY_KIND || (txIndex)index >= array->value.array.length)
		mxTypeError("Channel: not such an object");
	return array->value.array.address + index;
}

/*
 * A look is a function of one wait, made with it: what it is called as leads to the wait, so that a compiled task passes no object.
 * Its home is where methods keep what `super` means; a native function has no use of it, and the collector follows it.
 */
static void new_look(txMachine *the, txCallback callback, const char *what)
{
	txSlot *wait = object_arg(the, 0, what), *look = fxNewHostFunction(the, callback, 0, XS_NO_ID, XS_NO_ID);
	mxFunctionInstanceHome(look)->value.home.object = wait;
	mxPullSlot(mxResult);
}

static inline txSlot *wait_of(const txSlot *look)
{
	return mxFunctionInstanceHome(look)->value.home.object;
}

/* Where a wait's channel stands, behind its entry; a look that is given one begins with it. */
static inline txSlot *channel_at(txMachine *the, const wait_entry *entry, int argument)
{
	txSlot *at = entry->list->next;
	if (mxArgc > argument) {
		txSlot *given = object_arg(the, argument, "Channel");
		if (!is_object(at) || at->value.reference != given) {
			wait_delist(entry);
			set_object(at, given);
		}
	}
	if (!is_object(at))
		mxTypeError("Channel: the wait was not started");
	return at;
}

/* look(channel?) of a Receive: the value, undefined at the end; the look itself when the running task has been registered. HOT */
static void look_to_receive(txMachine *the)
{
	txSlot *look = mxFunction->value.reference, *wait = wait_of(look);
	wait_entry entry = wait_entry_of(wait);
	channel_object channel = channel_object_of(channel_at(the, &entry, 0)->value.reference);
	txInteger length = integer_of(the, channel.length);
	if (length == 0) {
		if (channel.closed->value.boolean)
			return;
		wait_enlist(channel.receivers->value.reference, wait, &entry, running(the));
		set_object(mxResult, look);
		return;
	}
	wait_delist(&entry);
	txInteger head = integer_of(the, channel.head);
	txSlot *place = ring_slot(the, &channel, head);
	set_value(mxResult, place);
	set_undefined(place);
	set_integer(channel.head, ++head == integer_of(the, channel.capacity) ? 0 : head);
	set_integer(channel.length, --length);
	wait_wake_first(the, channel.senders->value.reference);
	if (length > 0)
		wait_wake_first(the, channel.receivers->value.reference);
}

/*
 * look(value, channel?) of a Send: true: the running task has been registered; false: the value is in; undefined: the channel was
 * closed. A wait that is looked for again sends what it was given first. HOT
 */
static void look_to_send(txMachine *the)
{
	txSlot *wait = wait_of(mxFunction->value.reference);
	wait_entry entry = wait_entry_of(wait);
	txSlot *value = entry.list->next->next, *sent = value->next;
	const bool again = sent->kind == XS_UNDEFINED_KIND;
	channel_object channel = channel_object_of((again ? entry.list->next : channel_at(the, &entry, 1))->value.reference);
	txInteger length = integer_of(the, channel.length), capacity = integer_of(the, channel.capacity);
	const bool closed = channel.closed->value.boolean;
	if (length == capacity && !closed) {
		if (!again) {
			set_value(value, mxArgv(0));
			set_undefined(sent);
		}
		wait_enlist(channel.senders->value.reference, wait, &entry, running(the));
		set_boolean(mxResult, true);
		return;
	}
	wait_delist(&entry);
	if (!closed) {
		txInteger at = integer_of(the, channel.head) + length;
		set_value(ring_slot(the, &channel, at < capacity ? at : at - capacity), again ? value : mxArgv(0));
		set_integer(channel.length, ++length);
		wait_wake_first(the, channel.receivers->value.reference);
		set_boolean(mxResult, false);
	}
	if (again) {
		set_undefined(value);
		set_boolean(sent, !closed);
	}
	if (length < capacity)
		wait_wake_first(the, channel.senders->value.reference);
}

/* channelReceiver(wait): its look. INIT */
void xs_stator_channel_receiver(txMachine *the)
{
	new_look(the, look_to_receive, "Receive");
}

/* channelSender(wait): its look. INIT */
void xs_stator_channel_sender(txMachine *the)
{
	new_look(the, look_to_send, "Send");
}

/* channelLeave(look): as the wait's drop. Who was woken and gives up hands the wake on. */
void xs_stator_channel_leave(txMachine *the)
{
	const txSlot *look = object_arg(the, 0, "Channel");
	const bool sends = look->next->value.callback.address == look_to_send;
	wait_entry entry = wait_entry_of(wait_of(look));
	txSlot *at = entry.list->next;
	const bool woken = !is_object(entry.list) && is_object(at);
	wait_delist(&entry);
	if (sends) {
		set_undefined(at->next);
		set_boolean(at->next->next, false);
	}
	if (!woken)
		return;
	channel_object channel = channel_object_of(at->value.reference);
	txInteger length = integer_of(the, channel.length);
	if (sends ? length < integer_of(the, channel.capacity) : length > 0)
		wait_wake_first(the, (sends ? channel.senders : channel.receivers)->value.reference);
}
