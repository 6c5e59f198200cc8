/*
 * The clock on a time driver (native/cortex-m/clock.c, time/): prints a line for each check, `name... OK` or what was wrong. Each
 * check compares with a second timer or with what the driver itself must show; that of SysTick's boards is chip_cycles.
 */
#include "chip.h"
#include "clock.h"
#include "core.h"
#include "format.h"
#include "machine.h"
#include "port.h"
#include "settings.h"

#include <stdlib.h>

static stator_executor second;
const stator_settings_t stator_settings = { .halt = 1 };
static int failures;

static void check(const char *name, bool good, unsigned a, unsigned b)
{
	if (good)
		stator_print("%s... OK", name);
	else
		stator_print("%s... FAILED: %u, %u", name, a, b);
	failures += !good;
}

/* Sleeps until one of the executor's alarms is due; returns which, and takes them. */
static uint32_t wait(stator_executor *executor)
{
	stator_port_idle(executor);
	uint32_t due = executor->due;
	executor->due = 0;
	return due;
}

/* Busy until the clock shows the next tick. */
static uint32_t next_tick(void)
{
	uint32_t tick = stator_port_now();
	while (stator_port_now() == tick)
		;
	return tick + 1;
}

/* A sleep ends in the tick that it names. */
static uint32_t late(uint32_t ticks)
{
	uint32_t at = stator_port_now() + ticks;
	stator_alarm_set(&stator_main_executor, 0, at);
	if (wait(&stator_main_executor) != 1)
		return 0xFFFF;
	return stator_port_now() - at;
}

static void each_length(void)
{
	uint32_t worst = 0;
	for (uint32_t ticks = 1; ticks < 300; ticks += 1 + ticks / 8)
		for (int i = 0; i < 3; i++) {
			uint32_t l = late(ticks);
			if (l > worst)
				worst = l;
		}
	check("sleeps end in their tick", worst == 0, worst, 0);
}

static void present_tick(void)
{
	unsigned lost = 0;
	for (int i = 0; i < 2000; i++) {
		/* At all distances from the edge of a tick. */
		for (volatile int spin = 0; spin < i % 97; spin++)
			;
		uint32_t now = stator_port_now();
		stator_alarm_set(&stator_main_executor, 0, now - (unsigned)i % 3 + 1);
		uint32_t due = wait(&stator_main_executor);
		if (due != 1 || stator_port_now() - now > 1)
			lost++;
	}
	check("an alarm for the present tick, one past or the next is not lost", lost == 0, lost, 0);
}

static void order(void)
{
	uint32_t now = next_tick(), bad = 0;
	stator_alarm_set(&stator_main_executor, 0, now + 20);
	stator_alarm_set(&stator_main_executor, 1, now + 10);
	bad += wait(&stator_main_executor) != 2 || stator_port_now() != now + 10;
	bad += wait(&stator_main_executor) != 1 || stator_port_now() != now + 20;
	stator_alarm_set(&stator_main_executor, 0, now + 30);
	stator_alarm_set(&stator_main_executor, 1, now + 30);
	bad += wait(&stator_main_executor) != 3 || stator_port_now() != now + 30;
	stator_alarm_set(&stator_main_executor, 0, now + 60);
	stator_alarm_set(&stator_main_executor, 0, now + 40); /* moved nearer */
	bad += wait(&stator_main_executor) != 1 || stator_port_now() != now + 40;
	stator_alarm_set(&stator_main_executor, 0, now + 45);
	stator_alarm_set(&stator_main_executor, 0, now + 50); /* moved away */
	bad += wait(&stator_main_executor) != 1 || stator_port_now() != now + 50;
	check("alarms come in order", bad == 0, bad, 0);
}

/* Two executors share the clock; each gets its own alarms, whoever sets one first. */
static void executors(void)
{
	uint32_t now = next_tick(), bad = 0;
	stator_alarm_set(&stator_main_executor, 0, now + 30);
	stator_alarm_set(&second, 0, now + 10);
	stator_alarm_set(&second, 1, now + 20);
	bad += wait(&second) != 1 || stator_port_now() != now + 10 || stator_main_executor.due;
	bad += wait(&second) != 2 || stator_port_now() != now + 20 || stator_main_executor.due;
	bad += wait(&stator_main_executor) != 1 || stator_port_now() != now + 30 || second.due;
	unsigned listed = 0;
	for (stator_executor *executor = clock_executors; executor; executor = executor->clock_next)
		listed++;
	check("executors share the clock", bad == 0 && listed == 2, bad, listed);
}

static void wrap(void)
{
	unsigned bad = 0;
	const uint32_t origins[] = { 0x7FFFFFFF - 5, 0xFFFFFFFF - 5 };
	for (int i = 0; i < 2; i++) {
		stator_port_shift(origins[i] - stator_port_now());
		uint32_t now = next_tick();
		stator_alarm_set(&stator_main_executor, 1, now + 20);
		stator_alarm_set(&stator_main_executor, 0, now + 3);
		bad += wait(&stator_main_executor) != 1 || stator_port_now() != now + 3;
		bad += wait(&stator_main_executor) != 2 || stator_port_now() != now + 20;
	}
	check("alarms over the wraps of the tick count", bad == 0, bad, 0);
}

/* Longer than the driver's longest period, several times. */
static void long_sleeps(void)
{
	uint32_t worst = 0, sleeps = stator_main_executor.sleeps, all = 0;
	for (uint32_t ticks = 1000; ticks <= 1000000; ticks *= 5) {
		uint32_t l = late(ticks);
		if (l > worst)
			worst = l;
		all += ticks;
	}
	check("long sleeps end in their tick", worst == 0, worst, 0);
	stator_print("went to sleep %u times in %u s", (unsigned)(stator_main_executor.sleeps - sleeps), (unsigned)all / 1000);
}

/* A counter that the driver does not use: SysTick under the other drivers, the measuring counter under SysTick. */
#define SYST_CSR REG(0xE000E010)
#define SYST_RVR REG(0xE000E014)
#define SYST_CVR REG(0xE000E018)

static bool by_systick;

static uint32_t counter(void)
{
	return by_systick ? 0xFFFFFF - SYST_CVR : stator_port_cycles();
}

/* Time does not go back, and no time is lost when the alarm is set again and again, near or far. */
static void accuracy(void)
{
	enum { ALARMS = 4000 };
	uint32_t hz = stator_port_cycles_hz(), mask = 0xFFFFFFFF, back = 0;
	if (!(SYST_CSR & 1) && chip_systick_hz) {
		SYST_RVR = mask = 0xFFFFFF;
		SYST_CVR = 0;
		SYST_CSR = 5;
		by_systick = true;
		hz = chip_systick_hz;
	}
	uint32_t start = next_tick(), from = counter(), last = start, now = start;
	for (int i = 0; i < ALARMS; i++) {
		stator_alarm_set(&stator_main_executor, 0, now + 2 + (uint32_t)i % 50);
		now = stator_port_now();
		back += (int32_t)(now - last) < 0;
		last = now;
	}
	uint32_t end = next_tick();
	uint32_t gone = (counter() - from) & mask;
	stator_alarm_clear(&stator_main_executor, 0);
	stator_main_executor.due = 0;
	uint32_t shown = (end - start) * (hz / 1000);
	uint32_t error = gone > shown ? gone - shown : shown - gone;
	check("time does not go back", back == 0, back, 0);
	stator_print("%u of %u cycles lost in %u alarms, by %s", (unsigned)error, (unsigned)gone, ALARMS, by_systick ? "SysTick" : "chip_cycles");
	/* Four microseconds for the two readings, each after a loop that looks for the edge of a tick (some thirty instructions of
	   64 ns); two instructions for each time that SysTick is stopped and started. */
	uint32_t per_alarm = by_systick ? 0 : 128;
	check("nothing much is lost by programming", error <= ALARMS * per_alarm / 1000 * (hz / 1000000) + hz / 250000, error, gone);
	SYST_CSR = by_systick ? 0 : SYST_CSR;
}

/* Thousands of alarms that are slept for: each in its tick, so the sum is exact. */
static void many(void)
{
	uint32_t start = next_tick(), bad = 0, at = start;
	for (uint32_t i = 0; i < 5000; i++) {
		at += 1 + i % 7;
		stator_alarm_set(&stator_main_executor, 0, at);
		bad += wait(&stator_main_executor) != 1 || stator_port_now() != at;
	}
	check("five thousand alarms in a row", bad == 0, bad, at - start);
}

int stator_machine_run(void)
{
	each_length();
	present_tick();
	order();
	executors();
	wrap();
	long_sleeps();
	accuracy();
	many();
	stator_print("clock: %d failed", failures);
	return failures != 0;
}
