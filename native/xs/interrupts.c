/* Interrupt waker lists (native/abi/interrupts.h): no engine, no platform. */
#include "interrupts.h"

#include "port.h"

#include <string.h>

#define NONE ((uint16_t)STATOR_NO_ENTRY)

void stator_interrupts_init(stator_interrupts *set, stator_interrupt_list *memory, uint32_t sources)
{
	memset(set, 0, sizeof *set);
	set->lists = memory;
	set->sources = sources;
	set->free = NONE;
	for (uint32_t i = 0; i < sources; i++)
		memory[i] = (stator_interrupt_list){ .first = NONE, .last = NONE };
}

uint32_t stator_interrupts_new(stator_interrupts *set, void *(*keep)(size_t size))
{
	static const stator_interrupt_entry fresh = { .waker = -1, .source = STATOR_NO_SOURCE, .next = NONE, .previous = NONE };
	uint32_t number = set->free;
	if (number != NONE)
		set->free = set->entries[number].next;
	else {
		if (set->count == set->room) {
			uint32_t room = set->room ? 2u * set->room : 4;
			stator_interrupt_entry *entries = room < NONE ? keep(room * sizeof *entries) : NULL;
			if (!entries)
				return NONE;
			uint32_t state = stator_port_lock(); /* handlers walk the old array */
			if (set->count)
				memcpy(entries, set->entries, set->count * sizeof *entries);
			set->entries = entries;
			stator_port_unlock(state);
			set->room = (uint16_t)room;
		}
		number = set->count++;
	}
	set->entries[number] = fresh;
	return number;
}

/* Out of its list, when it is in one. Masked. */
static void leave(stator_interrupts *set, stator_interrupt_entry *entry)
{
	if (entry->state != STATOR_ENTRY_LISTED)
		return;
	stator_interrupt_list *list = &set->lists[entry->source];
	if (entry->next != NONE)
		set->entries[entry->next].previous = entry->previous;
	else
		list->last = entry->previous;
	if (entry->previous != NONE)
		set->entries[entry->previous].next = entry->next;
	else
		list->first = entry->next;
	entry->state = STATOR_ENTRY_IDLE;
}

/* At the end of its list. Masked. */
static void enlist(stator_interrupts *set, uint32_t number)
{
	stator_interrupt_entry *entry = &set->entries[number];
	stator_interrupt_list *list = &set->lists[entry->source];
	entry->next = NONE;
	entry->previous = list->last;
	if (list->last != NONE)
		set->entries[list->last].next = (uint16_t)number;
	else
		list->first = (uint16_t)number;
	list->last = (uint16_t)number;
	entry->state = STATOR_ENTRY_LISTED;
}

void stator_interrupts_delete(stator_interrupts *set, uint32_t number)
{
	stator_interrupt_entry *entry = &set->entries[number];
	if (entry->state == STATOR_ENTRY_FREE)
		return;
	stator_interrupts_clear(set, number);
	entry->state = STATOR_ENTRY_FREE;
	entry->next = set->free;
	set->free = (uint16_t)number;
}

void stator_interrupts_begin(stator_interrupts *set, uint32_t number, uint32_t source, bool next)
{
	stator_interrupt_entry *entry = &set->entries[number];
	uint32_t state = stator_port_lock();
	leave(set, entry);
	if (next || entry->source != source) {
		entry->source = (uint16_t)source;
		entry->waker = -1;
	}
	entry->begun = set->lists[source].count;
	entry->state = STATOR_ENTRY_BEGUN;
	stator_port_unlock(state);
}

int stator_interrupts_look(stator_interrupts *set, uint32_t number, stator_executor *executor, stator_task_id waker)
{
	stator_interrupt_entry *entry = &set->entries[number];
	if (entry->waker != waker) {
		entry->waker = waker;
		entry->seen = entry->begun;
	}
	if (entry->state == STATOR_ENTRY_IDLE) { /* woken, as a rule: no list to be edited, nothing to be masked */
		uint32_t now = __atomic_load_n(&set->lists[entry->source].count, __ATOMIC_RELAXED);
		entry->came = now - entry->seen;
		entry->seen = now;
		if (entry->came)
			return STATOR_READY;
	}
	if (entry->state == STATOR_ENTRY_BEGUN && __atomic_load_n(&set->lists[entry->source].count, __ATOMIC_RELAXED) != entry->seen) {
		entry->state = STATOR_ENTRY_IDLE;
		entry->came = 0;
		stator_wake(executor, waker);
		return STATOR_PENDING;
	}
	uint32_t state = stator_port_lock();
	uint32_t count = set->lists[entry->source].count;
	entry->came = count - entry->seen;
	entry->seen = count;
	int outcome = entry->came ? STATOR_READY : STATOR_PENDING;
	if (entry->came)
		leave(set, entry);
	else if (entry->state != STATOR_ENTRY_LISTED) {
		entry->executor = executor;
		enlist(set, number);
	}
	stator_port_unlock(state);
	return outcome;
}

void stator_interrupts_clear(stator_interrupts *set, uint32_t number)
{
	uint32_t state = stator_port_lock();
	leave(set, &set->entries[number]);
	stator_port_unlock(state);
}

void stator_interrupts_came(stator_interrupts *set, uint32_t source, uint32_t times)
{
	stator_interrupt_list *list = &set->lists[source];
	uint32_t state = stator_port_lock();
	list->count += times;
	uint32_t now = list->count;
	for (;;) {
		uint32_t number = list->first;
		/* Who has seen this interrupt enlisted after it: a task of higher priority that was woken here, or the next wait of
		   one. It and all behind it are for the next interrupt. */
		if (number == NONE || (int32_t)(set->entries[number].seen - now) >= 0)
			break;
		stator_interrupt_entry *entry = &set->entries[number];
		leave(set, entry);
		stator_executor *executor = entry->executor;
		stator_task_id waker = entry->waker;
		stator_port_unlock(state);
		stator_wake(executor, waker);
		state = stator_port_lock();
	}
	stator_port_unlock(state);
}

uint32_t stator_interrupts_waiters(const stator_interrupts *set, uint32_t source)
{
	uint32_t length = 0;
	for (uint32_t number = set->lists[source].first; number != NONE; number = set->entries[number].next)
		length++;
	return length;
}
