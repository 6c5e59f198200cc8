/*
 * dispatch.h: work that crosses threads. A piece of work is the number of a task (its place among those that every machine has declared
 * under the same names), numbers and bytes; never an object. No engine in here: threads-glue.c is between this and TypeScript.
 *
 * Model. Each executor has a seat: its inbox, what has come back to it, and the id of the one task that looks at both (the porter,
 * src/threads/porter.ts). A dispatcher has a queue that its executors share. A queue is lists without storage, one for each priority and each
 * task, so that taking is O(tasks) however much waits, and work whose task has no free slot in a machine does not stand in the way.
 *
 *            submit, attach                       take (an idle executor, or whose inbox it is)
 *   IDLE ---------------------> QUEUED ------------------------------------------------> RUNNING
 *     ^                           |   ^------------------ refuse: no slot free --------------|
 *     |  the owner has seen it    |  cancel, quit                                            |  end
 *     +---------- ENDED <---------+<---------------------------------------------------------+
 *
 * Work belongs to the executor that made it, its owner: a task may set its arguments, and read what came of it, while it is IDLE. Work of a
 * dispatcher's own pool (post) is FREE in place of IDLE, and nobody sees it again.
 *
 * All of it is under one lock, which nobody holds longer than one step takes; executors are woken after it has been let go. Nothing is
 * allocated but by the functions that are marked INIT. Any thread.
 */
#ifndef STATOR_DISPATCH_H
#define STATOR_DISPATCH_H

#include "executor.h"

#include <stddef.h>

enum {
	DISPATCH_ARGUMENTS = 6,
	DISPATCH_TEXT = 120,      /* of an exception */
	DISPATCH_TASKS = 64,      /* that may cross threads */
	DISPATCH_NAME = 40,
	DISPATCH_EXECUTORS = 64,  /* with that of the main thread */
	DISPATCH_QUEUES = 16,     /* dispatchers */
};

enum { WORK_IDLE, WORK_QUEUED, WORK_RUNNING, WORK_ENDED, WORK_FREE };

/* `asked`: of work that runs. */
enum { WORK_ASKED_TO_STOP = 1, WORK_CANCELLED = 2 };

/* As in src/status.ts; what a task threw has no status of its own. */
enum { WORK_THREW = 2 };

struct dispatch_queue;

typedef struct work {
	struct work *next, *previous;               /* in a queue; next alone: come back, or free */
	struct work *next_asked, *previous_asked;
	struct dispatch_queue *queue;               /* where it is, or was last */
	uint32_t number;
	uint32_t tag;                               /* the owner's own number for it */
	uint32_t sequence;                          /* its place among all that were submitted */
	int32_t status;
	stator_task_id runs_as;                     /* the id of its task in the machine that runs it; -1: not yet */
	uint16_t owner;                             /* executor */
	uint16_t executor;                          /* that runs it */
	uint8_t task;
	uint8_t priority;
	uint8_t state;
	uint8_t asked;
	bool listed_as_asked;
	bool pooled;                                /* of a dispatcher's pool */
	bool has_value;
	double value;
	double arguments[DISPATCH_ARGUMENTS];
	char text[DISPATCH_TEXT];
	uint32_t byte_count;
	uint8_t *bytes;
} work;

/* What dispatch_next found, in the low bits; above them the number of the work, of what came back the owner's own. */
enum { NEXT_CAME_BACK, NEXT_BEGIN, NEXT_ASKED, NEXT_QUIT, NEXT_BITS = 2 };
enum { NEXT_NOTHING = -1, NEXT_LATER = -2 };

/* What a wait at a dispatcher waits for: at most so much is not done, or at most so many executors are there. */
enum { WAIT_UNDONE, WAIT_EXECUTORS };

/* Numbers as of dispatch_stat. */
enum { DISPATCH_STAT_BEGUN, DISPATCH_STAT_ENDED, DISPATCH_STAT_TASKS };

/* The executor has a seat. `queue`: the dispatcher whose work it takes; -1: none. INIT */
int dispatch_seat(uint32_t number, stator_executor *executor, int32_t queue, void *(*keep)(size_t size));

/* It takes part no more: what is in its inbox is cancelled. */
void dispatch_leave(uint32_t number);

/* Its porter has a turn, when it waits. */
void dispatch_nudge(uint32_t number);

/* Every machine names its tasks and dispatchers in the same order: the number, or -EINVAL (another name, size or order than elsewhere), -ENOSPC,
   -ENOMEM. INIT */
int dispatch_task(uint32_t executor, const char *name, uint32_t slots);
int dispatch_queue_new(uint32_t executor, uint32_t capacity, void *(*keep)(size_t size));

/* A piece of work of its own: its number, or -ENOMEM. `tag` is how the owner calls it. INIT */
int dispatch_work(uint32_t owner, uint32_t task, uint32_t bytes, uint32_t tag, void *(*keep)(size_t size));

/* One of a dispatcher's pool: its number, -ENOBUFS: all are under way, or -ECANCELED. */
int dispatch_alloc(uint32_t queue, uint32_t owner, uint32_t task);

/* Null: there is none of that number. */
work *dispatch_find(uint32_t number);

/* Whether its owner may change it. */
bool dispatch_is_idle(const work *work);

/* Its task, its priority from bit 8, what it was asked from bit 16. */
uint32_t dispatch_what(const work *work);

/* To the dispatcher, or into an executor's inbox. 0, -EBUSY: it is under way, -ECANCELED: they take no more, -ESRCH: no such executor. */
int dispatch_submit(work *work, uint32_t queue, uint32_t priority);
int dispatch_attach(work *work, uint32_t executor, uint32_t priority);

/*
 * What comes next for an executor: what has come back to it, whom somebody asks something of, work to begin, the request to quit. Work of the
 * dispatcher only when the executor is idle: `busy` says that it has other tasks ready. Nothing: `waker` is woken when there is something.
 * Later: there is work, but the executor is busy; ask again in the next round. Its own thread.
 */
int32_t dispatch_next(uint32_t executor, stator_task_id waker, bool busy);

/* Of work that is to begin: it does, as this task. */
void dispatch_began(work *work, stator_task_id id);

/* It cannot, for no slot is free: it goes back to the front. False: and none will become free by work that ends. */
bool dispatch_refuse(work *work);

/* A task has ended. `value` is null when there is none. */
void dispatch_end(work *work, int32_t status, const double *value);

/* 0; -ESRCH: it is not under way. What has not begun is over at once when it is cancelled. */
int dispatch_ask(work *work, uint32_t asked);

/* No more work is taken, what waits is cancelled, the executors are told to quit. */
void dispatch_quit(uint32_t queue);

/* The same of every dispatcher and every inbox. */
void dispatch_quit_all(void);

/* A wait's number, or -ENOMEM. INIT */
int dispatch_wait_new(void);

/* READY: it is so, and `*now` says how many; else PENDING, and the task will be woken. */
int dispatch_wait_poll(uint32_t wait, uint32_t queue, uint32_t what, uint32_t most, stator_executor *executor, stator_task_id waker, uint32_t *now);

/* Waits no more; any number of times. */
void dispatch_wait_leave(uint32_t wait);

/* Of an executor, at any time: how much work it has begun and ended, the cycles of the tasks that have ended there. */
double dispatch_stat(uint32_t executor, uint32_t which);

#endif
