/**
 * Records that are copied through signals and channels in C memory (native/abi/ring.h): what is sent from, and what is received. Made at
 * start-up; reading and writing a field is one native call and allocates nothing.
 */
import { itemRead, itemWrite, ringWaitNew } from "#hal";
import type { Field } from "./record.ts";

export interface Sized {
	readonly byteSize: number;
}

/** A received record: its fields. */
export interface ItemView {
	/** A number. */
	get(field: Field): number;
	/** An element of a byte array. Throws RangeError when the field has no such element. */
	getAt(field: Field, index: number): number;
}

/** The place of an element. */
export function elementOf(field: Field, index: number): number {
	if (index < 0 || index >= field.length) throw new RangeError("record: the field has no such element");
	return field.offset + index;
}

/** A record of one's own: filled in and sent, as often as one likes; each sending copies it. */
export class Item implements ItemView {
	/** Its place at the platform. */
	readonly number: number;

	/** INIT */
	constructor(layout: Sized) {
		this.number = ringWaitNew(layout.byteSize);
	}

	get(field: Field): number {
		return itemRead(this.number, field.offset, field.kind);
	}

	/** Writes a number, cut to what the field holds. */
	set(field: Field, value: number): void {
		itemWrite(this.number, field.offset, field.kind, value);
	}

	getAt(field: Field, index: number): number {
		return itemRead(this.number, elementOf(field, index), field.kind);
	}

	/** Writes an element of a byte array. RangeError when the field has no such element. */
	setAt(field: Field, index: number, value: number): void {
		itemWrite(this.number, elementOf(field, index), field.kind, value);
	}
}

/** A record to send. INIT */
export function item(layout: Sized): Item {
	return new Item(layout);
}
