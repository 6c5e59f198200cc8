/** A board's `device` without a board: classes of ECMA-419's shape that note what is written, and call back when a test says so. */
import { note } from "./note.ts";

interface DigitalOptions {
	pin: number;
	mode: number;
	onReadable?: () => void;
}

const inputs = new Map<number, Digital>();

class Digital {
	static readonly Input = 0;
	static readonly InputPullUp = 1;
	static readonly Output = 8;
	static readonly Rising = 1;
	static readonly Falling = 2;
	private level = 1;
	private readonly options: DigitalOptions;

	constructor(options: DigitalOptions) {
		this.options = options;
		note("open " + options.pin + " mode " + options.mode);
		inputs.set(options.pin, this);
	}

	read(): number {
		return this.level;
	}

	write(level: number): void {
		note("write " + level);
	}

	change(level: number): void {
		this.level = level;
		this.options.onReadable?.();
	}
}

const received: number[] = [];
let onReadable: ((count: number) => void) | undefined;

class Serial {
	constructor(options: { onReadable: (count: number) => void }) {
		onReadable = options.onReadable;
	}

	read(): number | undefined {
		return received.shift();
	}

	write(byte: number): void {
		note("byte " + byte);
	}
}

(globalThis as { device?: unknown }).device = {
	io: { Digital },
	pin: { led: 25, button: 15 },
	Serial: { default: { io: Serial, transmit: 12, receive: 13 } },
};

/** Outside of any task: in a turn of the SDK's loop that is not ours. */
function later(work: () => void): void {
	Promise.resolve().then(work);
}

/** The pin has changed, so often, each time to the other level. */
export function change(pin: number, times: number): void {
	later(() => {
		const input = inputs.get(pin);
		for (let i = 0; i < times; i++) input?.change(1 - (input.read() & 1));
	});
}

export function receive(...bytes: number[]): void {
	later(() => {
		received.push(...bytes);
		onReadable?.(bytes.length);
	});
}
