/** Signals, channels and pipes of the simulated machine: native/abi/ring.h in TypeScript, for one machine. tests/native/ring.test.ts compares the two. */
import { RING_PIPE, RING_SIGNAL, type TaskId } from "../hal.ts";
import { GETTERS, SETTERS, WIDTHS } from "./messages.ts";

const ITEM_MAX = 32;
const CAPACITY_MAX = 0xffff;
const RECORD = WIDTHS.length;
const KINDS = ["signal", "channel", "pipe"];
/** As in src/status.ts, which a platform does not import. */
const READY = 0;
const PENDING = 1;

interface SimRing {
	readonly name: string;
	readonly kind: number;
	readonly format: number;
	readonly size: number;
	readonly capacity: number;
	items: Uint8Array[];
	waiting: SimWait[];
	refused: number;
}

interface SimWait {
	ring: SimRing | undefined;
	waker: TaskId;
	readonly item: Uint8Array;
	/** Items that it was given since its task last had to wait. */
	streak: number;
}

const rings: SimRing[] = [];
const waits: SimWait[] = [];
/** For invariants. */
export const ringWaits: readonly SimWait[] = waits;
let wakeTask: (id: TaskId) => boolean = () => true;

/** Who wakes a task; false: there is none of that id any more. */
export function connectRings(wake: (id: TaskId) => boolean): void {
	wakeTask = wake;
}

export function ringOpen(kind: number, name: string, format: number, size: number, capacity: number): number {
	const called = KINDS[kind] + ' "' + name + '": ';
	if (size > ITEM_MAX)
		throw new RangeError(
			called + "a record of " + size + " bytes; what is larger than " + ITEM_MAX + " goes as a message: sharedQueue",
		);
	if (!(capacity >= 1 && capacity <= CAPACITY_MAX)) throw new RangeError(called + "its capacity is 1 to 65535");
	const known = rings.findIndex((ring) => ring.name === name);
	if (known < 0) return rings.push({ name, kind, format, size, capacity, items: [], waiting: [], refused: 0 }) - 1;
	const ring = rings[known];
	const same = ring.kind === kind && ring.size === size && ring.capacity === capacity;
	if (same && ring.format === format) return known;
	throw new RangeError(
		called +
			"elsewhere it is a " +
			KINDS[ring.kind] +
			" of " +
			ring.capacity +
			" items of " +
			ring.size +
			" bytes" +
			(same ? " of another kind" : ""),
	);
}

export function ringWaitNew(bytes = 8): number {
	return waits.push({ ring: undefined, waker: -1, item: new Uint8Array(bytes), streak: 0 }) - 1;
}

function unlist(wait: SimWait): boolean {
	const at = wait.ring === undefined ? -1 : wait.ring.waiting.indexOf(wait);
	if (at >= 0) wait.ring?.waiting.splice(at, 1);
	return at >= 0;
}

function wakeFirst(ring: SimRing): void {
	for (;;) {
		const wait = ring.waiting.shift();
		if (wait === undefined || wakeTask(wait.waker)) return;
	}
}

function room(ring: SimRing, item: Uint8Array, what: string): void {
	if (ring.kind !== RING_PIPE && item.length < ring.size) throw new TypeError("shared: " + what);
}

export function ringStart(number: number, ringNumber: number): void {
	const wait = waits[number];
	const ring = rings[ringNumber];
	room(ring, wait.item, "a wait for numbers cannot receive records of " + ring.size + " bytes");
	if (wait.ring !== undefined && wait.ring !== ring) ringLeave(number);
	unlist(wait);
	wait.ring = ring;
}

export function ringPoll(number: number, waker: TaskId): number {
	const wait = waits[number];
	const { ring } = wait;
	if (ring === undefined) throw new TypeError("shared: the wait was not started");
	if (ring.items.length === 0) {
		wait.waker = waker;
		wait.streak = 0;
		if (!ring.waiting.includes(wait)) ring.waiting.push(wait);
		return PENDING;
	}
	if (wait.streak >= ring.capacity) {
		wait.streak = 0;
		wakeTask(waker);
		return PENDING;
	}
	wait.streak++;
	unlist(wait);
	if (ring.kind === RING_PIPE) return READY;
	wait.item.set(ring.items.shift() as Uint8Array);
	if (ring.items.length > 0) wakeFirst(ring);
	return READY;
}

export function ringLeave(number: number): void {
	const wait = waits[number];
	const { ring } = wait;
	if (ring !== undefined && !unlist(wait) && ring.items.length > 0) wakeFirst(ring);
}

function put(ring: SimRing, item: Uint8Array): boolean {
	if (ring.kind === RING_SIGNAL) ring.items = [];
	if (ring.items.length === ring.capacity) {
		ring.refused++;
		return false;
	}
	ring.items.push(item.slice(0, ring.size));
	wakeFirst(ring);
	return true;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
const formatOf = (ring: SimRing | undefined): number => (ring !== undefined && ring.format < RECORD ? ring.format : 0);

export function ringTake(number: number): number {
	const { ring, item } = waits[number];
	return viewOf(item)[GETTERS[formatOf(ring)]](0, true);
}

export function ringPut(number: number, value: number): boolean {
	const item = new Uint8Array(ITEM_MAX);
	viewOf(item)[SETTERS[formatOf(rings[number])]](0, value, true);
	return put(rings[number], item);
}

export function ringGet(number: number): number | undefined {
	const item = rings[number].items.shift();
	return item === undefined ? undefined : viewOf(item)[GETTERS[formatOf(rings[number])]](0, true);
}

export function ringPutItem(number: number, item: number): boolean {
	room(rings[number], waits[item].item, "the record is smaller than those of the " + KINDS[rings[number].kind]);
	return put(rings[number], waits[item].item);
}

export function ringGetItem(number: number, item: number): boolean {
	room(rings[number], waits[item].item, "the record is smaller than those of the " + KINDS[rings[number].kind]);
	const got = rings[number].items.shift();
	if (got !== undefined) waits[item].item.set(got);
	return got !== undefined;
}

export function ringClear(number: number): void {
	rings[number].items = [];
}

export function ringLength(number: number): number {
	return rings[number].items.length;
}

export function ringRefused(number: number): number {
	return rings[number].refused;
}

function field(item: number, offset: number, kind: number): DataView {
	const { item: bytes } = waits[item];
	if (!(offset >= 0 && offset + WIDTHS[kind] <= bytes.length))
		throw new RangeError("record: no such place: byte " + offset + " of " + bytes.length);
	return viewOf(bytes);
}

export function itemRead(item: number, offset: number, kind: number): number {
	return field(item, offset, kind)[GETTERS[kind]](offset, true);
}

export function itemWrite(item: number, offset: number, kind: number, value: number): void {
	field(item, offset, kind)[SETTERS[kind]](offset, value, true);
}
