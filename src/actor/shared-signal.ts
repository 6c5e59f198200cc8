/**
 * A signal in C memory: the latest number or record, for who waits next, from tasks of every machine and from interrupt handlers
 * (stator_signal_set in native/abi/ring.h). Found by name: every machine that opens "speed" has the same one. What
 * machines say of one name has to agree.
 *
 * As `Signal` of "stator", whose values are objects of one machine: a new value replaces one that nobody has taken; a value is
 * taken once, by the task that has waited longest. Nothing is ever full. Task context.
 */
import { RING_SIGNAL, ringClear, ringGet, ringGetItem, ringLength, ringOpen, ringPut, ringPutItem } from "#hal";
import type { Item, Sized } from "./item.ts";
import { formatOf, type NumberKind, RECORD, sizeOf } from "./record.ts";
import { SharedReceive, SharedReceiveRecord } from "./shared-receive.ts";

abstract class Signals {
	readonly number: number;

	constructor(name: string, format: number, size: number) {
		this.number = ringOpen(RING_SIGNAL, name, format, size, 1);
	}

	/** True while there is a value that nobody has taken. */
	get signaled(): boolean {
		return ringLength(this.number) > 0;
	}

	/** Forgets a value that was not taken. */
	reset(): void {
		ringClear(this.number);
	}
}

/** Of numbers. */
export class SharedSignal extends Signals {
	/** Puts the value there, in place of one that was not taken, and wakes the first who waits. O(1). */
	signal(value: number): void {
		ringPut(this.number, value);
	}

	/** Takes the value without waiting; undefined when there is none. */
	tryTake(): number | undefined {
		return ringGet(this.number);
	}

	/** Waits for a value and takes it. */
	wait(): SharedReceive {
		return new SharedReceive().startAt(this.number);
	}
}

/** Of records. */
export class SharedRecordSignal extends Signals {
	/** Puts a copy of the record there, in place of one that was not taken, and wakes the first who waits. O(1). */
	signal(item: Item): void {
		ringPutItem(this.number, item.number);
	}

	/** Takes the record without waiting; false when there is none. */
	tryTake(into: Item): boolean {
		return ringGetItem(this.number, into.number);
	}

	/** Waits for a record and takes it; what it yields is good until the same place waits again. */
	wait(): SharedReceiveRecord {
		return new SharedReceiveRecord().start(this);
	}
}

/**
 * The signal of that name, of numbers of a kind: "i32" unless told, what C has as `int32_t`. INIT. Throws RangeError when another
 * machine has said something else of the name.
 */
export function sharedSignal(name: string, kind: NumberKind = "i32"): SharedSignal {
	return new SharedSignal(name, formatOf(kind), sizeOf(kind));
}

/** The signal of that name, of records. INIT. Throws RangeError likewise, and for a record that is larger than 32 bytes. */
export function sharedRecordSignal(name: string, layout: Sized): SharedRecordSignal {
	return new SharedRecordSignal(name, RECORD, layout.byteSize);
}
