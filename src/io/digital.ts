/**
 * Pins as inputs and outputs, in the shape of ECMA-419's Digital: options in the constructor, `read`, `write`, `close`, a callback
 * `onReadable`; and each change of an input can be awaited. The modes and edges are numbers as there.
 *
 * Model: a pin is one object's until that is closed. Edges are those of Pin (pin.ts): an interrupt handler counts and wakes. The callback runs in a
 * task of the object's own, so it may do what a task does between two awaits.
 */
import { pinClose, pinOpen, pinRead, pinWrite } from "#hal";
import { cancel } from "../executor/cancel.ts";
import { pollTask } from "../executor/poll-task.ts";
import { spawnDetached } from "../executor/spawn.ts";
import type { TaskId } from "../executor/task-id.ts";
import { EBUSY, PENDING } from "../status.ts";
import { Edge, type EdgeDirection, Pin } from "./pin.ts";

const INPUT = 0;
const INPUT_PULL_UP = 1;
const INPUT_PULL_DOWN = 2;
const OUTPUT = 8;
const OUTPUT_OPEN_DRAIN = 9;
const RISING = 1;
const FALLING = 2;

/** What a Digital is made with. */
export interface DigitalOptions {
	/** The chip's name of the pin: "PB11", "P0.13"; "button" is one on every board. */
	readonly pin: string;
	/** One of Digital's modes. */
	readonly mode: number;
	/** For inputs: `Digital.Rising`, `Digital.Falling` or both (`|`): what `onReadable` and `readable` are for. */
	readonly edge?: number;
	/** Called after an edge, in a task of its own: once for edges that came in one go. */
	readonly onReadable?: (this: Digital) => void;
}

/** `edge` as a direction of Pin; undefined: there is none. */
function directionOf({ pin, mode, edge, onReadable }: DigitalOptions): EdgeDirection | undefined {
	if (edge === undefined && onReadable === undefined) return undefined;
	if (mode >= OUTPUT) throw new TypeError('Digital: pin "' + pin + '" is an output, and only inputs have edges');
	if (edge === (RISING | FALLING)) return "both";
	if (edge === RISING) return "rising";
	if (edge === FALLING) return "falling";
	throw new RangeError('Digital: edge of pin "' + pin + '" is Digital.Rising, Digital.Falling or both, got ' + edge);
}

/** A task that calls back after each edge. INIT */
function watch(digital: Digital, onReadable: (this: Digital) => void): TaskId {
	const edge = digital.readable();
	const watching = pollTask({ name: "digital " + digital.pin.name }, () => ({
		poll(id) {
			while (edge.poll(id) !== PENDING) {
				edge.start(digital.pin, digital.awaited()); // first: an edge that comes during the callback is the next one
				onReadable.call(digital);
			}
			return PENDING;
		},
		cancel() {
			edge.drop();
		},
	}));
	return spawnDetached(watching());
}

/** A pin that is open. INIT; its methods in task context. */
export class Digital {
	static readonly Input: number = INPUT;
	static readonly InputPullUp: number = INPUT_PULL_UP;
	static readonly InputPullDown: number = INPUT_PULL_DOWN;
	static readonly Output: number = OUTPUT;
	static readonly OutputOpenDrain: number = OUTPUT_OPEN_DRAIN;
	static readonly Rising: number = RISING;
	static readonly Falling: number = FALLING;

	readonly pin: Pin;
	private readonly direction: EdgeDirection | undefined;
	/** Its number at the platform; -1: it is closed. */
	private number: number;
	private readonly watcher: TaskId;

	/**
	 * Opens the pin. An output begins low, one with an open drain lets go. RangeError: no such pin, or it cannot be what `mode` says; TypeError: another
	 * Digital has it, or an output is to have edges. INIT
	 */
	constructor(options: DigitalOptions) {
		this.pin = new Pin(options.pin);
		this.direction = directionOf(options);
		const number = this.pin.number();
		const status = pinOpen(number, options.mode);
		if (status === EBUSY) throw new TypeError('Digital: pin "' + options.pin + '" is open already');
		if (status < 0) throw new RangeError('Digital: pin "' + options.pin + '" has no mode ' + options.mode + " here");
		this.number = number;
		this.watcher = options.onReadable === undefined ? -1 : watch(this, options.onReadable);
	}

	private open(): number {
		if (this.number < 0) throw new TypeError("Digital: it is closed");
		return this.number;
	}

	/** The level at the pin: 0 or 1. TypeError when it is closed. O(1) */
	read(): number {
		return pinRead(this.open());
	}

	/** What an output shows: 0 or 1; with an open drain 1 lets go. Nothing for an input. TypeError when it is closed. O(1) */
	write(value: number): void {
		pinWrite(this.open(), value);
	}

	/** Waits for the next edge after the call; yields how many came until the task was polled. TypeError without the option `edge`. */
	readable(): Edge {
		return new Edge().start(this.pin, this.awaited());
	}

	/** Which edges it waits for. TypeError when there are none, or it is closed. */
	awaited(): EdgeDirection {
		this.open();
		if (this.direction === undefined)
			throw new TypeError('Digital: pin "' + this.pin.name + '" was opened without edge');
		return this.direction;
	}

	/** The pin is nobody's again, an input without a pull; no callback comes any more. Any number of times. */
	close(): void {
		if (this.number < 0) return;
		if (this.watcher >= 0) cancel(this.watcher);
		pinClose(this.number);
		this.number = -1;
	}
}
