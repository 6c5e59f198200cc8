/**
 * Date and time for a machine that has ticks: what it was set to, and the ticks since. It says nothing before it has been set. Ticks wrap
 * after 49 days; a clock that is read or set once in that time goes on over it. Task context; nothing allocates.
 */
import { now } from "#hal";
import type { CborReader } from "./cbor-reader.ts";
import type { CborWriter } from "./cbor-writer.ts";

const DAY_MS = 86_400_000;
/** Days from the first of March of the year 0 to 1970-01-01, in the calendar of today. */
const EPOCH_DAYS = 719_468;
const DAYS_400_YEARS = 146_097;

const DASH = 45;
const COLON = 58;
const POINT = 46;
const T = 84;
const Z = 90;
const PLUS = 43;

/** A clock. Made at start-up. */
export class WallClock {
	private epochMs: number;
	private tick = 0;

	/** INIT. `epochMs`: what it is now, in milliseconds since 1970; undefined: not known. */
	constructor(epochMs?: number) {
		this.epochMs = epochMs ?? -1;
	}

	/** Milliseconds since 1970, UTC; below 0: it was not set. */
	read(): number {
		if (this.epochMs < 0) return -1;
		const tick = now();
		this.epochMs += (tick - this.tick) >>> 0;
		this.tick = tick;
		return this.epochMs;
	}

	/** Sets it. */
	set(epochMs: number): void {
		this.tick = now();
		this.epochMs = epochMs;
	}
}

/** Writes a part of a text: 2026-11-26T06:30:00.125 */
export function writeDate(reply: CborWriter, epochMs: number): void {
	const days = Math.floor(epochMs / DAY_MS);
	const ms = epochMs - days * DAY_MS;
	// The year begins in March: the day that leap years add is the last.
	const shifted = days + EPOCH_DAYS;
	const era = Math.floor(shifted / DAYS_400_YEARS);
	const day = shifted - era * DAYS_400_YEARS;
	const year = Math.floor((day - Math.floor(day / 1460) + Math.floor(day / 36_524) - Math.floor(day / 146_096)) / 365);
	const dayOfYear = day - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
	const march = Math.floor((5 * dayOfYear + 2) / 153);
	const month = march < 10 ? march + 3 : march - 9;
	reply.digits(year + era * 400 + (month <= 2 ? 1 : 0), 4);
	reply.code(DASH);
	reply.digits(month, 2);
	reply.code(DASH);
	reply.digits(dayOfYear - Math.floor((153 * march + 2) / 5) + 1, 2);
	reply.code(T);
	reply.digits(Math.floor(ms / 3_600_000), 2);
	reply.code(COLON);
	reply.digits(Math.floor(ms / 60_000) % 60, 2);
	reply.code(COLON);
	reply.digits(Math.floor(ms / 1000) % 60, 2);
	reply.code(POINT);
	reply.digits(ms % 1000, 3);
}

/** So many digits at a place; -1: something else is there. */
function digits(text: CborReader, at: number, count: number): number {
	if (at + count > text.end) return -1;
	let value = 0;
	for (let i = 0; i < count; i++) {
		const digit = text.bytes[at + i] - 48;
		if (digit < 0 || digit > 9) return -1;
		value = value * 10 + digit;
	}
	return value;
}

const is = (text: CborReader, at: number, code: number): boolean => at < text.end && text.bytes[at] === code;

function daysOf(year: number, month: number, day: number): number {
	const shifted = month <= 2 ? year - 1 : year;
	const era = Math.floor(shifted / 400);
	const ofEra = shifted - era * 400;
	const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
	return era * DAYS_400_YEARS + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + dayOfYear - EPOCH_DAYS;
}

function daysIn(year: number, month: number): number {
	if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * The text that was read last, 2026-11-26T06:30:00, as milliseconds since 1970. Behind it may stand a fraction, and Z or an offset such as
 * +01:00. -1: it is no such date, or one before 1970.
 */
export function readDate(text: CborReader): number {
	const at = text.start;
	const year = digits(text, at, 4);
	const month = digits(text, at + 5, 2);
	const day = digits(text, at + 8, 2);
	const hour = digits(text, at + 11, 2);
	const minute = digits(text, at + 14, 2);
	const second = digits(text, at + 17, 2);
	const separated =
		is(text, at + 4, DASH) &&
		is(text, at + 7, DASH) &&
		is(text, at + 10, T) &&
		is(text, at + 13, COLON) &&
		is(text, at + 16, COLON);
	if (!separated || year < 1970 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return -1;
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1;
	const ms = ((daysOf(year, month, day) * 24 + hour) * 60 + minute) * 60_000 + second * 1000;
	return readRest(text, at + 19, ms);
}

/** A fraction of a second and an offset. */
function readRest(text: CborReader, from: number, whole: number): number {
	let at = from;
	let ms = whole;
	if (is(text, at, POINT)) {
		at++;
		if (digits(text, at, 1) < 0) return -1;
		for (let scale = 100; digits(text, at, 1) >= 0; scale /= 10) {
			if (scale >= 1) ms += digits(text, at, 1) * scale;
			at++;
		}
	}
	if (is(text, at, Z)) at++;
	else if (is(text, at, PLUS) || is(text, at, DASH)) {
		const sign = is(text, at, PLUS) ? 1 : -1;
		const hours = digits(text, at + 1, 2);
		const minutes = digits(text, at + 4, 2);
		if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59 || !is(text, at + 3, COLON)) return -1;
		ms -= sign * (hours * 60 + minutes) * 60_000;
		at += 6;
	}
	return at === text.end && ms >= 0 ? ms : -1;
}
