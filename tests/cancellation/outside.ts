/** What is different on each machine: what comes from outside, and the look at its timers. main.ts and node.ts set it. */
export interface Outside {
	/** A falling edge of the button. */
	press(): void;
	/** A byte on the console; false where it receives nothing. */
	type(byte: number): boolean;
	/** How many timers the wheels hold. */
	timersSet(): number;
	/** The console never receives. */
	deaf: boolean;
}

const none = (): never => {
	throw new Error("the machine was not chosen");
};

export const outside: Outside = { press: none, type: none, timersSet: none, deaf: false };
