/**
 * Pins: each is a Digital of ECMA-419, opened when it is found, as an input with its pull-up, whose callback counts at the pin's line; and anew
 * when it is to be something else.
 */
import { pinCame } from "../../native/moddable/events.js";
import { type DigitalClass, device, type Io, type PinSpecifier } from "./ecma419.ts";

/** As PIN_LINES in native/moddable/sources.c. */
const LINES = 8;
const EINVAL = -22;
const EBUSY = -16;
/** As native/abi/pin-port.h: outputs from here on. */
const OUTPUT = 8;

interface Line {
	readonly name: string;
	readonly pin: PinSpecifier | undefined;
	/** Kept: what is not referred to is collected, and closed. */
	io: Io | undefined;
	taken: boolean;
}

const lines: Line[] = [];

function specifierOf(name: string): PinSpecifier | undefined {
	const named = device()?.pin?.[name];
	if (named !== undefined) return named;
	const number = /^(?:GP|GPIO)?(\d+)$/.exec(name);
	return number === null ? undefined : Number(number[1]);
}

function openInput(Digital: DigitalClass, pin: PinSpecifier, line: number, mode: number): Io {
	const io: Io = new Digital({
		pin,
		mode,
		edge: Digital.Rising | Digital.Falling,
		onReadable: () => pinCame(line, io.read() === 1),
	});
	return io;
}

/**
 * A pin's line, by the name that `device.pin` has for it, or by its number: "button", "15", "GP15". Opens it with its pull-up, since a button
 * closes to ground. RangeError where there is none, and for the ninth.
 */
// stator: allows-allocation a pin is opened when it is found, once
export function pinFind(name: string): number {
	const known = lines.findIndex((line) => line.name === name);
	if (known >= 0) return known;
	const Digital = device()?.io?.Digital;
	const pin = Digital === undefined ? undefined : specifierOf(name);
	if (pin === undefined && name !== "button") throw new RangeError('pin: this board has no pin "' + name + '"');
	const line = lines.length;
	if (line === LINES)
		throw new RangeError('pin: "' + name + '" is one too many: ' + LINES + " pins can be awaited, read and written");
	const io =
		Digital === undefined || pin === undefined ? undefined : openInput(Digital, pin, line, Digital.InputPullUp);
	lines.push({ name, pin, io, taken: false });
	return line;
}

/** Modes are ECMA-419's numbers, which the SDK's class takes. */
// stator: allows-allocation a pin is opened at start-up
export function pinOpen(number: number, mode: number): number {
	const line = lines[number] as Line;
	const Digital = device()?.io?.Digital;
	if (line.taken) return EBUSY;
	if (Digital === undefined || line.pin === undefined) return EINVAL;
	line.io?.close();
	line.io = mode < OUTPUT ? openInput(Digital, line.pin, number, mode) : new Digital({ pin: line.pin, mode });
	line.taken = true;
	return 0;
}

// stator: allows-allocation closing is the SDK's
export function pinClose(number: number): void {
	const line = lines[number] as Line;
	line.io?.close();
	line.io = undefined;
	line.taken = false;
}

// stator: allows-allocation a call of the SDK's class, which allocates nothing
export function pinRead(number: number): number {
	return lines[number]?.io?.read() ?? 0;
}

// stator: allows-allocation a call of the SDK's class, which allocates nothing
export function pinWrite(number: number, value: number): void {
	lines[number]?.io?.write(value === 0 ? 0 : 1);
}
