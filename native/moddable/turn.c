/*
 * A turn of the executor in somebody else's loop (host.h): when it begins, what it looks at, and what brings the next one. No engine.
 *
 * Order, for no wake to be lost: a turn first says that the message has come (from here on every wake posts anew), then polls what is
 * ready, then looks once more, and sets the timer.
 */
#include "host.h"
#include "port.h"

/*
 * The next alarm, or the watch that finds a wake whose message was dropped (pending.h). At once when something is to be done already: a
 * timer cannot be dropped.
 */
static void set_timer(stator_executor *executor)
{
	uint32_t ticks;
	bool armed = stator_alarm_check(executor, stator_port_now(), &ticks);
	if (stator_work(executor))
		stator_host_alarm(0);
	else if (stator_host.ended && !armed)
		stator_host_quiet();
	else
		stator_host_alarm(armed && ticks < STATOR_WATCH_MS ? ticks : STATOR_WATCH_MS);
}

void stator_host_turn(void)
{
	stator_executor *executor = &stator_host.executor;
	stator_pending_turn(&stator_host.pending);
	if (stator_host.turning || !stator_host.begun)
		return;
	stator_host.turning = true;
	if (stator_ready_any(&executor->ready)) /* somebody lives again */
		stator_host.ended = false;
	stator_host_rounds(STATOR_TURN_POLLS);
	stator_host.turning = false;
	set_timer(executor); /* the turn was cut short, or a tick has come: at once */
}

/*
 * Whoever blocks in the machine's task serves the loop meanwhile: everything else of the program goes on, but for other turns of ours. What
 * is set after the look posts, and a post ends the wait.
 */
void stator_port_idle(stator_executor *executor)
{
	const bool turning = stator_host.turning;
	stator_host.turning = true;
	for (;;) {
		stator_pending_turn(&stator_host.pending);
		set_timer(executor);
		if (stator_work(executor))
			break;
		executor->sleeps++;
		stator_host_serve();
	}
	stator_host.turning = turning;
}
