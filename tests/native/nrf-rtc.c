/*
 * The time driver native/cortex-m/time/nrf-rtc.c on a model of nRF's RTC that is stricter than any emulator: time goes on at every
 * access, by a random number of steps; the compare event comes when the counter becomes equal to the compare value, and not when that
 * was written one step before. What the chip does, the driver has to live with: no alarm may be lost, none may be late.
 * Input: a seed. Prints what went wrong and ends with 1.
 */
#include "core.h"
#include "time-driver.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { START = 0x40011000, COMPARE0 = 0x40011140, INTENSET = 0x40011304, COUNTER = 0x40011504, PRESCALER = 0x40011508, CC0 = 0x40011540 };
enum { VECTOR = 17, MASK = 0xFFFFFF };

void nrf_rtc1_handler(void);

static volatile uint32_t registers[0x600 / 4];
static uint64_t steps;        /* since start */
static uint32_t cc_seen;      /* the compare value that the chip works with */
static uint64_t cc_since;     /* when it was written */
static bool enabled, pending; /* at the interrupt controller */
static bool quiet;            /* the test waits: time goes on by its own hand */
static uint32_t interrupts, seed, most_late;

static volatile uint32_t *at(uint32_t address)
{
	return &registers[(address - START) / 4];
}

static void look(void)
{
	if (*at(CC0) != cc_seen) {
		cc_seen = *at(CC0);
		cc_since = steps;
	}
}

static void step(uint64_t count)
{
	for (; count; count--) {
		steps++;
		if ((steps & MASK) == cc_seen && steps - cc_since > 1)
			*at(COMPARE0) = 1;
	}
	*at(COUNTER) = steps & MASK;
}

static uint32_t chance(uint32_t of)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % of;
}

volatile uint32_t *fake_register(uint32_t address)
{
	look();
	if (!quiet && *at(START) && chance(3) == 0)
		step(1 + chance(3));
	if (address == CC0)
		cc_seen = ~0u; /* about to be written */
	return at(address);
}

void core_enable_vector(uint32_t vector)
{
	enabled = vector == VECTOR;
}

void core_pend_vector(uint32_t vector)
{
	pending = pending || vector == VECTOR;
}

static uint32_t alarm_at;
static bool armed, fired;

/* What clock.c does. */
static void program(void)
{
	uint32_t now = time_driver_now();
	if (armed && (int32_t)(alarm_at - now) <= 0) {
		armed = false;
		fired = true;
		uint32_t late = now - alarm_at;
		if (late > most_late)
			most_late = late;
	}
	time_driver_alarm(armed ? alarm_at - now : TIME_DRIVER_NEVER);
}

void clock_interrupt(void)
{
	program();
}

static void interrupt(void)
{
	look();
	while (enabled && (pending || (*at(COMPARE0) && *at(INTENSET)))) {
		pending = false;
		interrupts++;
		nrf_rtc1_handler();
		look();
	}
}

/* Ticks that have really gone by. */
static uint32_t true_ticks(void)
{
	return (uint32_t)(steps * 125 / 4096);
}

static int fail(const char *what, uint32_t a, uint32_t b)
{
	printf("%s: %u, %u at step %llu\n", what, a, b, (unsigned long long)steps);
	return 1;
}

int main(void)
{
	if (scanf("%u", &seed) != 1)
		return fail("no seed", 0, 0);
	time_driver_init();
	program();
	/* Alarms at all distances, set in the middle of ticks, some over the counter's wrap (every 512 seconds). */
	for (int i = 0; i < 20000; i++) {
		if (chance(2)) { /* shortly before a tick begins: the alarm's step is near, or passed by while it is set */
			uint32_t before = 4096 - 125 * (1 + chance(3));
			for (quiet = true; steps * 125 % 4096 < before;)
				step(1);
			quiet = false;
		}
		uint32_t ticks = chance(20) ? chance(6) : chance(50) ? chance(3000) : chance(200000);
		alarm_at = time_driver_now() + ticks;
		armed = true;
		fired = false;
		program();
		interrupt();
		uint64_t limit = steps + ((uint64_t)ticks + 2) * 33 + 16;
		while (!fired) {
			quiet = true;
			step(1);
			quiet = false;
			interrupt();
			if (steps > limit)
				return fail("an alarm was lost, or is late: ticks", ticks, true_ticks() - alarm_at);
		}
		uint32_t now = time_driver_now();
		/* Reading takes steps itself. */
		if (true_ticks() - now > 1)
			return fail("the clock is off", now, true_ticks());
	}
	if (most_late > 1)
		return fail("late by ticks", most_late, 0);
	/* Nothing to do: woken for bookkeeping alone. */
	armed = false;
	program();
	uint32_t before = interrupts;
	quiet = true;
	for (int second = 0; second < 3600; second++) {
		step(32768);
		interrupt();
	}
	if (interrupts - before > 3600 / 60)
		return fail("woken too often in an hour", interrupts - before, 0);
	if (time_driver_now() - true_ticks() + 1 > 2)
		return fail("an hour is not an hour", time_driver_now(), true_ticks());
	printf("%u interrupts, %u s\n", interrupts, (unsigned)(steps / 32768));
	return 0;
}
