/**
 * Work that crosses threads on the simulated machine: native/linux/dispatch.h in TypeScript. The one machine serves every executor, each by
 * a porter of its own, in turn: deterministic, so that programs with threads can be tested on Node. An executor is idle when none of the work that it
 * has begun is ready. Slots of a shared task are those of the one machine: so many run on all executors together.
 */
import {
	ASKED_TO_END,
	NEXT_ASKED,
	NEXT_BEGIN,
	NEXT_BITS,
	NEXT_CAME_BACK,
	NEXT_LATER,
	NEXT_NOTHING,
	type TaskId,
	THREAD_AWAKE,
	THREAD_BEGUN,
	THREAD_ENDED,
	THREAD_HZ,
	THREAD_TASKS,
	THREW,
	WAIT_UNDONE,
} from "../hal.ts";
import { SLOT_MASK } from "./ready.ts";

const EBUSY = -16;
const EINVAL = -22;
const ESRCH = -3;
const ENOBUFS = -105;
const ECANCELED = -125;
const ARGUMENTS = 6;
const TASKS_MAX = 64;
const QUEUES_MAX = 16;
const EXECUTORS_MAX = 64;
const NAME_MAX = 39;
const TEXT_MAX = 119;

const IDLE = 0;
const QUEUED = 1;
const RUNNING = 2;
const ENDED = 3;
const FREE = 4;

interface SimWork {
	readonly number: number;
	readonly tag: number;
	readonly pooled: boolean;
	readonly bytes: Uint8Array;
	readonly arguments: number[];
	task: number;
	state: number;
	queue: SimQueue | undefined;
	sequence: number;
	priority: number;
	asked: number;
	status: number;
	value: number | undefined;
	text: string;
	id: TaskId;
	executor: number;
	owner: number;
	began: number;
}

interface SimQueue {
	works: SimWork[];
	free: SimWork[];
	sequence: number;
	undone: number;
	executors: number;
	closed: boolean;
}

interface Seat {
	readonly inbox: SimQueue;
	queue: SimQueue | undefined;
	porter: TaskId;
	quit: boolean;
	gone: boolean;
	back: SimWork[];
	asked: SimWork[];
	running: Set<SimWork>;
	begun: number;
	ended: number;
	spent: number;
}

interface Wait {
	queue: SimQueue;
	what: number;
	most: number;
	waker: TaskId;
	listed: boolean;
}

/** What this asks of the simulated machine. */
export interface ThreadsHost {
	wake(id: TaskId): void;
	/** Virtual milliseconds. */
	now(): number;
	/** The slot that is being polled; -1: none. */
	current(): number;
	ready(): number[];
}

let host: ThreadsHost;
const tasks: { name: string; slots: number; running: number }[] = [];
const queues: SimQueue[] = [];
const works: SimWork[] = [];
const seats: Seat[] = [];
const waits: Wait[] = [];

export function connectThreads(to: ThreadsHost): void {
	host = to;
}

function newQueue(): SimQueue {
	return { works: [], free: [], sequence: 0, undone: 0, executors: 0, closed: false };
}

function seatOf(executor: number): Seat {
	while (seats.length <= executor)
		seats.push({
			inbox: newQueue(),
			queue: undefined,
			porter: -1,
			quit: false,
			gone: false,
			back: [],
			asked: [],
			running: new Set(),
			begun: 0,
			ended: 0,
			spent: 0,
		});
	return seats[executor];
}

function wakePorter(seat: Seat): void {
	if (seat.porter < 0) return;
	const id = seat.porter;
	seat.porter = -1;
	host.wake(id);
}

/** What comes first and could begin. */
function firstOf(queue: SimQueue): SimWork | undefined {
	let best: SimWork | undefined;
	for (const work of queue.works)
		if (
			tasks[work.task].running < tasks[work.task].slots &&
			(best === undefined ||
				work.priority < best.priority ||
				(work.priority === best.priority && work.sequence < best.sequence))
		)
			best = work;
	return best;
}

function wakeIdle(queue: SimQueue): void {
	if (firstOf(queue) === undefined) return;
	const seat = seats.find((one) => one.porter >= 0 && one.queue === queue);
	if (seat !== undefined) wakePorter(seat);
}

const counted = (wait: Wait): number => (wait.what === WAIT_UNDONE ? wait.queue.undone : wait.queue.executors);

function wakeWaits(queue: SimQueue): void {
	for (const wait of waits)
		if (wait.listed && wait.queue === queue && counted(wait) <= wait.most) {
			wait.listed = false;
			host.wake(wait.waker);
		}
}

function over(work: SimWork, status: number): void {
	const queue = work.queue as SimQueue;
	work.status = status;
	if (work.pooled) {
		work.state = FREE;
		queue.free.push(work);
	} else {
		work.state = ENDED;
		seatOf(work.owner).back.push(work);
		wakePorter(seatOf(work.owner));
	}
	queue.undone--;
	wakeWaits(queue);
}

function cancelAll(queue: SimQueue): void {
	queue.closed = true;
	for (const work of queue.works.splice(0)) over(work, ECANCELED);
}

/** An executor that was told to quit, and whose last work has ended, is no more. */
function leaveWhenDone(seat: Seat): void {
	if (!seat.quit || seat.gone || seat.running.size > 0) return;
	seat.gone = true;
	cancelAll(seat.inbox);
	if (seat.queue !== undefined) {
		seat.queue.executors--;
		wakeWaits(seat.queue);
	}
}

function quit(queue: SimQueue): void {
	cancelAll(queue);
	for (const seat of seats)
		if (seat.queue === queue) {
			seat.quit = true;
			leaveWhenDone(seat);
		}
}

export function threadNumber(): number {
	const slot = host.current();
	for (let executor = 0; executor < seats.length && slot >= 0; executor++)
		for (const { id } of seats[executor].running) if (id >= 0 && (id & SLOT_MASK) === slot) return executor;
	return 0;
}

export function threadsOpen(count: number): void {
	seatOf(0);
	if (count >= EXECUTORS_MAX) throw new RangeError("run: at most " + (EXECUTORS_MAX - 1) + " threads, got " + count);
}

export function threadStart(number: number, dispatcher: number): boolean {
	seatOf(number).queue = queues[dispatcher];
	queues[dispatcher].executors++;
	return false;
}

export function threadReady(): void {}

export function threadLeave(): never {
	throw new TypeError("threadLeave: the simulated machine has no threads");
}

export function threadsStop(): void {
	for (const queue of queues) quit(queue);
	for (const seat of seats) cancelAll(seat.inbox);
}

export function threadsLeft(): number {
	return 0;
}

export function threadStat(executor: number, which: number): number {
	const seat = seats[executor];
	if (seat === undefined) return which === THREAD_HZ ? 1000 : ESRCH;
	if (which === THREAD_BEGUN) return seat.begun;
	if (which === THREAD_ENDED) return seat.ended;
	if (which === THREAD_AWAKE || which === THREAD_TASKS) return seat.spent;
	return which === THREAD_HZ ? 1000 : EINVAL;
}

export function taskShare(name: string, slots: number): number {
	if (name.length > NAME_MAX)
		throw new RangeError('shared task "' + name + '": its name has at most ' + NAME_MAX + " bytes");
	if (tasks.length >= TASKS_MAX)
		throw new RangeError(
			'shared task "' + name + '": a program has at most ' + TASKS_MAX + " tasks that cross threads",
		);
	return tasks.push({ name, slots, running: 0 }) - 1;
}

export function dispatcherNew(capacity: number): number {
	if (queues.length >= QUEUES_MAX)
		throw new RangeError("dispatcher: a program has at most " + QUEUES_MAX + " dispatchers");
	const queue = newQueue();
	for (let i = 0; i < capacity; i++) queue.free.push(newWork(0, 0, -1, true));
	return queues.push(queue) - 1;
}

export function dispatcherQuit(dispatcher: number): void {
	quit(queues[dispatcher]);
}

export function dispatcherWaitNew(): number {
	return waits.push({ queue: newQueue(), what: WAIT_UNDONE, most: 0, waker: -1, listed: false }) - 1;
}

export function dispatcherWaitPoll(
	number: number,
	dispatcher: number,
	what: number,
	most: number,
	waker: TaskId,
): number {
	const wait = waits[number];
	Object.assign(wait, { queue: queues[dispatcher], what, most, waker });
	const now = counted(wait);
	wait.listed = now > most;
	return wait.listed ? -1 : now;
}

export function dispatcherWaitLeave(wait: number): void {
	waits[wait].listed = false;
}

function newWork(task: number, bytes: number, tag: number, pooled: boolean): SimWork {
	const work: SimWork = {
		...{ number: works.length, tag, pooled, bytes: new Uint8Array(bytes), arguments: Array<number>(ARGUMENTS).fill(0) },
		...{ task, state: pooled ? FREE : IDLE, queue: undefined, sequence: 0, priority: 1, asked: 0, status: EINVAL },
		...{ value: undefined, text: "", id: -1, executor: -1, owner: 0, began: 0 },
	};
	works.push(work);
	return work;
}

export function workNew(task: number, bytes: number, tag: number): number {
	return newWork(task, bytes, tag, false).number;
}

export function workAlloc(dispatcher: number, task: number): number {
	const queue = queues[dispatcher];
	if (queue.closed) return ECANCELED;
	const work = queue.free.pop();
	if (work === undefined) return ENOBUFS;
	work.state = IDLE;
	work.task = task;
	return work.number;
}

export function workArgument(number: number, index: number, value: number): boolean {
	if (works[number].state !== IDLE) return false;
	works[number].arguments[index] = value;
	return true;
}

export function workArgumentOf(number: number, index: number): number {
	return works[number].arguments[index];
}

function beginWaiting(work: SimWork, queue: SimQueue, priority: number): number {
	if (work.state !== IDLE) return EBUSY;
	if (queue.closed) return ECANCELED;
	Object.assign(work, {
		priority,
		state: QUEUED,
		asked: 0,
		value: undefined,
		id: -1,
		queue,
		sequence: queue.sequence++,
	});
	// Whose executor submits is whose porter it comes back to; the machine is one, so any would do.
	work.owner = 0;
	queue.undone++;
	queue.works.push(work);
	return 0;
}

export function workSubmit(number: number, dispatcher: number, priority: number): number {
	const status = beginWaiting(works[number], queues[dispatcher], priority);
	if (status === 0) wakeIdle(queues[dispatcher]);
	return status;
}

export function workAttach(number: number, executor: number, priority: number): number {
	const seat = seats[executor];
	if (seat === undefined) return ESRCH;
	const status = beginWaiting(works[number], seat.inbox, priority);
	if (status === 0) wakePorter(seat);
	return status;
}

function begin(executor: number, seat: Seat, work: SimWork): number {
	const queue = work.queue as SimQueue;
	queue.works.splice(queue.works.indexOf(work), 1);
	work.state = RUNNING;
	work.executor = executor;
	work.began = host.now();
	tasks[work.task].running++;
	seat.running.add(work);
	seat.begun++;
	return (work.number << NEXT_BITS) | NEXT_BEGIN;
}

export function workNext(executor: number, waker: TaskId): number {
	const seat = seatOf(executor);
	seat.porter = -1;
	const back = seat.back.shift();
	if (back !== undefined) {
		back.state = IDLE;
		return (back.tag << NEXT_BITS) | NEXT_CAME_BACK;
	}
	const asked = seat.asked.shift();
	if (asked !== undefined) return (asked.number << NEXT_BITS) | NEXT_ASKED;
	const own = firstOf(seat.inbox);
	if (own !== undefined) return begin(executor, seat, own);
	const first = seat.queue === undefined ? undefined : firstOf(seat.queue);
	if (seat.queue === undefined || first === undefined) {
		seat.porter = waker;
		return NEXT_NOTHING;
	}
	const ready = new Set(host.ready());
	const busy = [...seat.running].some(({ id }) => ready.has(id & SLOT_MASK));
	const next = busy ? NEXT_LATER : begin(executor, seat, first);
	wakeIdle(seat.queue);
	return next;
}

export function workBegan(number: number, id: TaskId): void {
	works[number].id = id;
}

export function workRefuse(number: number): boolean {
	const work = works[number];
	const task = tasks[work.task];
	if (task.running <= 1) return false;
	// Not before another has ended: as many as there are may run.
	seats[work.executor].running.delete(work);
	seats[work.executor].begun--;
	task.running--;
	work.state = QUEUED;
	(work.queue as SimQueue).works.push(work);
	return true;
}

function end(work: SimWork, status: number, value: number | undefined): void {
	const seat = seats[work.executor];
	work.value = value;
	seat.asked = seat.asked.filter((one) => one !== work);
	seat.running.delete(work);
	seat.ended++;
	seat.spent += host.now() - work.began;
	tasks[work.task].running--;
	over(work, status);
	for (const one of seats) if (one.inbox.works.length > 0) wakePorter(one);
	for (const queue of queues) wakeIdle(queue);
	leaveWhenDone(seat);
}

export function workEnd(number: number, status: number, value: unknown): void {
	const work = works[number];
	const given = typeof value === "boolean" ? Number(value) : value;
	if (status === 0 && given !== undefined && typeof given !== "number") {
		work.text =
			"TypeError: the task's value is no number: only numbers come back from another thread, and bytes by workOutput";
		end(work, THREW, undefined);
	} else end(work, status, status === 0 ? (given as number | undefined) : undefined);
}

export function workFail(number: number, error: unknown): void {
	let text = "(it cannot be shown as a string)";
	try {
		text = String(error);
	} catch {
		// an object without toString, or with one that throws
	}
	works[number].text = text.slice(0, TEXT_MAX);
	end(works[number], THREW, undefined);
}

export function workWhat(number: number): number {
	const { task, priority, asked } = works[number];
	return task | (priority << 8) | (asked << 16);
}

export function workRunsAs(number: number): TaskId {
	return works[number].id;
}

export function workStatus(number: number): number {
	return works[number].status;
}

export function workValue(number: number): number | undefined {
	return works[number].value;
}

export function workText(number: number): string {
	return works[number].text;
}

export function workAsk(number: number, asked: number): number {
	const work = works[number];
	if (work.state !== QUEUED && work.state !== RUNNING) return ESRCH;
	if (work.state === QUEUED && asked & ASKED_TO_END) {
		const queue = work.queue as SimQueue;
		queue.works.splice(queue.works.indexOf(work), 1);
		over(work, ECANCELED);
		return 0;
	}
	work.asked |= asked;
	if (work.state === RUNNING) {
		const seat = seats[work.executor];
		if (!seat.asked.includes(work)) seat.asked.push(work);
		wakePorter(seat);
	}
	return 0;
}

const bytesOf = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

function common(work: SimWork, view: Uint8Array, offset: number, count: number): number {
	if (!(offset >= 0 && offset <= view.length))
		throw new RangeError("work: there is no byte " + offset + " in an array of " + view.length);
	return Math.min(count, view.length - offset, work.bytes.length);
}

export function workStore(number: number, from: ArrayBufferView, offset: number, count: number): number {
	const view = bytesOf(from);
	const n = common(works[number], view, offset, count);
	works[number].bytes.set(view.subarray(offset, offset + n));
	return n;
}

export function workFetch(number: number, into: ArrayBufferView, offset: number, count: number): number {
	const view = bytesOf(into);
	const n = common(works[number], view, offset, count);
	view.set(works[number].bytes.subarray(0, n), offset);
	return n;
}
