/**
 * A message: a place in static C memory (native/abi/queue.h), seen by one machine at a time. It is yours from `alloc` or
 * `next` until you put it into a queue or free it; after that the object is empty, and every use of it is a TypeError.
 *
 * The objects are made when the pool is opened, one for each message, so none is made later.
 */
import { messageFree, messageRead, messageWrite } from "#hal";
import { EBUSY } from "../status.ts";
import type { Field } from "./record.ts";

/** A message of a pool, yours from `alloc` or `next` until it is freed or put into a queue. Task context; nothing allocates. */
export class Message {
	/** -1: empty. */
	handle = -1;

	/** A number. TypeError when the message is not yours. */
	get(field: Field): number {
		return messageRead(this.handle, field.offset, field.kind);
	}

	/** Writes a number, cut to what the field holds. TypeError when the message is not yours. */
	set(field: Field, value: number): void {
		messageWrite(this.handle, field.offset, field.kind, value);
	}

	/** An element of a byte array. RangeError when there is none; TypeError when the message is not yours. */
	getAt(field: Field, index: number): number {
		if (index < 0 || index >= field.length) throw new RangeError("message: the field has no such element");
		return messageRead(this.handle, field.offset + index, field.kind);
	}

	/** Writes an element of a byte array. RangeError and TypeError as getAt. */
	setAt(field: Field, index: number, value: number): void {
		if (index < 0 || index >= field.length) throw new RangeError("message: the field has no such element");
		messageWrite(this.handle, field.offset + index, field.kind, value);
	}

	/** Back to its pool. Throws TypeError when it was freed already, or put into a queue. */
	free(): void {
		const status = messageFree(this.handle);
		if (status < 0)
			throw new TypeError(
				status === EBUSY ? "free: the message is in a queue" : "free: the message is not yours (freed or given away)",
			);
		this.handle = -1;
	}

	/** What `using` calls: frees it, unless it has been given away. */
	[Symbol.dispose](): void {
		if (this.handle >= 0) this.free();
	}
}
