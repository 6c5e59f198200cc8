/** A light over one function of the platform. Task context. */

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
