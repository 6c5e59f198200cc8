/*
 * pending.h: wakes on their way to the executor, through a queue of messages that somebody else owns, is small, and may drop.
 *
 *   QUIET --pend: posts--> POSTED --turn: the message has come--> QUIET
 *     ^                      |
 *     +--- the post failed --+        the message was dropped in silence: --watch--> QUIET, and a turn
 *
 * Model. A wake sets its bit in the ready set first (native/abi/ready.h) and pends second; a turn takes `posted` first and looks at the
 * bits second. So while a message is under way no other is needed: any number of wakes, from any context, hold one entry of the queue (a second
 * one where the timer brings a turn while the message is still under way).
 *
 * That entry may not be had. Queues of the SDK are full when others have filled them (four entries on pico), and some say so, some do not. The
 * wake is not lost then: its bit is set. It is late: until the next turn, whatever brings that, and the host's timer brings one at the latest
 * after STATOR_WATCH_MS, as long as a task is alive (host.c). Every turn begins anew.
 *
 * No engine, no SDK. tests/native/pending.c has a queue of four that drops.
 */
#ifndef STATOR_PENDING_H
#define STATOR_PENDING_H

#include "atomic.h"

#include <stdbool.h>

typedef struct {
	uint32_t posted;  /* atomic: wakes since the message was posted; 0: none is under way */
	uint32_t refused; /* posts that failed, for statistics; not exact */
} stator_pending;

/* Something was set that a turn has to look at. `post` posts the message; false: there was no room. Any context. */
static inline void stator_pending_pend(stator_pending *pending, bool (*post)(void))
{
	/* Partner: stator_pending_turn. Either this finds zero and posts, or the turn that is to come takes zero after this, and then sees the bit. */
	if (atomic_add(&pending->posted, 1))
		return;
	if (post())
		return;
	pending->refused++;
	atomic_take(&pending->posted); /* the next wake tries again */
}

/* A turn begins, by the message, by the timer or by whatever else: what is set from here on posts anew. */
static inline void stator_pending_turn(stator_pending *pending)
{
	atomic_take(&pending->posted);
}

#endif
