/*
 * The loop of the SDK on microcontrollers: messages, and one timer. The message that an interrupt may post comes from a small pool that all
 * of the program shares, and that may be full (pending.h); it is used for every post, since a wake may come from anywhere, and allocates nothing.
 */
#include "xsmc.h"
#include "xsHost.h"
#include "modTimer.h"

#include "host.h"
#include "port.h"

static modTimer timer;

/* The machine as the SDK's headers name its type. */
#define MACHINE ((void *)stator_host.the)

static void on_message(void *the, void *refcon, uint8_t *message, uint16_t length)
{
	(void)the;
	(void)refcon;
	(void)message;
	(void)length;
	stator_host_turn();
}

static void on_timer(modTimer fired, void *refcon, int size)
{
	(void)fired;
	(void)refcon;
	(void)size;
	stator_host_turn();
}

bool stator_host_open(void)
{
	timer = modTimerAdd(STATOR_WATCH_MS, STATOR_WATCH_MS, on_timer, &timer, sizeof timer);
	return timer != NULL;
}

/* Masked: where the pool has no lock of its own, who posts must keep other interrupts away. */
bool stator_host_post(void)
{
	uint32_t state = stator_port_lock();
	int status = modMessagePostToMachineFromISR(MACHINE, on_message, NULL);
	stator_port_unlock(state);
	return status == 0;
}

void stator_host_alarm(uint32_t milliseconds)
{
	modTimerReschedule(timer, (int)milliseconds, STATOR_WATCH_MS);
}

void stator_host_quiet(void)
{
	modTimerUnschedule(timer);
}

void stator_host_serve(void)
{
	modTimersExecute();
	modMessageService(MACHINE, modTimersNext());
}

uint32_t stator_host_ticks(void)
{
	return modMilliseconds();
}

uint64_t stator_host_clock(void)
{
	return modMilliseconds();
}

uint32_t stator_host_clock_hz(void)
{
	return 1000;
}

/* The SDK's console takes lines: what comes in pieces is kept until its line is whole. */
void stator_host_write(const char *text, size_t size)
{
	static char line[128];
	static size_t length;
	for (size_t i = 0; i < size; i++) {
		if (text[i] != '\n')
			line[length++] = text[i];
		if (text[i] != '\n' && length < sizeof line - 1)
			continue;
		line[length] = 0;
		modLog_transmit(line);
		length = 0;
	}
}
