/**
 * A record: what a message consists of, with a fixed layout that machines and C share: numbers and byte arrays, in the order
 * in which they are written, each at a multiple of its size, as a C struct of the same fields. INIT.
 *
 * ```ts
 * const Sample = record({ t: "u32", value: "f32", data: bytes(16) });
 * ```
 */

/** What a field may be: as in C, `u8` to `f64`. */
export type NumberKind = "u8" | "i8" | "u16" | "i16" | "u32" | "i32" | "f32" | "f64";

/** A byte array of a fixed length. */
export interface Bytes {
	readonly length: number;
}

/** Where a field is: what `get` and `set` of a message take. */
export interface Field {
	readonly offset: number;
	/** In the order of NumberKind; native/xs/queue-glue.c has the same. */
	readonly kind: number;
	/** Elements: 1 for a number. */
	readonly length: number;
}

/** A record: where each field is, and how many bytes it takes. */
export type Layout<S> = { readonly [K in keyof S]: Field } & { readonly byteSize: number };

const KINDS: readonly NumberKind[] = ["u8", "i8", "u16", "i16", "u32", "i32", "f32", "f64"];
const SIZES = [1, 1, 2, 2, 4, 4, 4, 8];

/** What an item of a signal or channel is, at the platform: the place of its kind in the list, or this. */
export const RECORD = KINDS.length;

export function formatOf(kind: NumberKind): number {
	const format = KINDS.indexOf(kind);
	if (format < 0) throw new TypeError("an item is one of " + KINDS.join(", ") + ", or a record, not " + kind);
	return format;
}

export function sizeOf(kind: NumberKind): number {
	return SIZES[formatOf(kind)];
}

/** A byte array of so many bytes, as a field of a record. RangeError unless that is a whole number from 1. INIT */
export function bytes(length: number): Bytes {
	if (!(length >= 1) || Math.floor(length) !== length)
		throw new RangeError("bytes: the length must be a whole number from 1, got " + length);
	return { length };
}

/** The layout of a message: fields in the order in which they are written, as in a C struct. TypeError for a kind that is none. INIT */
export function record<S extends { readonly [name: string]: NumberKind | Bytes }>(fields: S): Layout<S> {
	const layout: Record<string, unknown> = {};
	let size = 0;
	let widest = 1;
	for (const name of Object.keys(fields)) {
		const field: NumberKind | Bytes | undefined = fields[name];
		const kind = typeof field === "string" ? KINDS.indexOf(field as NumberKind) : 0;
		if (kind < 0)
			throw new TypeError('record: field "' + name + '" must be one of ' + KINDS.join(", ") + ", or bytes(n)");
		const width = SIZES[kind];
		const length = typeof field === "string" ? 1 : (field as Bytes).length;
		size = Math.ceil(size / width) * width;
		layout[name] = { offset: size, kind, length };
		size += width * length;
		if (width > widest) widest = width;
	}
	layout.byteSize = Math.ceil(size / widest) * widest;
	return layout as Layout<S>;
}
