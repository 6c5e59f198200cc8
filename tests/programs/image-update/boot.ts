/**
 * What a boot loader of MCUboot's kind does at a start, for boards whose RAM stands for flash and that have none: it exchanges the areas as
 * the ends of both say. What it then starts is still this program, so the version that runs is what lies in area 0.
 */
import { flashBytes, flashErase, flashProgram, flashRead, flashSectorEnd } from "#hal";

const MAGIC = [0x77, 0xc2, 0x95, 0xf3, 0x60, 0xd2, 0xef, 0x7f, 0x35, 0x52, 0x50, 0x0f, 0x2c, 0xb6, 0x79, 0x80];
const END = 32;
const SECTOR = 4096;
const NONE = 0;
const TEST = 1;
const FOR_GOOD = 2;
const BACK = 3;

interface End {
	good: boolean;
	erased: boolean;
	imageOk: number;
	copyDone: number;
}

function endOf(area: number): End {
	const bytes = new Uint8Array(END);
	flashRead(area, flashBytes() - END, bytes, 0, END);
	return {
		good: MAGIC.every((byte, i) => bytes[16 + i] === byte),
		erased: MAGIC.every((_, i) => bytes[16 + i] === 0xff),
		imageOk: bytes[8],
		copyDone: bytes[0],
	};
}

function decide(): number {
	const [first, second] = [endOf(0), endOf(1)];
	if (second.good && second.imageOk === 0xff) return TEST;
	if (second.good && second.imageOk === 1) return FOR_GOOD;
	return first.good && second.erased && first.imageOk === 0xff && first.copyDone === 1 ? BACK : NONE;
}

/** INIT, before anything else. Returns what was done, in a word. */
export function boot(): string {
	const decision = decide();
	if (decision === NONE) return "as it is";
	const one = new Uint8Array(SECTOR);
	const other = new Uint8Array(SECTOR);
	for (let at = 0; at < flashBytes(); at = flashSectorEnd(0, at)) {
		flashRead(0, at, one, 0, SECTOR);
		flashRead(1, at, other, 0, SECTOR);
		flashErase(0, at);
		flashErase(1, at);
		if (at + SECTOR < flashBytes()) {
			flashProgram(0, at, other, 0, SECTOR);
			flashProgram(1, at, one, 0, SECTOR);
		}
	}
	const end = new Uint8Array(END).fill(0xff);
	end[0] = 1;
	if (decision !== TEST) end[8] = 1;
	for (let i = 0; i < MAGIC.length; i++) end[16 + i] = MAGIC[i];
	flashProgram(0, flashBytes() - END, end, 0, END);
	return decision === BACK ? "taken back" : decision === TEST ? "to be tried" : "for good";
}
