/* The timer wheel of native/abi/wheel.h: no engine, no platform. */
#include "wheel.h"

#include "hooks.h"

#include <string.h>

enum { BITS = STATOR_WHEEL_BITS, SLOTS = STATOR_WHEEL_SLOTS, LEVELS = STATOR_WHEEL_LEVELS };
#define NONE ((uint32_t)STATOR_NO_TIMER)

void stator_wheel_init(stator_wheel *wheel, uint32_t now)
{
	memset(wheel, 0, sizeof *wheel);
	memset(wheel->heads, 0xFF, sizeof wheel->heads);
	wheel->free = NONE;
	wheel->elapsed = now;
}

uint32_t stator_wheel_new(stator_wheel *wheel, void *(*keep)(size_t size))
{
	uint32_t number = wheel->free;
	if (number != NONE) {
		wheel->free = stator_wheel_timer(wheel, number)->next;
		stator_wheel_timer(wheel, number)->state = STATOR_TIMER_IDLE;
		return number;
	}
	if (wheel->count == wheel->room) {
		uint32_t piece = stator_wheel_piece(wheel->room), room = STATOR_WHEEL_FIRST << piece;
		stator_timer *timers = piece < STATOR_WHEEL_PIECES ? keep(room * sizeof *timers) : NULL;
		if (!timers)
			return NONE;
		wheel->pieces[piece] = timers;
		wheel->room += room;
	}
	return wheel->count++;
}

void stator_wheel_delete(stator_wheel *wheel, uint32_t timer)
{
	stator_wheel_clear(wheel, timer);
	if (stator_wheel_timer(wheel, timer)->state == STATOR_TIMER_FREE)
		return;
	stator_wheel_timer(wheel, timer)->state = STATOR_TIMER_FREE;
	stator_wheel_timer(wheel, timer)->next = wheel->free;
	wheel->free = timer;
}

/* The level of a timer, by what differs between its tick and `elapsed`. */
static uint32_t level_of(uint32_t difference)
{
	return difference < SLOTS ? 0 : (31 - (uint32_t)__builtin_clz(difference)) / BITS;
}

static void link_timer(stator_wheel *wheel, uint32_t number)
{
	stator_timer *timer = stator_wheel_timer(wheel, number);
	uint32_t level = level_of(timer->at ^ wheel->elapsed);
	uint32_t slot = timer->at >> (level * BITS) & (SLOTS - 1);
	uint32_t *head = &wheel->heads[level * SLOTS + slot];
	timer->state = STATOR_TIMER_SET;
	timer->place = (uint8_t)(level * SLOTS + slot);
	timer->previous = NONE;
	timer->next = *head;
	if (*head != NONE)
		stator_wheel_timer(wheel, *head)->previous = number;
	*head = number;
	wheel->occupied[level] |= (uint16_t)(1u << slot);
	wheel->levels_in_use |= 1u << level;
}

static void emptied(stator_wheel *wheel, uint32_t place)
{
	uint32_t level = place / SLOTS;
	wheel->occupied[level] &= (uint16_t)~(1u << place % SLOTS);
	if (!wheel->occupied[level])
		wheel->levels_in_use &= ~(1u << level);
}

/* The next edge, from the lowest level in use. */
static uint32_t find_edge(const stator_wheel *wheel, uint32_t *place)
{
	uint32_t level = (uint32_t)__builtin_ctz(wheel->levels_in_use), shift = level * BITS;
	uint32_t bits = wheel->occupied[level];
	if (level == LEVELS - 1) {
		/* The highest ring goes round: slots before the present one belong to the next turn. */
		uint32_t later = bits & ~0u << (wheel->elapsed >> shift & (SLOTS - 1));
		if (later)
			bits = later;
	}
	uint32_t slot = (uint32_t)__builtin_ctz(bits);
	*place = level * SLOTS + slot;
	uint32_t above = level == LEVELS - 1 ? 0 : wheel->elapsed & ~0u << (shift + BITS);
	return above | slot << shift;
}

bool stator_wheel_set(stator_wheel *wheel, uint32_t number, uint32_t at, stator_task_id waker, uint32_t now)
{
	stator_timer *timer = stator_wheel_timer(wheel, number);
	bool alone = !wheel->levels_in_use;
	/* The wheel may turn on to `now` as long as it passes no edge: fewer levels to come down later. */
	if (alone || ((int32_t)(wheel->edge - now) > 0 && (int32_t)(now - wheel->elapsed) > 0))
		wheel->elapsed = now;
	/* A tick that has passed is due at once. Measured from now: from `elapsed`, which stands still while an edge is
	   overdue, a long timer would look as if it had passed. */
	timer->at = (int32_t)(at - now) < 0 ? wheel->elapsed : at;
	timer->waker = waker;
	link_timer(wheel, number);
	uint32_t mine = timer->at & ~0u << (timer->place / SLOTS * BITS);
	/* Both lie at or after `elapsed`; the distance may exceed 2^31 for the same reason. */
	if (!alone && mine - wheel->elapsed >= wheel->edge - wheel->elapsed)
		return false;
	wheel->edge = mine;
	return true;
}

void stator_wheel_clear(stator_wheel *wheel, uint32_t number)
{
	stator_timer *timer = stator_wheel_timer(wheel, number);
	if (timer->state == STATOR_TIMER_FREE)
		return;
	if (timer->state == STATOR_TIMER_SET) {
		if (timer->next != NONE)
			stator_wheel_timer(wheel, timer->next)->previous = timer->previous;
		if (timer->previous != NONE)
			stator_wheel_timer(wheel, timer->previous)->next = timer->next;
		else {
			wheel->heads[timer->place] = timer->next;
			if (timer->next == NONE)
				emptied(wheel, timer->place);
		}
	}
	timer->state = STATOR_TIMER_IDLE;
}

bool stator_wheel_turn(stator_wheel *wheel, uint32_t now, stator_ready *set)
{
	while (wheel->levels_in_use) {
		uint32_t place;
		wheel->edge = find_edge(wheel, &place);
		if ((int32_t)(wheel->edge - now) > 0) {
			wheel->elapsed = now;
			return true;
		}
		wheel->elapsed = wheel->edge;
		uint32_t number = wheel->heads[place];
		wheel->heads[place] = NONE;
		emptied(wheel, place);
		while (number != NONE) {
			stator_timer *timer = stator_wheel_timer(wheel, number);
			uint32_t next = timer->next;
			if (timer->at == wheel->edge) {
				timer->state = STATOR_TIMER_IDLE;
				hook_trace(set, STATOR_TRACE_TIMER, number);
				stator_ready_wake(set, timer->waker);
			} else
				link_timer(wheel, number);
			number = next;
		}
	}
	wheel->elapsed = now;
	return false;
}
