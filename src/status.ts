/**
 * The one status table, shared with native/abi/stator-abi.h: 0 is success, negative numbers are errors with the
 * values of Linux's errno where one exists. Expected conditions are statuses; programmers' errors throw.
 */

/** What a poll returns: finished, the result may be taken. */
export const READY = 0;
/** What a poll returns: not yet; the waker has been registered. */
export const PENDING = 1;
/** What the poll of a task may return to have a turn again after every other ready task: `wake(id)` and PENDING in one. */
export const YIELD = 3;

/** Nothing there at the moment; try later. */
export const EAGAIN = -11;
/** The board has no memory left for what was asked. */
export const ENOMEM = -12;
/** No such task: the id is stale. */
export const ESRCH = -3;
/** The object is in use by someone else. */
export const EBUSY = -16;
/** An argument is out of its range. */
export const EINVAL = -22;
/** The time limit came first. */
export const ETIME = -62;
/** A pool has no free slot. */
export const ENOBUFS = -105;
/** The task or operation was cancelled. */
export const ECANCELED = -125;

/** PENDING, READY or a negative status; the poll of a task may also return YIELD. */
export type Poll = number;

const texts: [number, string][] = [
	[READY, "ok"],
	[ESRCH, "no such task"],
	[EAGAIN, "try again"],
	[ENOMEM, "out of memory"],
	[EBUSY, "in use"],
	[EINVAL, "argument out of range"],
	[ETIME, "time limit"],
	[ENOBUFS, "pool used up"],
	[ECANCELED, "cancelled"],
];

/** The text of a status, for messages. INIT or error paths: it searches. */
export function statusText(status: number): string {
	for (let i = 0; i < texts.length; i++) if (texts[i][0] === status) return texts[i][1];
	return "status " + status;
}
