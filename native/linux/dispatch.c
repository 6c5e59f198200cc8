/* Work that crosses threads (dispatch.h): the steps. No engine. */
#include "dispatch-state.h"

#include <errno.h>

enum { WAITS = 1024 };

typedef struct {
	dispatch_queue *queue;
	stator_executor *executor;
	stator_task_id waker;
	uint32_t what, most;
	bool listed;
} queue_wait;

pthread_mutex_t dispatch_lock = PTHREAD_MUTEX_INITIALIZER;
seat *dispatch_seats[DISPATCH_EXECUTORS];
static queue_wait waits[WAITS];
static uint32_t wait_count;

/* Whom to wake when the lock has been let go. */
typedef struct {
	stator_executor *executor;
	stator_task_id id;
} wake;

typedef struct {
	wake all[DISPATCH_EXECUTORS + WAITS];
	uint32_t count;
} wakes;

static void wake_later(wakes *list, stator_executor *executor, stator_task_id id)
{
	list->all[list->count++] = (wake){ executor, id };
}

/* A porter is woken once for each time that it waits. Locked. */
static void wake_porter(wakes *list, seat *seat)
{
	if (seat->porter < 0)
		return;
	wake_later(list, seat->executor, seat->porter);
	seat->porter = -1;
}

static void begin_step(wakes *list)
{
	list->count = 0;
	linux_mutex_lock(&dispatch_lock);
}

static void unlock_and_wake(const wakes *list)
{
	linux_mutex_unlock(&dispatch_lock);
	for (uint32_t i = 0; i < list->count; i++)
		stator_wake(list->all[i].executor, list->all[i].id);
}

/*
 * Wakes an executor that waits and can take some of the work, if there is one. That it waits does not mean that it is idle still: one that
 * turns out to be busy wakes the next, and so does one that leaves work behind. So nobody sleeps beside work that he could do. Locked.
 */
static void wake_idle(wakes *list, const dispatch_queue *queue)
{
	for (uint32_t i = 0; i < DISPATCH_EXECUTORS; i++)
		if (dispatch_seats[i] && dispatch_seats[i]->porter >= 0 && dispatch_seats[i]->queue == queue && dispatch_has_work(queue, dispatch_seats[i]->full)) {
			wake_porter(list, dispatch_seats[i]);
			return;
		}
}

static bool holds(const queue_wait *wait, uint32_t *now)
{
	*now = wait->what == WAIT_UNDONE ? wait->queue->undone : wait->queue->executors;
	return *now <= wait->most;
}

/* Locked. */
static void wake_waits(wakes *list, const dispatch_queue *queue)
{
	uint32_t now;
	for (uint32_t i = 0; i < wait_count; i++)
		if (waits[i].listed && waits[i].queue == queue && holds(&waits[i], &now)) {
			waits[i].listed = false;
			wake_later(list, waits[i].executor, waits[i].waker);
		}
}

static void forget_asked(work *work)
{
	if (!work->listed_as_asked)
		return;
	if (work->next_asked)
		work->next_asked->previous_asked = work->previous_asked;
	if (work->previous_asked)
		work->previous_asked->next_asked = work->next_asked;
	else
		dispatch_seats[work->executor]->asked = work->next_asked;
	work->listed_as_asked = false;
}

/* It is over: back to its owner, or into its pool. Locked. */
static void over(wakes *list, work *work, int32_t status)
{
	dispatch_queue *queue = work->queue;
	seat *owner = dispatch_seats[work->owner];
	work->status = status;
	work->next = NULL;
	if (work->pooled) {
		work->state = WORK_FREE;
		work->next = queue->free;
		queue->free = work;
	} else if (!owner || !owner->open)
		work->state = WORK_IDLE;
	else {
		work->state = WORK_ENDED;
		if (owner->back)
			owner->back_last->next = work;
		else
			owner->back = work;
		owner->back_last = work;
		wake_porter(list, owner);
	}
	queue->undone--;
	wake_waits(list, queue);
}

static void cancel_all(wakes *list, dispatch_queue *queue)
{
	for (uint32_t priority = 0; priority < PRIORITIES; priority++)
		while (queue->some[priority]) {
			work *work = queue->lists[priority][__builtin_ctzll(queue->some[priority])].first;
			dispatch_take_out(work);
			over(list, work, -ECANCELED);
		}
}

int dispatch_seat(uint32_t number, stator_executor *executor, int32_t queue, void *(*keep)(size_t))
{
	seat *made = dispatch_seats[number] ? dispatch_seats[number] : keep(sizeof *made);
	if (!made)
		return -ENOMEM;
	linux_mutex_lock(&dispatch_lock);
	made->executor = executor;
	made->porter = -1;
	made->open = true;
	if (queue >= 0) {
		made->queue = dispatch_queues[queue];
		made->queue->executors++;
	}
	dispatch_seats[number] = made;
	linux_mutex_unlock(&dispatch_lock);
	return 0;
}

void dispatch_leave(uint32_t number)
{
	wakes list;
	begin_step(&list);
	seat *seat = dispatch_seats[number];
	seat->open = false;
	seat->porter = -1;
	seat->inbox.closed = true;
	cancel_all(&list, &seat->inbox);
	while (seat->back) { /* nobody asks for it any more */
		seat->back->state = WORK_IDLE;
		seat->back = seat->back->next;
	}
	if (seat->queue) {
		seat->queue->executors--;
		wake_waits(&list, seat->queue);
	}
	unlock_and_wake(&list);
}

void dispatch_nudge(uint32_t number)
{
	wakes list;
	begin_step(&list);
	wake_porter(&list, dispatch_seats[number]);
	unlock_and_wake(&list);
}

bool dispatch_is_idle(const work *work)
{
	linux_mutex_lock(&dispatch_lock);
	bool idle = work->state == WORK_IDLE;
	linux_mutex_unlock(&dispatch_lock);
	return idle;
}

uint32_t dispatch_what(const work *work)
{
	linux_mutex_lock(&dispatch_lock);
	uint32_t what = work->task | (uint32_t)work->priority << 8 | (uint32_t)work->asked << 16;
	linux_mutex_unlock(&dispatch_lock);
	return what;
}

/* Locked. */
static int begin_waiting(dispatch_queue *queue, work *work, uint32_t priority)
{
	if (work->state != WORK_IDLE)
		return -EBUSY;
	if (queue->closed)
		return -ECANCELED;
	work->priority = (uint8_t)priority;
	work->state = WORK_QUEUED;
	work->asked = 0;
	work->has_value = false;
	work->runs_as = -1;
	work->sequence = queue->sequence++;
	queue->undone++;
	dispatch_put(queue, work, false);
	return 0;
}

int dispatch_submit(work *work, uint32_t number, uint32_t priority)
{
	wakes list;
	begin_step(&list);
	dispatch_queue *queue = dispatch_queues[number];
	int status = begin_waiting(queue, work, priority);
	if (!status)
		wake_idle(&list, queue);
	unlock_and_wake(&list);
	return status;
}

int dispatch_attach(work *work, uint32_t executor, uint32_t priority)
{
	wakes list;
	begin_step(&list);
	seat *seat = executor < DISPATCH_EXECUTORS ? dispatch_seats[executor] : NULL;
	int status = seat ? begin_waiting(&seat->inbox, work, priority) : -ESRCH;
	if (!status)
		wake_porter(&list, seat);
	unlock_and_wake(&list);
	return status;
}

/* Locked. */
static int32_t begin(uint32_t executor, seat *seat, work *work)
{
	dispatch_take_out(work);
	work->state = WORK_RUNNING;
	work->executor = (uint16_t)executor;
	seat->begun++;
	if (++seat->running[work->task] >= dispatch_slots_of[work->task])
		seat->full |= (uint64_t)1 << work->task;
	return (int32_t)(work->number << NEXT_BITS) | NEXT_BEGIN;
}

int32_t dispatch_next(uint32_t executor, stator_task_id waker, bool busy)
{
	wakes list;
	int32_t found = NEXT_NOTHING;
	work *first;
	begin_step(&list);
	seat *seat = dispatch_seats[executor];
	seat->porter = -1;
	if ((first = seat->back)) {
		seat->back = first->next;
		first->state = WORK_IDLE;
		found = (int32_t)(first->tag << NEXT_BITS) | NEXT_CAME_BACK;
	} else if ((first = seat->asked)) {
		forget_asked(first);
		found = (int32_t)(first->number << NEXT_BITS) | NEXT_ASKED;
	} else if ((first = dispatch_first_of(&seat->inbox, seat->full)))
		found = begin(executor, seat, first);
	else if (seat->quit && !seat->told) {
		seat->told = true;
		found = NEXT_QUIT;
	} else if (!seat->queue || !(first = dispatch_first_of(seat->queue, seat->full)))
		seat->porter = waker;
	else {
		found = busy ? NEXT_LATER : begin(executor, seat, first);
		wake_idle(&list, seat->queue);
	}
	unlock_and_wake(&list);
	return found;
}

void dispatch_began(work *work, stator_task_id id)
{
	linux_mutex_lock(&dispatch_lock);
	work->runs_as = id;
	linux_mutex_unlock(&dispatch_lock);
}

bool dispatch_refuse(work *work)
{
	wakes list;
	begin_step(&list);
	seat *seat = dispatch_seats[work->executor];
	bool others = seat->running[work->task] > 1;
	if (others) {
		seat->begun--;
		seat->running[work->task]--;
		seat->full |= (uint64_t)1 << work->task;
		forget_asked(work);
		if (work->queue->closed) /* meanwhile */
			over(&list, work, -ECANCELED);
		else {
			work->state = WORK_QUEUED;
			dispatch_put(work->queue, work, true);
			wake_idle(&list, work->queue); /* who looked before found nothing */
		}
	}
	unlock_and_wake(&list);
	return others;
}

void dispatch_end(work *work, int32_t status, const double *value)
{
	wakes list;
	begin_step(&list);
	seat *seat = dispatch_seats[work->executor];
	work->has_value = value != NULL;
	if (value)
		work->value = *value;
	forget_asked(work);
	seat->ended++;
	seat->cycles = seat->executor->accounts.ended;
	seat->running[work->task]--;
	if (seat->full & (uint64_t)1 << work->task) {
		seat->full &= ~((uint64_t)1 << work->task);
		wake_porter(&list, seat); /* what waits for the slot */
	}
	over(&list, work, status);
	unlock_and_wake(&list);
}

int dispatch_ask(work *work, uint32_t asked)
{
	wakes list;
	begin_step(&list);
	int status = work->state == WORK_QUEUED || work->state == WORK_RUNNING ? 0 : -ESRCH;
	if (work->state == WORK_QUEUED && asked & WORK_CANCELLED) {
		dispatch_take_out(work);
		over(&list, work, -ECANCELED);
	} else if (!status) {
		work->asked |= (uint8_t)asked;
		if (work->state == WORK_RUNNING && !work->listed_as_asked) {
			seat *seat = dispatch_seats[work->executor];
			work->previous_asked = NULL;
			work->next_asked = seat->asked;
			if (seat->asked)
				seat->asked->previous_asked = work;
			seat->asked = work;
			work->listed_as_asked = true;
			wake_porter(&list, seat);
		}
	}
	unlock_and_wake(&list);
	return status;
}

/* Locked. */
static void quit(wakes *list, dispatch_queue *queue)
{
	queue->closed = true;
	cancel_all(list, queue);
	for (uint32_t i = 0; i < DISPATCH_EXECUTORS; i++)
		if (dispatch_seats[i] && dispatch_seats[i]->queue == queue) {
			dispatch_seats[i]->quit = true;
			wake_porter(list, dispatch_seats[i]);
		}
}

void dispatch_quit(uint32_t queue)
{
	wakes list;
	begin_step(&list);
	quit(&list, dispatch_queues[queue]);
	unlock_and_wake(&list);
}

void dispatch_quit_all(void)
{
	for (uint32_t i = 0; i < dispatch_queue_count; i++)
		dispatch_quit(i);
	for (uint32_t i = 0; i < DISPATCH_EXECUTORS; i++) {
		wakes list;
		begin_step(&list);
		if (dispatch_seats[i]) {
			dispatch_seats[i]->inbox.closed = true;
			cancel_all(&list, &dispatch_seats[i]->inbox);
		}
		unlock_and_wake(&list);
	}
}

int dispatch_wait_new(void)
{
	linux_mutex_lock(&dispatch_lock);
	int number = wait_count < WAITS ? (int)wait_count++ : -ENOMEM;
	linux_mutex_unlock(&dispatch_lock);
	return number;
}

int dispatch_wait_poll(uint32_t number, uint32_t queue, uint32_t what, uint32_t most, stator_executor *executor, stator_task_id waker, uint32_t *now)
{
	linux_mutex_lock(&dispatch_lock);
	queue_wait *wait = &waits[number];
	*wait = (queue_wait){ .queue = dispatch_queues[queue], .executor = executor, .waker = waker, .what = what, .most = most };
	bool ready = holds(wait, now);
	wait->listed = !ready;
	linux_mutex_unlock(&dispatch_lock);
	return ready ? STATOR_READY : STATOR_PENDING;
}

void dispatch_wait_leave(uint32_t number)
{
	linux_mutex_lock(&dispatch_lock);
	waits[number].listed = false;
	linux_mutex_unlock(&dispatch_lock);
}

double dispatch_stat(uint32_t executor, uint32_t which)
{
	double value = -EINVAL;
	linux_mutex_lock(&dispatch_lock);
	const seat *seat = executor < DISPATCH_EXECUTORS ? dispatch_seats[executor] : NULL;
	if (seat && which == DISPATCH_STAT_BEGUN)
		value = (double)seat->begun;
	else if (seat && which == DISPATCH_STAT_ENDED)
		value = (double)seat->ended;
	else if (seat && which == DISPATCH_STAT_TASKS)
		value = (double)seat->cycles;
	linux_mutex_unlock(&dispatch_lock);
	return value;
}
