/** Devices over a handful of functions of the platform: a light, a serial line, a button. Task context. */
import { Leaf } from "../leaf.ts";
import { PENDING, type Poll, READY } from "../status.ts";

/** A light. */
export interface Led {
	on(): void;
	off(): void;
	toggle(): void;
	/** What it shows. */
	readonly lit: boolean;
}

/** A light over one function that switches it. INIT */
export function createLed(set: (on: boolean) => void): Led {
	let lit = false;
	return {
		on() {
			lit = true;
			set(true);
		},
		off() {
			lit = false;
			set(false);
		},
		toggle() {
			lit = !lit;
			set(lit);
		},
		get lit() {
			return lit;
		},
	};
}

/** What a serial line is made of: a byte received or -1; the task to wake at each byte (-1: none); a byte to send. */
export interface SerialPort {
	read(): number;
	wakeOnReceive(id: number): void;
	write(byte: number): void;
}

/** The console's line: bytes come by interrupt into a ring, one task at a time waits for them. */
export class Serial {
	readonly port: SerialPort;

	/** INIT */
	constructor(port: SerialPort) {
		this.port = port;
	}

	/** The next byte received, or -1. */
	read(): number {
		return this.port.read();
	}

	/** Sends a byte; queued, and sent by interrupt. */
	write(byte: number): void {
		this.port.write(byte);
	}

	/** The task to wake at each byte received; -1: none. */
	wakeOnReceive(id: number): void {
		this.port.wakeOnReceive(id);
	}

	/** Waits for a byte. */
	receive(): SerialReceive {
		return new SerialReceive().start(this);
	}
}

/** The wait for a byte. */
export class SerialReceive extends Leaf<number> {
	private port: SerialPort | undefined = undefined;
	private byte = -1;

	start(serial: Serial): this {
		this.port = serial.port;
		return this;
	}

	poll(waker: number): Poll {
		const port = this.port as SerialPort;
		// First the waker, then the look: a byte that comes in between wakes for nothing, but none is missed.
		port.wakeOnReceive(waker);
		this.byte = port.read();
		return this.byte < 0 ? PENDING : READY;
	}

	take(): number {
		return this.byte;
	}

	drop(): void {
		this.port?.wakeOnReceive(-1);
	}
}

/** What a button is made of: edges counted since start, and the task to wake at the next (-1: none). */
export interface EdgeSource {
	edges(): number;
	wakeOnEdge(id: number): void;
}

/** A button that interrupts when it is pressed. */
export class Button {
	readonly source: EdgeSource;

	/** INIT */
	constructor(source: EdgeSource) {
		this.source = source;
	}

	/** Waits for the next edge after the call. Boards interrupt on "falling" (pressed). */
	edge(direction: "falling"): Edge {
		return new Edge().start(this, direction);
	}
}

/** The wait for an edge. */
export class Edge extends Leaf<void> {
	private source: EdgeSource | undefined = undefined;
	private seen = 0;

	start(button: Button, direction: "falling"): this {
		if (direction !== "falling") throw new RangeError('edge: boards interrupt on "falling", got "' + direction + '"');
		this.source = button.source;
		this.seen = button.source.edges();
		return this;
	}

	poll(waker: number): Poll {
		const source = this.source as EdgeSource;
		source.wakeOnEdge(waker);
		return source.edges() === this.seen ? PENDING : READY;
	}

	take(): void {}

	drop(): void {
		this.source?.wakeOnEdge(-1);
	}
}
