/**
 * One cell of the table: brings a task into a state, acts, runs on, and looks whether everything is as it has to be: the outcome,
 * what joins saw, which `finally` blocks ran, that nothing is in a list or on a timer, that nothing is lost, and that a second
 * task gets through. Allocates nothing unless something is wrong, so the second run of the whole table shows what the library allocates.
 *
 * ```
 *   action     how the task waits       what the driver does
 *   cancel     await wait               cancel(id)
 *   stop       await abortable(wait)    requestStop(id)
 *   timeout    await withDeadline(…)    the clock passes the deadline
 *   unheeded   await wait               requestStop(id), which wakes a task that does not look
 * ```
 */
import {
	CANCELLED,
	cancel,
	done,
	EINVAL,
	ESRCH,
	now,
	PENDING,
	pollTask,
	READY,
	release,
	requestStop,
	runFor,
	spawn,
	spawnDetached,
	type TaskId,
	type Token,
	task,
} from "stator";
import { interruptWaiters, SLOT_BITS, shift } from "#hal";
import { outside } from "./outside.ts";
import {
	ABORTABLE,
	ASKED_TO_STOP,
	entries,
	LIMIT_MS,
	LIMITED,
	lastTurnOver,
	limit,
	PLAIN,
	RIVAL,
	rivalHandle,
	SUBJECT,
	seen,
	subjectHandle,
	TIMED_OUT,
	VALUE,
	type Wait,
	wanted,
} from "./wait.ts";

/** The numbers of STATES. */
const NOT_STARTED = 0;
const READY_TO_RUN = 1;
const POLLING = 2;
const WAITING = 3;
const WOKEN = 4;
const FINISHING = 5;
const CLEANING_UP = 6;
const DONE = 7;

/** Of ACTIONS. */
const CANCEL = 0;
const STOP = 1;
const TIMEOUT = 2;
const UNHEEDED_STOP = 3;
const FORMS = [PLAIN, ABORTABLE, LIMITED, PLAIN];

/** Of OUTCOMES; between these VALUE, TIMED_OUT and ASKED_TO_STOP of wait.ts. */
const IS_CANCELLED = 0;
const IS_GONE = 4;
const IS_ESRCH = 5;

/** What a join of the task under test has yielded. */
const joined = { outcome: -1 };

/** Behind everybody else, so that a budget of one poll is the task's own. */
const joiner = task({ name: "joiner", priority: "low" }, async () => {
	const got = await subjectHandle.join();
	joined.outcome = got === CANCELLED ? IS_CANCELLED : got;
});

/** Takes the one poll of a budget before everybody else. */
const first = pollTask({ name: "first", priority: "high" }, () => ({ poll: () => done() }));

/** The cell under way. */
const cell = { subject: -1, action: CANCEL, status: 0, completed: 0 };

function fail(text: string): never {
	throw new Error(text);
}

function demand(what: string, is: number, expected: number): void {
	if (is !== expected) fail(what + " is " + is + ", expected " + expected);
}

/** Everything that can be done now is done. */
function settle(): void {
	runFor(100_000, 0);
}

/** As settle, where the clock was moved: what is due has its turn, which on a board takes an interrupt. */
function settleInTime(): void {
	runFor(100_000, 2);
	settle(); // the limit may have come between two polls
}

function act(): void {
	if (cell.action === CANCEL) cell.status = cancel(cell.subject);
	else if (cell.action === TIMEOUT) shift(LIMIT_MS + 50);
	else cell.status = requestStop(cell.subject);
}

function complete(wait: Wait): void {
	cell.completed++;
	wait.complete();
}

/** How many entries are in lists, wherever they can be seen. */
function listed(wait: Wait): number {
	return wait.waiting() + interruptWaiters(-1) + entries(lastTurnOver.waiting) + entries(subjectHandle.waiting);
}

function spawnSubject(token: Token<number>): void {
	spawn(token, subjectHandle);
	spawn(joiner(), null);
}

/** The rival, up to its wait. */
function spawnRival(wait: Wait): void {
	spawn(wait.task(RIVAL, PLAIN), rivalHandle);
	settle();
}

/** The task is woken and has not been polled: what wakes it by time is fired by a round that polls somebody else. */
function fireTimers(wait: Wait, how: number): void {
	const stay = wait.byTicks === true && how === LIMITED ? 1 : 0;
	for (let tries = 0; outside.timersSet() > stay; tries++) {
		if (tries === 10_000) fail("the timers of " + wait.name + " do not fire");
		spawnDetached(first());
		runFor(1, 0);
	}
}

/** Whether the rival waits beside the task. After one that is done it waits in the same slot. */
function besides(wait: Wait, state: number): boolean {
	return state >= WAITING && state < DONE && wait.rival !== "after" && wait.alwaysWoken !== true;
}

/** Brings the task to its wait, with the rival behind it. */
function bringToWait(wait: Wait, token: Token<number>, state: number): void {
	spawnSubject(token);
	if (wait.alwaysWoken === true) {
		demand("polls", runFor(1, 0), 1);
		return;
	}
	settle();
	demand("the task's status", subjectHandle.status, PENDING);
	if (besides(wait, state)) spawnRival(wait);
}

/** Lets the task through up to its last turn, or its end. */
function letThrough(wait: Wait): void {
	if (wait.alwaysWoken !== true) complete(wait);
	if (wait.byTime === true) settleInTime();
	else settle();
}

function goOnFromLastTurn(): void {
	lastTurnOver.signal();
	settle();
	lastTurnOver.reset();
}

/** The rival is spawned into the slot that the task has had. */
function rivalInTheSameSlot(wait: Wait): void {
	const other = wait.task(RIVAL, PLAIN);
	release(other);
	spawnRival(wait);
	if (((rivalHandle.id ^ cell.subject) & ((1 << SLOT_BITS) - 1)) !== 0) fail("the rival is in another slot");
}

/** What has to come of it. */
function expected(wait: Wait, state: number, action: number): number {
	if (state === DONE) return action === TIMEOUT ? VALUE : IS_ESRCH;
	if (state === CLEANING_UP) return IS_CANCELLED;
	if (state === NOT_STARTED && action === CANCEL) return IS_GONE;
	if (action === CANCEL) return IS_CANCELLED;
	if (state === FINISHING || (action === UNHEEDED_STOP && wait.heeds !== true)) return VALUE;
	if (action !== TIMEOUT) return wait.byRequest === true ? VALUE : ASKED_TO_STOP;
	return state === WOKEN || wait.overAtOneLook === true ? VALUE : TIMED_OUT;
}

/** How many of the blocks ran that a `finally` has: of the inner one, whose wait a cancellation ends, and of the outer one. */
function demandBlocks(state: number, action: number): void {
	const ran = action !== CANCEL || state > READY_TO_RUN ? 1 : 0;
	demand("beginnings", seen.begun, ran);
	demand("inner finally blocks", seen.cleanedUp, state === FINISHING && action === CANCEL ? 0 : ran);
	demand("outer finally blocks", seen.left, ran);
}

const never = (): void => {};

/** Runs a cell; its outcome, as a number of OUTCOMES. Throws when anything is wrong. */
export function runCell(wait: Wait, state: number, action: number): number {
	const how = action === STOP && wait.byRequest === true ? PLAIN : FORMS[action];
	seen.begun = 0;
	seen.cleanedUp = 0;
	seen.left = 0;
	seen.values = 0;
	joined.outcome = -1;
	cell.completed = 0;
	cell.action = action;
	cell.status = 0;
	wanted.holdsLastTurn = state === FINISHING || state === CLEANING_UP;
	wanted.inFirstTurn = state === POLLING ? act : never;
	wait.prepare();
	demand("list entries before", listed(wait), 0);
	demand("timers before", outside.timersSet(), 0);

	limit.at = (now() + LIMIT_MS) | 0;
	const token = wait.task(SUBJECT, how);
	cell.subject = token as TaskId;
	let rivals = besides(wait, state);
	if (state === NOT_STARTED) {
		act();
		if (action !== CANCEL) spawnSubject(token);
	} else if (state === READY_TO_RUN) {
		spawnSubject(token);
		act();
	} else if (state === POLLING) {
		spawnSubject(token);
	} else {
		bringToWait(wait, token, state);
		if (state === WAITING) {
			const tasks = rivals ? 2 : 1;
			demand("list entries", listed(wait), (wait.entriesEach ?? 1) * tasks + 1);
			demand("timers", outside.timersSet(), (wait.timersEach ?? 0) * tasks + (how === LIMITED ? 1 : 0));
			act();
		} else if (state === WOKEN) {
			if (wait.alwaysWoken !== true) complete(wait);
			if (wait.byTime === true) fireTimers(wait, how);
			demand("the task's status when it is woken", subjectHandle.status, PENDING);
			act();
		} else if (state === CLEANING_UP) {
			demand("cancel", cancel(cell.subject), 0);
			settle();
			act();
			settleInTime();
			goOnFromLastTurn();
		} else {
			letThrough(wait);
			demand("the task's status before the action", subjectHandle.status, state === FINISHING ? PENDING : READY);
			if (state === DONE) {
				rivalInTheSameSlot(wait);
				rivals = true;
			}
			act();
			settleInTime();
			if (state === FINISHING) goOnFromLastTurn();
		}
	}
	settle();
	if (action === TIMEOUT) settleInTime();
	// Awake without a reason it waits on as it did.
	if (action === UNHEEDED_STOP && state !== CLEANING_UP && !subjectHandle.done) letThrough(wait);

	const end = expected(wait, state, action);
	demand("the action's status", cell.status, end === IS_ESRCH ? ESRCH : 0);
	if (end === IS_GONE) {
		demand("release of the token", release(token), EINVAL);
		demand("a second cancel", cancel(cell.subject), ESRCH);
	} else {
		const is = subjectHandle.status === PENDING ? fail("the task has not ended") : subjectHandle.take();
		const comesTo = end === IS_ESRCH ? VALUE : end;
		demand("the outcome", is === CANCELLED ? IS_CANCELLED : is, comesTo);
		demand("what the join saw", joined.outcome, comesTo);
		demand("the values that the task took", seen.values, comesTo === VALUE || state === FINISHING ? 1 : 0);
		demand("a late cancel", cancel(cell.subject), ESRCH);
	}
	demandBlocks(state, action);

	const behind = rivals && !rivalHandle.done ? 1 : 0;
	demand("list entries when the task is gone", listed(wait), (wait.entriesEach ?? 1) * behind);
	demand("timers when the task is gone", outside.timersSet(), (wait.timersEach ?? 0) * behind);
	const endless = wait.endless !== undefined && wait.endless() !== undefined;
	if (state === WOKEN && rivals && end !== VALUE && !endless && !rivalHandle.done)
		fail("what was meant for the task did not go to the one behind it");
	// Who comes after, or stood behind: it gets through.
	if (!rivals) spawnRival(wait);
	if (endless) {
		rivalHandle.cancel();
		settle();
	} else {
		if (!rivalHandle.done) letThrough(wait);
		if (!rivalHandle.done) fail("the second task does not get through");
		demand("the outcome of the second task", rivalHandle.take() as number, VALUE);
	}
	demand("list entries after", listed(wait), 0);
	demand("timers after", outside.timersSet(), 0);
	const lost = wait.lost(cell.completed, seen.values + (endless ? 0 : 1));
	if (lost !== undefined) fail(lost);
	demand("tasks left", runFor(10, 0), 0);
	return end;
}

/** Why a cell cannot be; undefined: it can. */
export function impossible(wait: Wait, state: number, action: number): string | undefined {
	if (FORMS[action] !== PLAIN && wait.plainOnly !== undefined) return wait.plainOnly;
	if (wait.alwaysWoken === true && state === WAITING) return "it wakes its task at once: never without a wake";
	const completed = state === WOKEN || state === FINISHING || state === DONE || action === UNHEEDED_STOP;
	return completed ? wait.endless?.() : undefined;
}

/** After a cell that went wrong: no task is left. */
export function clear(wait: Wait): void {
	cancel(subjectHandle.id);
	cancel(rivalHandle.id);
	cancel(cell.subject);
	wanted.holdsLastTurn = false;
	settle();
	lastTurnOver.signal();
	settle();
	lastTurnOver.reset();
	wait.prepare();
}
