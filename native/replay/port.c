/*
 * The host in the place of a board (native/abi/port.h): nothing comes from outside, all of it from the record (replay.c). There is no
 * clock to wait for: a sleep ends at once, with what ended it then.
 */
#define _GNU_SOURCE
#include "port.h"

#include "cycles.h"
#include "heap.h"
#include "machine.h"
#include "record-hooks.h"
#include "replay.h"
#include "settings.h"
#include "shared-memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>

static char *block;

uint32_t stator_port_now(void)
{
	return (uint32_t)stator_outside(STATOR_RECORD_NOW, 0);
}

uint64_t stator_port_time(void)
{
	return stator_record_time(0);
}

uint32_t stator_port_time_hz(void)
{
	return replay_head.hz;
}

/* As clock_program of native/cortex-m/clock.c, with the record's clock. */
void stator_port_shift(uint32_t ticks)
{
	stator_executor *executor = &stator_main_executor;
	uint32_t now = stator_port_now(), left;
	(void)ticks;
	if (executor->on_clock && executor->armed)
		stator_alarm_check(executor, now, &left);
}

void stator_port_alarm(stator_executor *executor)
{
	executor->on_clock = true;
	hook_told_alarms(executor);
	stator_port_shift(0);
}

void stator_port_round(stator_executor *executor)
{
	(void)executor;
	stator_record_deliver();
}

void stator_port_pend(stator_executor *executor)
{
	(void)executor;
}

void stator_port_idle(stator_executor *executor)
{
	stator_record_idle(executor);
}

void stator_port_write(const char *text, size_t size)
{
	fwrite(text, 1, size, stdout);
}

void stator_port_write_texts(const stator_text *texts, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		stator_port_write(texts[i].text, texts[i].size);
}

void stator_port_write_raw(const char *bytes, size_t size)
{
	stator_port_write(bytes, size);
}

int stator_port_read(void)
{
	return (int)stator_outside(STATOR_RECORD_READ, -1);
}

uint32_t stator_port_lock(void)
{
	return 0;
}

void stator_port_unlock(uint32_t state)
{
	(void)state;
}

void stator_port_flush(void)
{
	fflush(stdout);
}

uint32_t stator_port_cycles(void)
{
	return 0;
}

uint32_t stator_port_cycles_hz(void)
{
	return 0;
}

uint32_t stator_port_ram_bytes(void)
{
	return 0;
}

uint32_t stator_port_flash_bytes(void)
{
	return 0;
}

char *stator_port_stack_limit(void)
{
	struct rlimit limit;
	size_t size = 8u << 20;
	if (!getrlimit(RLIMIT_STACK, &limit) && limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < size)
		size = limit.rlim_cur;
	return (char *)__builtin_frame_address(0) - size + (128 << 10);
}

void stator_port_stack(uint32_t *used, uint32_t *size)
{
	*used = *size = 0;
}

void stator_port_led(bool on)
{
	(void)on;
}

void stator_port_exit(int status)
{
	stator_record_end(status);
	replay_ends("the program has ended as it was recorded", status);
}

/* A record is of one start. */
void stator_port_restart(void)
{
	stator_record_end(0);
	replay_ends("the program begins anew", 0);
}

char *stator_block_begin(void)
{
	return block;
}

char *stator_block_end(void)
{
	return block + stator_settings.heap_bytes;
}

int main(int argc, char **argv)
{
	replay_begin(argc, argv);
	setvbuf(stdout, NULL, _IOLBF, 0);
	cycles_init();
	block = mmap(NULL, (size_t)stator_settings.heap_bytes + SHARED_MEMORY_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (block == MAP_FAILED) {
		perror("stator-replay: cannot start");
		return 2;
	}
	shared_memory_init(stator_block_end(), stator_block_end() + SHARED_MEMORY_BYTES);
	stator_port_exit(stator_machine_run());
}
