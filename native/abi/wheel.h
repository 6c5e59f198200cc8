/*
 * wheel.h: the timers of one executor: a hierarchy of rings of 16 slots, each ring's slot as long as the whole ring
 * below. Setting and clearing are O(1) whatever is in it; a timer moves down at most once a level before it fires.
 *
 *   level 0   16 slots of 1 tick
 *   level 1   16 slots of 16 ticks
 *   …
 *   level 7   16 slots of 2^28 ticks: all of a 32-bit clock
 *
 * A wheel may have fewer levels (the clock's has eight): its memory is 64 bytes a level. What is set for beyond its span, 16^levels
 * ticks, stands on one more list, which is looked through once each span: such a timer costs a turn of its own for each span
 * that it waits, and is as exact as any other.
 *
 * A timer's level is that of the highest digit (base 16) in which its tick and the wheel's `elapsed` differ, its slot
 * is that digit. Every timer of a level therefore comes before every timer of the levels above; the lowest set bit of
 * the lowest level in use is the next edge, and nothing is searched. (The scheme of tokio's time wheel, from Varghese
 * and Lauck, "Hashed and Hierarchical Timing Wheels", 1987.) All arithmetic is modulo 2^32, so the wrap of the clock
 * is an ordinary digit change of the highest ring. hal/sim/wheel.ts is the same in TypeScript; tests compare the two.
 *
 * It is C because timers are the most used wait of all: in TypeScript on XS the same wheel cost 17,300 instructions
 * per timer set and fired (Cortex-M3), here a few hundred (docs/decisions/timers-in-c.md).
 *
 * Timers are numbered; whoever waits keeps a number for good (native code cannot hold a place inside a JavaScript
 * object). The executor's own context only.
 */
#ifndef STATOR_WHEEL_H
#define STATOR_WHEEL_H

#include "executor.h"

#include <stddef.h>

enum { STATOR_WHEEL_BITS = 4, STATOR_WHEEL_SLOTS = 16, STATOR_WHEEL_LEVELS = 8, STATOR_NO_TIMER = 0xFFFFFFFF };

/* What a timer is doing. */
enum {
	STATOR_TIMER_IDLE,    /* nothing */
	STATOR_TIMER_STARTED, /* it has its tick; it is set at the first poll, when the waker is known */
	STATOR_TIMER_YIELD,   /* as started, for a tick that is now: one yield */
	STATOR_TIMER_SET,     /* in the wheel */
	STATOR_TIMER_FREE,    /* given back */
	STATOR_TIMER_FIRED,   /* its tick has come, and who waits has not looked since */
};

enum { STATOR_WHEEL_FIRST = 4, STATOR_WHEEL_PIECES = 16 };

typedef struct {
	uint32_t at;
	stator_task_id waker;
	uint32_t next, previous;
	uint8_t place; /* level and slot, while set */
	uint8_t state;
	uint8_t wheel; /* tick.h: which of the executor's wheels it was started on */
} stator_timer;

/* Timers in pieces, each twice as long as the one before: what was given out stays where it is, and nothing is copied. */
typedef struct {
	stator_timer *pieces[STATOR_WHEEL_PIECES];
	uint32_t count, room;
	uint32_t free; /* first timer given back, linked by next */
} stator_timers;

typedef struct {
	stator_timers *timers; /* several wheels may have theirs from one set */
	uint32_t levels;
	uint32_t elapsed; /* the tick up to which the wheel has turned: no timer's slot lies before it */
	uint32_t edge;    /* the next edge, while levels_in_use is not zero; may be early after a clear, never late */
	uint32_t levels_in_use;
	uint16_t occupied[STATOR_WHEEL_LEVELS + 1]; /* the last in use is the list of what lies beyond the span */
	uint32_t heads[]; /* levels * STATOR_WHEEL_SLOTS, and that list */
} stator_wheel;

/* Bytes of a wheel of so many levels, 1 to 8. */
static inline size_t stator_wheel_size(uint32_t levels)
{
	return sizeof(stator_wheel) + (levels * STATOR_WHEEL_SLOTS + 1) * sizeof(uint32_t);
}

/* No timers yet. INIT */
void stator_timers_init(stator_timers *timers);

/* Empty, for a clock that shows `now`. INIT. */
void stator_wheel_init(stator_wheel *wheel, stator_timers *timers, uint32_t levels, uint32_t now);

/* The piece that a timer is in: 0 to 3 in the first, 4 to 11 in the second, and so on. */
static inline uint32_t stator_wheel_piece(uint32_t timer)
{
	return 31 - (uint32_t)__builtin_clz(timer / STATOR_WHEEL_FIRST + 1);
}

static inline stator_timer *stator_timers_get(const stator_timers *timers, uint32_t timer)
{
	uint32_t piece = stator_wheel_piece(timer);
	return timers->pieces[piece] + (timer - ((STATOR_WHEEL_FIRST << piece) - STATOR_WHEEL_FIRST));
}

/* A timer's number. Makes room, a piece at a time, through `keep` (zeroed memory for good) when there is none; STATOR_NO_TIMER
   when that fails. INIT. */
uint32_t stator_timers_new(stator_timers *timers, void *(*keep)(size_t size));

/* Gives a timer back, which is set in no wheel; any number of times. */
void stator_timers_delete(stator_timers *timers, uint32_t timer);

/* Sets an idle timer for a tick less than 2^31 away; a tick that has passed fires at the next turn. True: the next edge
   is nearer than before, the alarm has to be set to wheel->edge. HOT */
bool stator_wheel_set(stator_wheel *wheel, uint32_t timer, uint32_t at, stator_task_id waker, uint32_t now);

/* Takes a timer out; any number of times. HOT */
void stator_wheel_clear(stator_wheel *wheel, uint32_t timer);

/* Turns the wheel to `now`: fires what is due, in the order of ticks, by waking in `set`. True: timers are left, the
   next edge is wheel->edge. HOT */
bool stator_wheel_turn(stator_wheel *wheel, uint32_t now, stator_ready *set);

#endif
