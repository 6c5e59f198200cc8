/** Pins whose edges can be awaited. Task context. */
import {
	type EdgeDirection,
	interruptClear,
	interruptNew,
	interruptPollOwn,
	interruptStartEdge,
	interruptTake,
	pinFind,
	type TaskId,
} from "#hal";
import { Leaf } from "../leaf.ts";
import type { Poll } from "../status.ts";

export type { EdgeDirection };

/** A pin of the board, by the name that its chip's manual gives it: "PB11"; "button" is one on every board. */
export class Pin {
	readonly name: string;
	/** -1: not looked up yet. */
	private found: number;

	/**
	 * INIT. Throws RangeError when the board has no such pin. `later`: looked up when it is first needed, for pins that every board has
	 * and that the library declares, whose modules are loaded at build time, where there is no board to ask.
	 */
	constructor(name: string, later = false) {
		this.name = name;
		this.found = later ? -1 : pinFind(name);
	}

	/** Its number at the platform. */
	number(): number {
		if (this.found < 0) this.found = pinFind(this.name);
		return this.found;
	}

	/** Waits for the next edge after the call: "rising", "falling" or "both"; yields how many came until the task was polled. */
	edge(direction: EdgeDirection): Edge {
		return new Edge().start(this, direction);
	}
}

/** The wait for an edge. */
export class Edge extends Leaf<number> {
	/** The first property: `poll` finds it there. */
	private readonly wait = interruptNew();
	readonly poll: (waker: TaskId) => Poll = interruptPollOwn;

	/** Begins to wait for the next edge. RangeError for a direction that is none. */
	start(pin: Pin, direction: EdgeDirection): this {
		interruptStartEdge(this.wait, pin.number(), direction);
		return this;
	}

	take(): number {
		return interruptTake(this.wait);
	}

	drop(): void {
		interruptClear(this.wait);
	}
}

/** A pin, by its name. INIT */
export function pin(name: string): Pin {
	return new Pin(name);
}
