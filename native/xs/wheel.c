/* The timer wheel of native/abi/wheel.h: no engine, no platform. */
#include "wheel.h"

#include "hooks.h"

#include <string.h>

enum { BITS = STATOR_WHEEL_BITS, SLOTS = STATOR_WHEEL_SLOTS, LEVELS = STATOR_WHEEL_LEVELS };
#define NONE ((uint32_t)STATOR_NO_TIMER)

static inline stator_timer *stator_wheel_timer(const stator_wheel *wheel, uint32_t timer)
{
	return stator_timers_get(wheel->timers, timer);
}

void stator_timers_init(stator_timers *timers)
{
	memset(timers, 0, sizeof *timers);
	timers->free = NONE;
}

void stator_wheel_init(stator_wheel *wheel, stator_timers *timers, uint32_t levels, uint32_t now)
{
	memset(wheel, 0, sizeof *wheel);
	memset(wheel->heads, 0xFF, stator_wheel_size(levels) - sizeof *wheel);
	wheel->timers = timers;
	wheel->levels = levels;
	wheel->elapsed = now;
}

uint32_t stator_timers_new(stator_timers *timers, void *(*keep)(size_t size))
{
	uint32_t number = timers->free;
	if (number != NONE) {
		stator_timer *timer = stator_timers_get(timers, number);
		timers->free = timer->next;
		timer->state = STATOR_TIMER_IDLE;
		return number;
	}
	if (timers->count == timers->room) {
		uint32_t piece = stator_wheel_piece(timers->room), room = STATOR_WHEEL_FIRST << piece;
		stator_timer *fresh = piece < STATOR_WHEEL_PIECES ? keep(room * sizeof *fresh) : NULL;
		if (!fresh)
			return NONE;
		timers->pieces[piece] = fresh;
		timers->room += room;
	}
	return timers->count++;
}

void stator_timers_delete(stator_timers *timers, uint32_t number)
{
	stator_timer *timer = stator_timers_get(timers, number);
	if (timer->state == STATOR_TIMER_FREE)
		return;
	timer->state = STATOR_TIMER_FREE;
	timer->next = timers->free;
	timers->free = number;
}

/* The level of a timer, by what differs between its tick and `elapsed`. */
static uint32_t level_of(uint32_t difference)
{
	return difference < SLOTS ? 0 : (31 - (uint32_t)__builtin_clz(difference)) / BITS;
}

/* `timer` is that of the number. */
static void link_timer(stator_wheel *wheel, stator_timer *timer, uint32_t number)
{
	uint32_t level = level_of(timer->at ^ wheel->elapsed), slot = 0;
	if (level < wheel->levels)
		slot = timer->at >> (level * BITS) & (SLOTS - 1);
	else
		level = wheel->levels; /* beyond the span */
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
	if (level == wheel->levels) { /* the end of the span */
		*place = level * SLOTS;
		return (wheel->elapsed & ~0u << shift) + (1u << shift);
	}
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
	link_timer(wheel, timer, number);
	uint32_t level = timer->place / SLOTS, shift = level * BITS;
	uint32_t mine = level < wheel->levels ? timer->at & ~0u << shift : (wheel->elapsed & ~0u << shift) + (1u << shift);
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

/* When nothing but what lies beyond the span is left: the span of the first of these, or of `now`, in one step. */
static uint32_t skip_spans(const stator_wheel *wheel, uint32_t now)
{
	uint32_t distance = now - wheel->elapsed, shift = wheel->levels * BITS;
	for (uint32_t number = wheel->heads[wheel->levels * SLOTS]; number != NONE;) {
		const stator_timer *timer = stator_wheel_timer(wheel, number);
		if (timer->at - wheel->elapsed < distance)
			distance = timer->at - wheel->elapsed;
		number = timer->next;
	}
	return (wheel->elapsed + distance) & ~0u << shift;
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
		if (place == wheel->levels * SLOTS)
			wheel->edge = skip_spans(wheel, now);
		wheel->elapsed = wheel->edge;
		uint32_t number = wheel->heads[place];
		wheel->heads[place] = NONE;
		emptied(wheel, place);
		while (number != NONE) {
			stator_timer *timer = stator_wheel_timer(wheel, number);
			uint32_t next = timer->next;
			if (timer->at == wheel->edge) {
				timer->state = STATOR_TIMER_FIRED;
				hook_trace(set, STATOR_TRACE_TIMER, number);
				stator_ready_wake(set, timer->waker);
			} else
				link_timer(wheel, timer, number);
			number = next;
		}
	}
	wheel->elapsed = now;
	return false;
}
