/** Messages, pools and queues of the simulated machine: native/abi/queue.h in TypeScript, for one machine. */
import type { TaskId } from "../hal.ts";

const EINVAL = -22;
const EBUSY = -16;

interface SimMessage {
	data: DataView;
	pool: SimPool;
	number: number;
	generation: number;
	free: boolean;
	queue: SimQueue | undefined;
}

interface SimPool {
	name: string;
	size: number;
	number: number;
	messages: SimMessage[];
	free: SimMessage[];
}

interface SimQueue {
	name: string;
	number: number;
	messages: SimMessage[];
	waiting: SimWait[];
}

interface SimWait {
	queue: SimQueue | undefined;
	waker: TaskId;
}

const pools: SimPool[] = [];
const queues: SimQueue[] = [];
const waits: SimWait[] = [];

/** All of them, for invariants. */
export interface MessageTables {
	readonly pools: readonly SimPool[];
	readonly queues: readonly SimQueue[];
	readonly waits: readonly SimWait[];
}

export const messageTables: MessageTables = { pools, queues, waits };

let wakeTask: (id: TaskId) => boolean = () => true;

/** Who wakes a task; false: the id is stale, and the next is to be woken. */
export function connectMessages(wake: (id: TaskId) => boolean): void {
	wakeTask = wake;
}

function handleOf(message: SimMessage | undefined): number {
	return message === undefined ? -1 : (message.pool.number << 24) | (message.generation << 16) | message.number;
}

function messageOf(handle: number): SimMessage | undefined {
	const message = handle < 0 ? undefined : pools[handle >> 24]?.messages[handle & 0xffff];
	return message !== undefined && message.generation === ((handle >> 16) & 0xff) ? message : undefined;
}

export function poolOpen(name: string, size: number, count: number): number {
	if (!(count >= 1 && count <= 0xffff) || !(size >= 0 && size <= 0xffff))
		throw new RangeError('pool "' + name + '": 1 to 65535 messages of at most 65535 bytes');
	const known = pools.find((pool) => pool.name === name);
	if (known !== undefined) {
		if (known.size === size && known.messages.length === count) return known.number;
		throw new RangeError(
			'pool "' +
				name +
				'": it has ' +
				known.messages.length +
				" messages of " +
				known.size +
				" bytes elsewhere, here " +
				count +
				" of " +
				size,
		);
	}
	const pool: SimPool = { name, size, number: pools.length, messages: [], free: [] };
	for (let number = 0; number < count; number++)
		pool.messages.push({
			data: new DataView(new ArrayBuffer(size)),
			pool,
			number,
			generation: 0,
			free: true,
			queue: undefined,
		});
	pool.free = pool.messages.slice().reverse();
	pools.push(pool);
	return pool.number;
}

export function queueOpen(name: string): number {
	const known = queues.find((queue) => queue.name === name);
	if (known !== undefined) return known.number;
	return queues.push({ name, number: queues.length, messages: [], waiting: [] }) - 1;
}

export function messageAlloc(pool: number): number {
	const message = pools[pool]?.free.pop();
	if (message !== undefined) message.free = false;
	return handleOf(message);
}

export function messageFree(handle: number): number {
	const message = messageOf(handle);
	if (message === undefined || message.free) return EINVAL;
	if (message.queue !== undefined) return EBUSY;
	message.free = true;
	message.generation = (message.generation + 1) & 0xff;
	message.pool.free.push(message);
	return 0;
}

function wakeFirst(queue: SimQueue): void {
	for (;;) {
		const wait = queue.waiting.shift();
		if (wait === undefined) return;
		wait.queue = undefined;
		if (wakeTask(wait.waker)) return;
	}
}

export function queuePut(queue: number, handle: number): number {
	const message = messageOf(handle);
	if (message === undefined || message.free) return EINVAL;
	if (message.queue !== undefined) return EBUSY;
	message.queue = queues[queue];
	queues[queue].messages.push(message);
	wakeFirst(queues[queue]);
	return 0;
}

export function queueTake(queue: number): number {
	const message = queues[queue].messages.shift();
	if (message !== undefined) message.queue = undefined;
	return handleOf(message);
}

export function queueWaitNew(): number {
	return waits.push({ queue: undefined, waker: -1 }) - 1;
}

function leave(wait: SimWait): void {
	if (wait.queue === undefined) return;
	wait.queue.waiting.splice(wait.queue.waiting.indexOf(wait), 1);
	wait.queue = undefined;
}

export function queueAwait(queue: number, number: number, waker: TaskId): void {
	const wait = waits[number];
	wait.waker = waker;
	if (wait.queue !== queues[queue]) leave(wait);
	if (wait.queue !== undefined) return;
	wait.queue = queues[queue];
	queues[queue].waiting.push(wait);
}

export function queueLeave(queue: number, number: number): void {
	const wait = waits[number];
	const waited = wait.queue !== undefined;
	leave(wait);
	if (!waited && queues[queue].messages.length > 0) wakeFirst(queues[queue]);
}

/** Bytes of the kinds of numbers in the order of src/actor/record.ts, and how a DataView reads and writes them. */
export const WIDTHS = [1, 1, 2, 2, 4, 4, 4, 8];

function place(handle: number, offset: number, kind: number): DataView {
	const message = messageOf(handle);
	if (message === undefined || message.free || message.queue !== undefined)
		throw new TypeError("message: it is not yours: it was freed or put into a queue");
	if (!(offset >= 0 && offset + WIDTHS[kind] <= message.pool.size))
		throw new RangeError("message: no such place: byte " + offset + " of " + message.pool.size);
	return message.data;
}

export const GETTERS = [
	"getUint8",
	"getInt8",
	"getUint16",
	"getInt16",
	"getUint32",
	"getInt32",
	"getFloat32",
	"getFloat64",
] as const;
export const SETTERS = [
	"setUint8",
	"setInt8",
	"setUint16",
	"setInt16",
	"setUint32",
	"setInt32",
	"setFloat32",
	"setFloat64",
] as const;

export function messageRead(handle: number, offset: number, kind: number): number {
	return place(handle, offset, kind)[GETTERS[kind]](offset, true);
}

export function messageWrite(handle: number, offset: number, kind: number, value: number): void {
	place(handle, offset, kind)[SETTERS[kind]](offset, value, true);
}

/** How many messages of a pool are free, in a queue, and in somebody's hands: for invariants. Throws RangeError for an unknown name. */
export function messageCounts(name: string): { free: number; queued: number; held: number } {
	const pool = pools.find((one) => one.name === name);
	if (pool === undefined) throw new RangeError('messageCounts: there is no pool "' + name + '"');
	const free = pool.messages.filter((message) => message.free).length;
	const queued = pool.messages.filter((message) => message.queue !== undefined).length;
	return { free, queued, held: pool.messages.length - free - queued };
}
