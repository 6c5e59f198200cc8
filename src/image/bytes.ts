/** Little-endian numbers in bytes, as the boot loader's format has them. Task context; nothing is allocated. */

/** 16 bits at a place. */
export function u16(bytes: Uint8Array, at: number): number {
	return bytes[at] | (bytes[at + 1] << 8);
}

/** 32 bits at a place, from 0: as a number, since the upper half of them has no place in a 32-bit integer. */
export function u32(bytes: Uint8Array, at: number): number {
	return u16(bytes, at) + u16(bytes, at + 2) * 0x10000;
}

/** Whether the first `count` bytes of both are the same. */
export function sameBytes(one: Uint8Array, other: Uint8Array, count: number): boolean {
	for (let i = 0; i < count; i++) if (one[i] !== other[i]) return false;
	return true;
}
