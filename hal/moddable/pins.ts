/** Pins whose edges can be awaited: each is a Digital, opened when it is found, whose callback counts at the pin's line. */
import { pinCame } from "../../native/moddable/events.js";
import { type DigitalClass, device, type Io, type PinSpecifier } from "./ecma419.ts";

/** As PIN_LINES in native/moddable/sources.c. */
const LINES = 8;

const names: string[] = [];
/** Kept: what is not referred to is collected, and closed. */
const open: Io[] = [];

function specifierOf(name: string): PinSpecifier | undefined {
	const named = device()?.pin?.[name];
	if (named !== undefined) return named;
	const number = /^(?:GP|GPIO)?(\d+)$/.exec(name);
	return number === null ? undefined : Number(number[1]);
}

function watch(Digital: DigitalClass, pin: PinSpecifier, line: number): Io {
	const io: Io = new Digital({
		pin,
		mode: Digital.InputPullUp,
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
	const known = names.indexOf(name);
	if (known >= 0) return known;
	const Digital = device()?.io?.Digital;
	const pin = Digital === undefined ? undefined : specifierOf(name);
	if (pin === undefined && name !== "button") throw new RangeError('pin: this board has no pin "' + name + '"');
	const line = names.length;
	if (line === LINES)
		throw new RangeError('pin: "' + name + '" is one too many: edges of ' + LINES + " pins can be awaited");
	if (Digital !== undefined && pin !== undefined) open.push(watch(Digital, pin, line));
	names.push(name);
	return line;
}
