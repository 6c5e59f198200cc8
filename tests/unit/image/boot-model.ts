/**
 * What a boot loader of MCUboot's kind does at a start with two areas, written after its documentation and not after src/image, and held
 * against what the real one leaves (mcuboot.test.ts): which image runs, and what the flash is like then. Its own interruptions are its own business and are not modelled: an exchange happens as a whole.
 */
const MAGIC = Buffer.from("77c295f360d2ef7f3552500f2cb67980", "hex");

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

/** Whether the boot loader would start what is in an area: `verify` looks at the bytes of the image. */
export type Verify = (area: Uint8Array) => boolean;

/** A start: exchanges the areas when that is decided and the other image is good; what is in area 0 then runs. Returns what was done. */
export function boot(areas: Uint8Array[], verify: Verify): Decision {
	const [primary, secondary] = areas;
	const decision = decide(primary, secondary);
	if (decision === "none") return "none";
	if (!verify(secondary)) {
		// A bad image is erased and what runs stays.
		secondary.fill(0xff);
		return "none";
	}
	const trailer = 16 + 4 * 8;
	const one = primary.slice();
	primary.set(secondary);
	secondary.set(one);
	primary.fill(0xff, primary.length - trailer);
	secondary.fill(0xff, secondary.length - trailer);
	primary.set(MAGIC, primary.length - 16);
	primary[primary.length - 32] = 1;
	primary[primary.length - 40] = KINDS[decision];
	if (decision !== "test") primary[primary.length - 24] = 1;
	return decision;
}
