/*
 * machine.h: the XS machines of a program: one in thread mode, and one more for each priority level (levels.h) and each thread. A
 * machine has everything of its own (executor, block, pool, module variables) and shares with the others what is in flash.
 */
#ifndef STATOR_MACHINE_H
#define STATOR_MACHINE_H

#include "executor.h"
#include "heap.h"

struct sxMachine;
struct sxSlot;

enum { STATOR_THROW_FRAMES = 4 };

typedef struct stator_machine {
	stator_executor executor; /* first: the->context points here */
	struct sxMachine *the;    /* null until it is made */
	stator_block block;
	stator_pool_info *pool;
	bool ended;               /* levels: no task is left */
	uint8_t priority;         /* levels: of its vector; 0 is the most urgent */
	bool thread;              /* it has a thread of its own (native/linux/threads.c): no level */
	const char *entered_at;   /* levels: the C stack, where the level came in last */
	struct sxSlot *served;    /* levels only: polls, settle and attend of its executor */
	/* Where its last exception was thrown (position.c). */
	const uint8_t *thrown_at[STATOR_THROW_FRAMES];
	const struct sxSlot *thrown; /* the exception's object, null for a primitive */
} stator_machine;

/* What the build says of each machine (levels.c in the application's folder). The first is that in thread mode; of it the
   name alone counts, its sizes are the program's settings. */
typedef struct {
	const char *name;
	int32_t vector;      /* at the interrupt controller, from 0; STATOR_NO_VECTOR: given at run time */
	uint32_t priority;   /* 0 is the most urgent */
	uint32_t heap_bytes; /* all that the machine takes of the block of the machine in thread mode, its pool included */
	uint32_t pool_bytes;
	uint32_t stack_slots;
	uint32_t spare_keys;
	uint32_t c_stack_bytes; /* of the C stack, which all machines share: what the less urgent ones leave to it */
} stator_place;

enum { STATOR_NO_VECTOR = -1 };

extern const stator_place stator_places[];
extern const uint32_t stator_machine_count;
extern stator_machine stator_machines[];

/* Makes the machines that the build has given a vector and runs their first modules; null: there are none. */
extern void (*const stator_boot_levels)(void);
/* At the program's end: they are entered no more; and what each of them used. Null likewise. */
extern void (*const stator_levels_end)(void);
extern void (*const stator_levels_summary)(void);

/* The machine that runs, on this thread. Written by who enters a machine (machine.c, levels.c, threads.c), and set back when it is left. */
extern STATOR_THREAD_LOCAL stator_machine *stator_current;

/* The executor of the machine in thread mode. */
#define stator_main_executor (stator_machines[0].executor)

static inline uint32_t stator_machine_number(const stator_machine *machine)
{
	return (uint32_t)(machine - stator_machines);
}

/* Boots the engine, loads the program and runs its first module to the end. Returns the exit status:
   0, or 1 after an exception that nothing caught (reported on the console). */
int stator_machine_run(void);

/* Prints which level runs, with what it has of a C stack that reaches down to `stack`, and the lines of TypeScript that the machine
   that runs is in, innermost first; nothing when it is in none. For reports: it looks at each pointer before it follows it. */
void stator_machine_where(const void *stack);

/* Prints what a level has of a C stack that reaches down to `stack`; nothing for thread mode. */
void stator_machine_print_stack(const stator_machine *machine, const void *stack);

/* Prints what the program used: polls, wakes, sleeps, memory, growth since the first run(). */
void stator_machine_summary(void);

/* For levels.c: makes the engine's machine in its block; null: no memory. */
struct sxMachine;
struct sxMachine *stator_machine_make(stator_machine *machine, uint32_t stack_slots, uint32_t slots, uint32_t slots_more, uint32_t chunk_bytes, uint32_t spare_keys);
void stator_machine_report_exception(struct sxMachine *the);

/* Remembers the executor's tables for debuggers and traces: polls, states, pools, handles. INIT */
void stator_machine_tables(struct sxMachine *the, const struct sxSlot *polls, const struct sxSlot *states, const struct sxSlot *pools, const struct sxSlot *handles);

#endif
