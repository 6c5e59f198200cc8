/* What the executor asks of its platform (native/abi/port.h), over what the platforms of the SDK have alike (host.h). */
#include "port.h"

#include "heap.h"
#include "host.h"

static uint32_t tick_offset;

uint32_t stator_port_now(void)
{
	return stator_host_ticks() + tick_offset;
}

uint64_t stator_port_time(void)
{
	return stator_host_clock();
}

uint32_t stator_port_time_hz(void)
{
	return stator_host_clock_hz();
}

void stator_port_shift(uint32_t ticks)
{
	tick_offset += ticks;
}

/* A turn sets the loop's timer at its end; who sets an alarm elsewhere asks for one. */
void stator_port_alarm(stator_executor *executor)
{
	if (!stator_host.turning)
		stator_port_pend(executor);
}

void stator_port_round(stator_executor *executor)
{
	uint32_t ticks;
	if (executor->armed)
		stator_alarm_check(executor, stator_port_now(), &ticks);
}

void stator_port_pend(stator_executor *executor)
{
	(void)executor;
	if (stator_host.the) /* else it has not begun, and will look for itself */
		stator_pending_pend(&stator_host.pending, stator_host_post);
}

void stator_port_write(const char *text, size_t size)
{
	stator_host_write(text, size);
}

void stator_port_write_texts(const stator_text *texts, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		stator_host_write(texts[i].text, texts[i].size);
}

/* The console is the SDK's, and is not read: a serial line is waited for through ECMA-419 (docs/moddable.md). */
int stator_port_read(void)
{
	return -1;
}

/* Lights are pins of the board, which the SDK's JavaScript knows (hal/moddable). */
void stator_port_led(bool on)
{
	(void)on;
}

uint32_t stator_port_cycles(void)
{
	return (uint32_t)stator_host_clock();
}

uint32_t stator_port_cycles_hz(void)
{
	return stator_host_clock_hz();
}

/* What the program is besides, the SDK's tools say. */
uint32_t stator_port_flash_bytes(void)
{
	return 0;
}
