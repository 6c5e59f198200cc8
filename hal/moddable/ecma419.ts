/**
 * ECMA-419's classes under what `stator/board` has: lights and pins over Digital, the serial line over Serial. They come from the global
 * `device`, which the SDK gives on boards (modules/io/manifest.json); where there is none, nobody presses the button and the light only remembers.
 *
 * Adapters are small: a class of ECMA-419 calls back when something can be read, outside of any task; the callback counts at a source of interrupts
 * (native/moddable/events-glue.c), which wakes whoever waits there. So waits of tasks are the same as over our own boards' hal, and cancelled,
 * raced and timed out alike.
 */

/** What the classes have in common, as far as it is used here. */
export interface Io {
	read(): number | undefined;
	write(value: number): unknown;
	close(): void;
}

/** A pin as the SDK names it: a number, or a number at a port. */
export type PinSpecifier = number | { readonly port: string; readonly pin: number };

export interface DigitalOptions {
	pin: PinSpecifier;
	mode: number;
	edge?: number;
	onReadable?: () => void;
}

/** `embedded:io/digital`. */
export interface DigitalClass {
	new (options: DigitalOptions): Io;
	readonly Input: number;
	readonly InputPullUp: number;
	readonly Output: number;
	readonly Rising: number;
	readonly Falling: number;
}

export interface SerialOptions {
	baud: number;
	format: "number";
	onReadable: (count: number) => void;
}

/** `embedded:io/serial`, as a device's entry names it. */
export interface SerialEntry {
	readonly io: new (options: SerialOptions) => Io;
}

/** The global `device`. */
export interface Device {
	readonly io?: { readonly Digital?: DigitalClass };
	readonly pin?: Readonly<Record<string, PinSpecifier>>;
	readonly Serial?: { readonly default?: SerialEntry };
}

/** Looked for when it is first needed: the SDK's modules set it while they are loaded. */
export function device(): Device | undefined {
	return (globalThis as { device?: Device }).device;
}
