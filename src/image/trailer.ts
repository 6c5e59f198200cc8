/**
 * What the boot loader and a program tell each other at the end of an area, and what the boot loader will do because of it. From the end:
 *
 *    16 bytes  magic                 good: the area takes part in an exchange; erased: it does not; else: somebody was interrupted
 *     8        image ok              1: what lies here is confirmed
 *     8        copy done             1: the boot loader has put it here
 *     8        exchange              what kind (low four bits): 2 for a test, 3 for good
 *              the boot loader's notes while it exchanges
 *
 * Fields are 8 bytes apart and begin with their byte (MCUboot's BOOT_MAX_ALIGN 8), so that each can be programmed alone.
 *
 *    area 1: magic     image ok | area 0: magic   image ok   copy done |  next start
 *    good              erased   | any                                  |  TEST: area 1 runs, once
 *    good              1        | any                                  |  PERMANENT: area 1 runs
 *    erased            any      | good            erased     1         |  REVERT: area 1, what ran before, runs again
 *    what else, such as a byte that is neither                         |  NONE: area 0 runs
 *
 * The order of writes, for the power may go between any two: kind, magic, image ok. Before the magic is whole nothing is decided, then it is
 * a test; only image ok makes it permanent. So nothing that an interruption leaves is ever more than what was asked for.
 */
import { flashBytes, flashProgram, flashRead, flashUnit } from "#hal";
import { IMAGE_FLASH_READ_FAILED, IMAGE_FLASH_WRITE_FAILED, IMAGE_OK } from "../smp/image-store.ts";

const FIELD = 8;
const MAGIC_BYTES = 16;
const ERASED = 0xff;
const MAGIC = [0x77, 0xc2, 0x95, 0xf3, 0x60, 0xd2, 0xef, 0x7f, 0x35, 0x52, 0x50, 0x0f, 0x2c, 0xb6, 0x79, 0x80];
const SET = 1;

/** Where a field begins, counted from the area's end. */
const MAGIC_FROM_END = MAGIC_BYTES;
const IMAGE_OK_FROM_END = MAGIC_BYTES + FIELD;
const COPY_DONE_FROM_END = MAGIC_BYTES + 2 * FIELD;
const EXCHANGE_FROM_END = MAGIC_BYTES + 3 * FIELD;
/** The boot loader's notes: three of a unit for each of at most 128 sectors, and the size of the exchange. */
const SECTORS_MAX = 128;
export const TRAILER_BYTES = MAGIC_BYTES + 4 * FIELD + 3 * FIELD * SECTORS_MAX;

const EXCHANGE_TEST = 2;
const EXCHANGE_PERMANENT = 3;

/** What the boot loader will do at the next start. */
export const BOOT_NONE = 0;
export const BOOT_TEST = 1;
export const BOOT_PERMANENT = 2;
export const BOOT_REVERT = 3;
export type BootDecision = typeof BOOT_NONE | typeof BOOT_TEST | typeof BOOT_PERMANENT | typeof BOOT_REVERT;

const MAGIC_GOOD = 0;
const MAGIC_ERASED = 1;
const MAGIC_OTHER = 2;

/** One area's end; made at start-up. */
class AreaEnd {
	readonly area: number;
	magic = MAGIC_ERASED;
	/** Bytes: SET, ERASED, or neither. */
	imageOk = ERASED;
	copyDone = ERASED;
	private exchange = ERASED;
	private readonly bytes = new Uint8Array(EXCHANGE_FROM_END);

	constructor(area: number) {
		this.area = area;
	}

	read(): number {
		const { bytes } = this;
		if (flashRead(this.area, flashBytes() - EXCHANGE_FROM_END, bytes, 0, EXCHANGE_FROM_END) !== 0)
			return IMAGE_FLASH_READ_FAILED;
		const magicAt = EXCHANGE_FROM_END - MAGIC_FROM_END;
		let good = true;
		let erased = true;
		for (let i = 0; i < MAGIC_BYTES; i++) {
			if (bytes[magicAt + i] !== MAGIC[i]) good = false;
			if (bytes[magicAt + i] !== ERASED) erased = false;
		}
		this.magic = good ? MAGIC_GOOD : erased ? MAGIC_ERASED : MAGIC_OTHER;
		this.imageOk = bytes[EXCHANGE_FROM_END - IMAGE_OK_FROM_END];
		this.copyDone = bytes[EXCHANGE_FROM_END - COPY_DONE_FROM_END];
		this.exchange = bytes[0];
		return IMAGE_OK;
	}

	/** Programs a field's byte, in as many units as its 8 bytes are. */
	private set(fromEnd: number, value: number): number {
		const { bytes } = this;
		bytes.fill(ERASED, 0, FIELD);
		bytes[0] = value;
		const unit = flashUnit();
		return flashProgram(this.area, flashBytes() - fromEnd, bytes, 0, unit) === 0 ? IMAGE_OK : IMAGE_FLASH_WRITE_FAILED;
	}

	setImageOk(): number {
		return this.set(IMAGE_OK_FROM_END, SET);
	}

	/** The boot loader reads it in exchanges that it resumes, and has written it itself by then: what an interruption left may stay. */
	setExchange(kind: number): number {
		return this.exchange === ERASED ? this.set(EXCHANGE_FROM_END, kind) : IMAGE_OK;
	}

	/** What an interruption left of it is completed. */
	setMagic(): number {
		const { bytes } = this;
		const unit = flashUnit();
		const place = flashBytes() - MAGIC_FROM_END;
		for (let i = 0; i < MAGIC_BYTES; i++) bytes[i] = MAGIC[i];
		for (let at = 0; at < MAGIC_BYTES; at += unit) {
			if (flashRead(this.area, place + at, bytes, MAGIC_BYTES, MAGIC_BYTES + unit) !== 0)
				return IMAGE_FLASH_READ_FAILED;
			let there = true;
			for (let i = 0; i < unit; i++) if (bytes[MAGIC_BYTES + i] !== MAGIC[at + i]) there = false;
			if (!there && flashProgram(this.area, place + at, bytes, at, at + unit) !== 0) return IMAGE_FLASH_WRITE_FAILED;
		}
		return IMAGE_OK;
	}
}

/** The ends of both areas; made at start-up. Task context. */
export class Trailers {
	private readonly running = new AreaEnd(0);
	private readonly next = new AreaEnd(1);
	decision: BootDecision = BOOT_NONE;

	/** Reads both, and decides as the boot loader would. IMAGE_OK or IMAGE_FLASH_READ_FAILED. */
	read(): number {
		const { running, next } = this;
		const status = running.read();
		if (status !== IMAGE_OK) return status;
		const other = next.read();
		if (other !== IMAGE_OK) return other;
		if (next.magic === MAGIC_GOOD && next.imageOk === ERASED) this.decision = BOOT_TEST;
		else if (next.magic === MAGIC_GOOD && next.imageOk === SET) this.decision = BOOT_PERMANENT;
		else if (
			next.magic === MAGIC_ERASED &&
			running.magic === MAGIC_GOOD &&
			running.imageOk === ERASED &&
			running.copyDone === SET
		)
			this.decision = BOOT_REVERT;
		else this.decision = BOOT_NONE;
		return IMAGE_OK;
	}

	/** Area 1 runs at the next start: once, or for good. After `read`. IMAGE_OK, or what went wrong with the flash. */
	mark(permanent: boolean): number {
		const { next } = this;
		if (next.imageOk !== ERASED) return IMAGE_FLASH_WRITE_FAILED; // something else lies there: the area has to be erased
		if (next.magic !== MAGIC_GOOD) {
			const kind = next.setExchange(permanent ? EXCHANGE_PERMANENT : EXCHANGE_TEST);
			if (kind !== IMAGE_OK) return kind;
			const magic = next.setMagic();
			if (magic !== IMAGE_OK) return magic;
		}
		return permanent ? next.setImageOk() : IMAGE_OK;
	}

	/** What runs stays. Nothing to write where the boot loader has not exchanged anything. After `read`. */
	confirm(): number {
		const { running } = this;
		return running.magic === MAGIC_GOOD && running.imageOk === ERASED ? running.setImageOk() : IMAGE_OK;
	}
}
