/** The devices that every board module exports, by shape. */

/** A light. */
export interface Led {
	on(): void;
	off(): void;
	toggle(): void;
	/** What it shows. */
	readonly lit: boolean;
}

/** The console's input; output is `print` and `log`. */
export interface SerialInput {
	/** The next received byte, or -1. */
	read(): number;
	/** The task to wake at each byte received; -1: none. */
	wakeOnReceive(id: number): void;
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
