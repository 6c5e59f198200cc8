/**
 * A bounded channel in C memory: numbers or records from tasks of every machine and from interrupt handlers (stator_channel_try_send
 * in native/abi/ring.h) to tasks of any machine, first in, first out. Found by name. What machines say of one name has to agree.
 *
 * As `Channel` of "stator", whose values are objects of one machine. A full one refuses and counts: a handler cannot wait, so
 * nobody waits for room here. It does not close: a `for await` over it goes on for ever. Task context.
 */
import { RING_CHANNEL, ringGet, ringGetItem, ringLength, ringOpen, ringPut, ringPutItem, ringRefused } from "#hal";
import { Stream } from "../stream.ts";
import type { Item, ItemView, Sized } from "./item.ts";
import { formatOf, type NumberKind, RECORD, sizeOf } from "./record.ts";
import { SharedReceive, SharedReceiveRecord } from "./shared-receive.ts";

abstract class Channels<T> extends Stream<T> {
	readonly number: number;
	readonly capacity: number;

	constructor(name: string, format: number, size: number, capacity: number) {
		super();
		this.number = ringOpen(RING_CHANNEL, name, format, size, capacity);
		this.capacity = capacity;
	}

	/** How many are in it. */
	get length(): number {
		return ringLength(this.number);
	}

	/** How many were refused because it was full, from everywhere; 31 bits, wraps. */
	get refused(): number {
		return ringRefused(this.number);
	}
}

/** Of numbers. */
export class SharedChannel extends Channels<number> {
	/** Puts a number in; false when the channel is full: a value, not an exception. */
	trySend(value: number): boolean {
		return ringPut(this.number, value);
	}

	/** Takes the oldest out; undefined when the channel is empty. */
	tryReceive(): number | undefined {
		return ringGet(this.number);
	}

	/** Waits for a number. Makes an object; where nothing may be allocated, keep a `SharedReceive` and start it. */
	receive(): SharedReceive {
		return new SharedReceive().startAt(this.number);
	}
}

/** Of records. */
export class SharedRecordChannel extends Channels<ItemView> {
	/** Puts a copy of the record in; false when the channel is full. */
	trySend(item: Item): boolean {
		return ringPutItem(this.number, item.number);
	}

	/** Takes the oldest out; false when the channel is empty. */
	tryReceive(into: Item): boolean {
		return ringGetItem(this.number, into.number);
	}

	/** Waits for a record; what it yields is good until the same place waits again. */
	receive(): SharedReceiveRecord {
		return new SharedReceiveRecord().start(this);
	}
}

/** The channel of that name, of so many numbers of a kind. INIT. Throws RangeError when another machine has said something else of the name. */
export function sharedChannel(name: string, kind: NumberKind, capacity: number): SharedChannel {
	return new SharedChannel(name, formatOf(kind), sizeOf(kind), capacity);
}

/**
 * The channel of that name, of so many records. INIT. Throws RangeError likewise, and for a record that is larger than 32 bytes: such
 * a one goes as a message (sharedQueue).
 */
export function sharedRecordChannel(name: string, layout: Sized, capacity: number): SharedRecordChannel {
	return new SharedRecordChannel(name, RECORD, layout.byteSize, capacity);
}
