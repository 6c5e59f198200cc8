/**
 * What a boot loader of MCUboot's kind does at a start with two areas, written after its documentation and not after src/image, and held
 * against what the real one leaves (mcuboot.test.ts): which image runs, and what the flash is like then. Its own interruptions are its own business and are not modelled: an exchange happens as a whole.
 */
const MAGIC = Buffer.from("77c295f360d2ef7f3552500f2cb67980", "hex");

const IMAGE_MAGIC = 0x96f3b83d;

type Flag = "set" | "unset" | "bad";

interface EndState {
	magic: "good" | "unset" | "bad";
	imageOk: Flag;
	copyDone: Flag;
}

function flag(byte: number): Flag {
	return byte === 1 ? "set" : byte === 0xff ? "unset" : "bad";
}

function endOf(area: Uint8Array): EndState {
	const end = area.length;
	const magic = Buffer.from(area.subarray(end - 16));
	return {
		magic: magic.equals(MAGIC) ? "good" : magic.every((byte) => byte === 0xff) ? "unset" : "bad",
		imageOk: flag(area[end - 24]),
		copyDone: flag(area[end - 32]),
	};
}

/** The kind of exchange that it notes. */
const KINDS = { test: 2, permanent: 3, revert: 4 };

export type Decision = "none" | "test" | "permanent" | "revert";

/** The table of MCUboot's documentation, "boot swap types". */
export function decide(primary: Uint8Array, secondary: Uint8Array): Decision {
	const first = endOf(primary);
	const second = endOf(secondary);
	if (second.magic === "good" && second.imageOk === "unset") return "test";
	if (second.magic === "good" && second.imageOk === "set") return "permanent";
	if (first.magic === "good" && second.magic === "unset" && first.imageOk === "unset" && first.copyDone === "set")
		return "revert";
	return "none";
}

/** How long the image is that an area begins with; 0: there is none. */
function lengthOf(area: Uint8Array): number {
	const bytes = Buffer.from(area);
	if (bytes.readUInt32LE(0) !== IMAGE_MAGIC) return 0;
	const hashed = bytes.readUInt16LE(8) + bytes.readUInt32LE(12) + bytes.readUInt16LE(10);
	return hashed + bytes.readUInt16LE(hashed + 2);
}

/** Whether the boot loader would start what is in an area: `verify` looks at the bytes of the image. */
export type Verify = (area: Uint8Array) => boolean;

/**
 * A start: exchanges the areas when that is decided and the other image is good; what is in area 0 then runs. Returns what was done. `offset`:
 * bytes of a sector, for a boot loader that exchanges by an offset: an image that comes lies so far on in the secondary, what goes out is
 * put at its beginning, and taken back from there.
 */
export function boot(areas: Uint8Array[], verify: Verify, offset = 0): Decision {
	const [primary, secondary] = areas;
	const decision = decide(primary, secondary);
	if (decision === "none") return "none";
	const [from, to] = decision === "revert" ? [0, offset] : [offset, 0];
	if (!verify(secondary.subarray(from)) || (from > 0 && lengthOf(secondary) > 0)) {
		// A bad image is erased and what runs stays.
		secondary.fill(0xff);
		return "none";
	}
	const trailer = 16 + 4 * 8;
	// With an offset what no image uses is not exchanged: it stays as it was. The first sector is made unreadable when it is free.
	const used = Math.max(lengthOf(primary), lengthOf(secondary.subarray(from)));
	const bytes = offset > 0 ? Math.ceil(used / offset) * offset : primary.length;
	const one = primary.slice(0, bytes);
	primary.set(secondary.slice(from, from + bytes));
	secondary.set(one, to);
	if (to > 0) secondary.fill(0xff, 0, to);
	primary.fill(0xff, primary.length - trailer);
	secondary.fill(0xff, secondary.length - trailer);
	primary.set(MAGIC, primary.length - 16);
	primary[primary.length - 32] = 1;
	primary[primary.length - 40] = KINDS[decision];
	if (decision !== "test") primary[primary.length - 24] = 1;
	return decision;
}
