/*
 * The clocks of the programs in bench/host/stator and bench/host/xs: processor time of the whole process, wall time, resident
 * memory, and how late sleeps end. They are read by the program that is measured, at both ends of what is measured.
 */
#define _GNU_SOURCE
#include "xsAll.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "c/lateness.h"

static struct lateness late;

static double nanoseconds(clockid_t clock)
{
	struct timespec time;
	clock_gettime(clock, &time);
	return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void result_number(txMachine *the, double value)
{
	mxResult->kind = XS_NUMBER_KIND;
	mxResult->value.number = value;
}

/* cpuNs(): processor time of the process */
void xs_bench_cpu_ns(txMachine *the)
{
	result_number(the, nanoseconds(CLOCK_PROCESS_CPUTIME_ID));
}

/* wallNs() */
void xs_bench_wall_ns(txMachine *the)
{
	result_number(the, nanoseconds(CLOCK_MONOTONIC));
}

/* resident(): bytes */
void xs_bench_resident(txMachine *the)
{
	long pages = 0;
	FILE *file = fopen("/proc/self/statm", "r");
	if (file == NULL || fscanf(file, "%*d %ld", &pages) != 1)
		pages = -1;
	if (file != NULL)
		fclose(file);
	result_number(the, (double)pages * (double)sysconf(_SC_PAGESIZE));
}

/* noteLate(milliseconds, since): a sleep of so long that began at wallNs() since has ended; the time now */
void xs_bench_note_late(txMachine *the)
{
	double now = nanoseconds(CLOCK_MONOTONIC);
	double due = fxToNumber(the, mxArgv(1)) + fxToNumber(the, mxArgv(0)) * 1e6;
	lateness_note(&late, now > due ? (uint64_t)((now - due) / 1e3) : 0);
	if (now < due)
		late.early++;
	result_number(the, now);
}

/* lateCount(), lateEarly(), lateP99Us(), lateMaxUs() */
void xs_bench_late_count(txMachine *the)
{
	result_number(the, (double)late.count);
}

void xs_bench_late_early(txMachine *the)
{
	result_number(the, (double)late.early);
}

void xs_bench_late_p99(txMachine *the)
{
	result_number(the, (double)lateness_p99(&late));
}

void xs_bench_late_max(txMachine *the)
{
	result_number(the, (double)late.max);
}
