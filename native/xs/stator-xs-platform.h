/*
 * stator-xs-platform.h: XS's own platform header for Stator's builds (XSPLATFORM): which of the engine's defaults
 * are replaced, and by what. What differs between a board and a host is in stator-libc.h, which the build finds in
 * native/cortex-m or native/linux.
 *
 * Replaced: memory (one static block, heap.c; a static pool behind c_malloc, pool.c), the way modules are found
 * (program.c), what happens when memory, stack or names run out (abort.c), promise jobs (machine.c). Not built at
 * all: the parser, the debugger.
 */
#ifndef STATOR_XS_PLATFORM_H
#define STATOR_XS_PLATFORM_H

#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Release builds of XS do not check their stacks otherwise; measured cost 3-5 %. */
#define mxBoundsCheck 1
/* Host functions are single slots that point at their builder in flash, not function objects. */
#define mxHostFunctionPrimitive 1

#define mxMachinePlatform \
	void *stator_unused;

#define mxUseDefaultSharedChunks 1

#define XS_FUNCTION_NORETURN __attribute__((noreturn))

/*
 * The interpreter's state may stay in registers: under the name setjmp, gcc keeps every local of fxRunID in memory.
 * Each of the uses in xsRun.c reloads its state from the machine after a jump (read one by one); what it does not
 * reload never changes (the machine, the dispatch table), and the build keeps gcc from sharing the stack slots that
 * these may be spilled to (CMakeLists.txt). 18-27 % of all instructions on a Cortex-M3.
 */
#ifdef STATOR_FAST_SETJMP
extern int stator_setjmp(jmp_buf) __asm__(STATOR_SETJMP_SYMBOL);
#define c_setjmp stator_setjmp
#endif

/* Where an exception comes from is noted before the frames are gone (position.c). */
#ifdef STATOR_NOTE_THROWS
#define c_longjmp(BUFFER, VALUE) (stator_note_throw(the), longjmp(BUFFER, VALUE))
struct sxMachine;
void stator_note_throw(struct sxMachine *the);
#endif

void *stator_malloc(size_t size);
void *stator_calloc(size_t count, size_t size);
void *stator_realloc(void *block, size_t size);
void stator_free(void *block);
#define c_malloc stator_malloc
#define c_calloc stator_calloc
#define c_realloc stator_realloc
#define c_free stator_free
#define c_malloc_uint32 stator_malloc
#define c_free_uint32 stator_free

#include "stator-libc.h"

#define C_PATH_MAX 128

#endif
