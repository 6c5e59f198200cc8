/*
 * Where a program on Linux keeps its record (native/xs/record-memory.h): in a file, from the environment's STATOR_RECORD, else <program>.record
 * in the directory in which it was started. It begins as tools/record/frame.ts expects it, so it is a record at any time.
 *
 * The file is mapped: an entry is a copy into memory that the kernel writes to the file whatever becomes of the process, and no system call.
 * The head's words come last, so a process that is killed leaves whole entries. The file grows by pieces, whose room on the disk is
 * asked for: a full disk ends the record, and not the program. What of the last piece was not used is cut off at the end.
 */
#define _GNU_SOURCE
#include "hooks.h"
#include "port.h"
#include "record-memory.h"
#include "record-platform.h"
#include "record-port.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { PIECE = 1 << 20, HEAD = sizeof(stator_record_head) };

/* The file's first line: what tools want to know (tools/record/program.ts). One file of each program that is recorded. */
extern const char stator_record_info[];

static int file = -1;
static size_t size, before; /* the file's; bytes before the head */
static char *mapped;
static uint64_t end_time; /* nanoseconds; 0: none */

static uint64_t nanoseconds(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

int64_t record_rest(void)
{
	if (!end_time)
		return -1;
	uint64_t now = nanoseconds();
	return now < end_time ? (int64_t)(end_time - now) : 0;
}

bool record_over(void)
{
	return end_time && !record_rest();
}

/* Room in the file, and on the disk. */
static bool grow(size_t wanted)
{
	size_t whole = (wanted + PIECE - 1) / PIECE * PIECE;
	int error = EINTR;
	if (wanted <= size)
		return true;
	while (error == EINTR) /* a signal came */
		error = posix_fallocate(file, (off_t)size, (off_t)(whole - size));
	if (error)
		return false;
	size = whole;
	return true;
}

static bool failed(const char *name)
{
	fprintf(stderr, "stator: cannot write the record %s: %s; name another file in STATOR_RECORD, or none: STATOR_RECORD=\n", name, strerror(errno));
	return false;
}

bool record_file_open(void)
{
	char own[128];
	const char *name = getenv("STATOR_RECORD");
	if (stator_record_limit)
		end_time = nanoseconds() + (uint64_t)stator_record_limit * 1000000u;
	if (!name) {
		snprintf(own, sizeof own, "%.*s.record", (int)strcspn(stator_record_name, "/"), stator_record_name);
		name = own;
	}
	if (!*name)
		return true;
	before = strlen(stator_record_info);
	file = open(name, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (file < 0)
		return failed(name);
	if (!grow(before + HEAD)) {
		errno = ENOSPC;
		return failed(name);
	}
	mapped = mmap(NULL, before + HEAD + stator_record_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, file, 0);
	if (mapped == MAP_FAILED)
		return failed(name);
	memcpy(mapped, stator_record_info, before);
	stator_record_head begun = { STATOR_RECORD_MAGIC, STATOR_RECORD_VERSION, stator_record_bytes, 0, 0, RECORD_SOURCES, RECORD_SOURCES, stator_port_time_hz(), STATOR_TRACED };
	memcpy(mapped + before, &begun, HEAD);
	return true;
}

bool record_room(uint32_t bytes)
{
	return mapped && bytes <= stator_record_bytes && grow(before + HEAD + bytes);
}

void record_put(uint32_t at, const void *bytes, uint32_t count)
{
	if (mapped)
		memcpy(mapped + before + HEAD + at, bytes, count);
}

uint8_t record_byte(uint32_t at)
{
	return mapped ? (uint8_t)mapped[before + HEAD + at] : 0;
}

/* In the file the head is where the line ends, so it has no alignment. */
void record_publish(const stator_record_head *now)
{
	if (!mapped)
		return;
	char *to = mapped + before;
	__atomic_signal_fence(__ATOMIC_RELEASE);
	memcpy(to + offsetof(stator_record_head, steps), &now->steps, sizeof now->steps);
	__atomic_signal_fence(__ATOMIC_RELEASE);
	memcpy(to + offsetof(stator_record_head, used), &now->used, sizeof now->used);
}

void record_file_close(void)
{
	uint32_t used;
	if (!mapped)
		return;
	memcpy(&used, mapped + before + offsetof(stator_record_head, used), sizeof used);
	munmap(mapped, before + HEAD + stator_record_bytes);
	mapped = NULL;
	if (ftruncate(file, (off_t)(before + HEAD + used)))
		perror("stator: the record keeps its zeros");
	close(file);
}
